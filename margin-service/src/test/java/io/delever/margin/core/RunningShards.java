package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import io.delever.engine.margin.StandingRules;
import io.delever.margin.Fixtures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Shards on their real threads over a journal in memory, for a test that talks to them. */
final class RunningShards implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(20);

    final RiskEventHub hub = new RiskEventHub("epoch", 64);
    final StandingHub standings = new StandingHub("epoch", 64);
    final MarginShards shards;
    private final InMemoryJournal journal;

    private RunningShards(InMemoryJournal.Store store, ShardLimits limits, StandingRules rules) {
        journal = new InMemoryJournal(store);
        if (!(journal.claim() instanceof JournalClaim.Granted)) {
            throw new IllegalStateException("the store has another writer");
        }
        shards =
                new MarginShards(
                        journal,
                        limits,
                        Fixtures.PARAMETERS,
                        rules,
                        new Surroundings(
                                InstantSource.system(),
                                new Silence(),
                                new EventHubs(hub, standings)));
    }

    static RunningShards start(InMemoryJournal.Store store, ShardLimits limits) throws Exception {
        return start(store, limits, StandingRules.of(Fixtures.PARAMETERS));
    }

    static RunningShards start(InMemoryJournal.Store store, ShardLimits limits, StandingRules rules)
            throws Exception {
        RunningShards running = new RunningShards(store, limits, rules);
        running.shards.start();
        if (!running.shards.awaitReplay(LIMIT)) {
            throw new IllegalStateException("no end of replay within " + LIMIT);
        }
        running.shards.open();
        return running;
    }

    static ShardLimits limits(int shards) {
        return limits(shards, 1_000, 1_000);
    }

    static ShardLimits limits(int shards, int queue, int pending) {
        return new ShardLimits(
                shards,
                queue,
                100,
                Duration.ofMillis(5),
                new CommitLimits(
                        Math.min(64, pending),
                        pending,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(20)));
    }

    CompletableFuture<CommandOutcome> send(Command command) {
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        shards.submit(command, outcome::complete);
        return outcome;
    }

    CommandOutcome submit(Command command) {
        return send(command).orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    void list() {
        submit(Fixtures.listUsd("list-usd"));
        submit(Fixtures.listBtc("list-btc"));
    }

    Optional<AccountSnapshot> account(String id) {
        AccountId account = new AccountId(id);
        return read(account, state -> state.ledger().account(account).map(AccountSnapshot::of));
    }

    <T> T read(AccountId account, Function<ShardState, T> read) {
        CompletableFuture<T> value = new CompletableFuture<>();
        shards.read(account, read, reply(value));
        return value.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    <T> List<T> readAll(Function<ShardState, T> read) {
        CompletableFuture<List<T>> value = new CompletableFuture<>();
        shards.readAll(read, reply(value));
        return value.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    Conservation conservation() {
        return Conservations.sum(readAll(state -> state.ledger().conservation()));
    }

    /** The whole state of each shard, as text. */
    List<String> dumps() {
        return readAll(state -> dump(state.ledger()));
    }

    static String dump(AccountLedger ledger) {
        List<String> lines = new ArrayList<>();
        ledger.writeState(lines::add);
        return String.join("\n", lines);
    }

    static <T> ReadReply<T> reply(CompletableFuture<T> value) {
        return new ReadReply<>() {
            @Override
            public void value(T read) {
                value.complete(read);
            }

            @Override
            public void failed(RuntimeException failure) {
                value.completeExceptionally(failure);
            }

            @Override
            public boolean isAbandoned() {
                return false;
            }
        };
    }

    /** Ends as a killed process does: nothing more reaches the store. */
    void vanish() {
        journal.vanish();
    }

    @Override
    public void close() {
        try {
            shards.stop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.release();
    }

    /** Counts nothing. */
    private static final class Silence implements MarginMetrics {
        @Override
        public void commandAnswered(CommandOutcome outcome) {}

        @Override
        public void batchCommitted(int shard, int entries, Duration latency) {}

        @Override
        public void commitFailed(int shard, JournalUnavailableException failure) {}

        @Override
        public void evaluated(int shard, int accounts, Duration latency) {}

        @Override
        public void riskChanged(RiskTransition event) {}

        @Override
        public void standingChanged(StandingChange change) {}

        @Override
        public void shardStopped(int shard, RuntimeException cause) {}
    }
}
