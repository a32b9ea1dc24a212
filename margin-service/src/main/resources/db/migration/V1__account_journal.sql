-- One row for ever: how many shards the accounts of this database are spread over. The place of an account follows from it,
-- so it is written at the first start and never changed afterwards.
CREATE TABLE shard_configuration (
    id          integer     NOT NULL PRIMARY KEY CHECK (id = 1),
    shard_count integer     NOT NULL CHECK (shard_count > 0),
    created_at  timestamptz NOT NULL
);

-- Who may write a shard's journal. Each take-over raises the epoch; every append names the epoch it was claimed with.
CREATE TABLE shard_writer (
    shard    integer     NOT NULL PRIMARY KEY CHECK (shard >= 0),
    epoch    bigint      NOT NULL CHECK (epoch > 0),
    owner    text        NOT NULL,
    taken_at timestamptz NOT NULL
);

-- What every command did, written before the command is acknowledged. Append-only.
CREATE TABLE account_journal (
    shard            integer NOT NULL,
    sequence         bigint  NOT NULL CHECK (sequence > 0),
    command_id       text    NOT NULL,
    event_time_nanos bigint  NOT NULL,
    -- delever.margin.v1.JournalEntry
    entry            bytea   NOT NULL,
    -- SHA-256 over the chain value of the entry before (32 zero bytes before the first) and the bytes of this entry
    chain            bytea   NOT NULL CHECK (octet_length(chain) = 32),
    PRIMARY KEY (shard, sequence),
    CONSTRAINT account_journal_command_once UNIQUE (shard, command_id)
);

CREATE FUNCTION account_journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account_journal is append-only: % refused', TG_OP;
END
$$;

CREATE TRIGGER account_journal_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON account_journal
    FOR EACH STATEMENT EXECUTE FUNCTION account_journal_is_append_only();
