-- How the sources of an index become its price. Versions stored before have the standard method.
alter table index_definition
    add column outlier_rule        varchar(16) not null default 'EXCLUDE',
    add column index_average       varchar(32) not null default 'WEIGHTED_MEDIAN',
    add column volume_window_nanos bigint check (volume_window_nanos > 0),
    add column weight_cap_ppm      bigint      not null default 1000000 check (weight_cap_ppm between 1 and 1000000),
    add column own_cap_ppm         bigint      not null default 0 check (own_cap_ppm between 0 and 1000000),
    add column frozen_after_nanos  bigint check (frozen_after_nanos > 0),
    add column frozen_move_ppm     bigint check (frozen_move_ppm > 0),
    add constraint frozen_limit_is_whole check ((frozen_after_nanos is null) = (frozen_move_ppm is null));

alter table index_source
    add column rate_instrument_id varchar(64),
    add column depeg_limit_ppm    bigint check (depeg_limit_ppm > 0),
    add column own_venue          boolean not null default false,
    add constraint conversion_is_whole check ((rate_instrument_id is null) = (depeg_limit_ppm is null));
