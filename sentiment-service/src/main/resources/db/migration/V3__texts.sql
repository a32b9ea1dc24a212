-- Texts as they came in, with what became of each.
create table text_item (
    sequence bigint primary key,
    text_id varchar(128) not null unique,
    source varchar(128) not null,
    event_time_nanos bigint not null,
    body text not null,
    outcome varchar(16) not null,
    score_micros bigint check (score_micros between -1000000 and 1000000),
    weight double precision not null,
    instruments jsonb not null
);

create sequence text_seq increment by 1;

create index text_by_time on text_item (event_time_nanos);
