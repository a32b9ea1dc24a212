-- Every version of every index definition. Rows are only ever added.
create table index_definition (
    id                bigint generated always as identity primary key,
    instrument_id     varchar(64)  not null,
    version           bigint       not null check (version >= 1),
    command_id        varchar(128) not null unique,
    minimum_sources   integer      not null check (minimum_sources >= 1),
    outlier_limit_ppm bigint       not null check (outlier_limit_ppm > 0),
    tick_size_e8      bigint       not null check (tick_size_e8 > 0),
    received_at_nanos bigint       not null,
    unique (instrument_id, version)
);

create table index_source (
    definition_id         bigint      not null references index_definition (id),
    position              integer     not null,
    venue_id              varchar(64) not null,
    market                varchar(64) not null,
    weight                bigint      not null check (weight > 0),
    staleness_limit_nanos bigint      not null check (staleness_limit_nanos > 0),
    primary key (definition_id, position),
    unique (definition_id, venue_id, market)
);
