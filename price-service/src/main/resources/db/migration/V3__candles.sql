-- Candles of the index price. A row of the present interval is replaced until it is complete.
create table price_candle (
    instrument_id    varchar(64) not null,
    interval_seconds integer     not null check (interval_seconds > 0),
    start_nanos      bigint      not null,
    open_e8          bigint      not null check (open_e8 > 0),
    high_e8          bigint      not null check (high_e8 >= open_e8 and high_e8 >= close_e8),
    low_e8           bigint      not null check (low_e8 > 0 and low_e8 <= open_e8 and low_e8 <= close_e8),
    close_e8         bigint      not null check (close_e8 > 0),
    updates          bigint      not null check (updates > 0),
    primary key (instrument_id, interval_seconds, start_nanos)
);

-- For retention and for the candles that a new start goes on with.
create index price_candle_by_start on price_candle (interval_seconds, start_nanos);
