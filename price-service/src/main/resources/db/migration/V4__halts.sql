-- Every halt of an instrument and every end of one. Rows are only ever added; the newest counts.
create table instrument_halt (
    id                bigint generated always as identity primary key,
    command_id        varchar(128) not null unique,
    instrument_id     varchar(64)  not null,
    halted            boolean      not null,
    reason            varchar(256) not null,
    received_at_nanos bigint       not null
);

create index instrument_halt_by_instrument on instrument_halt (instrument_id, id);
