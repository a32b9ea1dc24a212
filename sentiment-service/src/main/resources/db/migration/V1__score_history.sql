-- What the scores were. One row for each instrument and moment; the market has the empty instrument id.
create table score (
    id bigint primary key,
    instrument_id varchar(64) not null,
    event_time_nanos bigint not null,
    score_micros bigint not null check (score_micros between 0 and 100000000),
    level varchar(16) not null,
    confidence_ppm bigint not null check (confidence_ppm between 0 and 1000000),
    -- signal -> micros; with the neutral 50000000 they add up to score_micros
    contribution_micros jsonb not null
);

create sequence score_seq increment by 100;

create index score_by_instrument on score (instrument_id, event_time_nanos);

create index score_by_time on score (event_time_nanos);

-- The adjustment in force, so that a restart is no jump.
create table risk_adjustment (
    instrument_id varchar(64) primary key,
    multiplier_ppm bigint not null check (multiplier_ppm >= 1000000),
    bound_ppm bigint not null,
    expires_at_nanos bigint not null,
    reasons jsonb not null
);
