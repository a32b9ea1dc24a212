-- One row for each case: what is shown of it without reading its events. Rewritten with each commit.
create table liquidation_case (
    case_id                       varchar(40) primary key,
    number                        bigint generated always as identity unique,
    account_id                    varchar(64) not null,
    state                         varchar(16) not null,
    outcome                       varchar(16),
    opened_at_nanos               bigint not null,
    updated_at_nanos              bigint not null,
    equity_at_open_e8             bigint not null,
    maintenance_margin_at_open_e8 bigint not null,
    closed_notional_e8            bigint not null check (closed_notional_e8 >= 0),
    fee_e8                        bigint not null check (fee_e8 >= 0),
    fund_paid_e8                  bigint not null check (fund_paid_e8 >= 0),
    adl_notional_e8               bigint not null check (adl_notional_e8 >= 0),
    event_count                   integer not null check (event_count > 0),
    check ((state = 'CLOSED') = (outcome is not null))
);

-- At most one open case for each account (LSVC-001).
create unique index liquidation_case_one_open on liquidation_case (account_id) where state <> 'CLOSED';
create index liquidation_case_by_account on liquidation_case (account_id, number desc);

-- What happened to a case, in order. Rows are only ever added.
create table case_event (
    case_id          varchar(40) not null references liquidation_case (case_id),
    sequence         integer not null check (sequence > 0),
    kind             varchar(32) not null,
    event_time_nanos bigint not null,
    payload          text not null,
    primary key (case_id, sequence)
);

-- The insurance fund's ledger. Rows are only ever added; the sequence has no gaps.
create table ledger_entry (
    sequence         bigint primary key check (sequence > 0),
    entry_id         varchar(160) not null unique,
    debit_account    varchar(16) not null,
    credit_account   varchar(16) not null,
    asset_id         varchar(64) not null,
    amount_e8        bigint not null check (amount_e8 > 0),
    case_id          varchar(40) not null,
    event_time_nanos bigint not null,
    check (debit_account <> credit_account)
);

-- What the fund holds now for orders at the venue and for fills beyond the bankruptcy price.
create table fund_reservation (
    reservation_id varchar(80) primary key,
    asset_id       varchar(64) not null,
    amount_e8      bigint not null check (amount_e8 > 0)
);
