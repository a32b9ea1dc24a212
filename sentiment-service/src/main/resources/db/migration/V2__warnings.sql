-- What early warning said: one row for each instrument, horizon and look that had a probability to show.
create table warning (
    id bigint primary key,
    instrument_id varchar(64) not null,
    event_time_nanos bigint not null,
    horizon_nanos bigint not null,
    probability_ppm bigint not null check (probability_ppm between 0 and 1000000),
    shown_predictor varchar(32) not null,
    level varchar(16) not null
);

create sequence warning_seq increment by 100;

create index warning_by_instrument on warning (instrument_id, id);

create index warning_by_time on warning (event_time_nanos);
