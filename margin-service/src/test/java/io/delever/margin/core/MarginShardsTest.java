package io.delever.margin.core;

import static io.delever.margin.Fixtures.BTC;
import static io.delever.margin.Fixtures.USD;
import static io.delever.margin.Fixtures.deposit;
import static io.delever.margin.Fixtures.fill;
import static io.delever.margin.Fixtures.fresh;
import static io.delever.margin.Fixtures.transfer;
import static io.delever.margin.Fixtures.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.RejectionReason;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.margin.Fixtures;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class MarginShardsTest {
    private static final Duration LIMIT = RunningShards.LIMIT;

    private final InMemoryJournal.Store store = new InMemoryJournal.Store();

    @Test
    @Covers("JRNL-001")
    void nothingIsAcknowledgedBeforeItIsDurable() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(1))) {
            running.list();
            store.setAvailable(false);
            CompletableFuture<CommandOutcome> first = running.send(deposit("d1", "a", "5"));
            Await.until("stall", LIMIT, () -> running.shards.status(0).stalled());

            assertThat(first).isNotDone();
            assertThat(store.entries(0)).hasSize(2);
            store.setAvailable(true);
            assertThat(first.get()).isEqualTo(new CommandOutcome.Accepted("d1", 0, 3));
            assertThat(store.entries(0)).hasSize(3);
        }
    }

    @Test
    @Covers("JRNL-016")
    void whileTheJournalIsAwayNewCommandsAreTurnedAwayAndPricesStillCount() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(1))) {
            running.list();
            running.submit(deposit("d1", "a", "1000"));
            running.submit(fill("f1", "a", "0.1", "60000"));
            running.shards.pricesChanged(Map.of(BTC, fresh("60000")));
            Await.until("healthy", LIMIT, () -> running.hub.unhealthyCount() == 0);
            store.setAvailable(false);
            CompletableFuture<CommandOutcome> waiting = running.send(deposit("d2", "b", "1"));
            Await.until("stall", LIMIT, () -> running.shards.status(0).stalled());

            assertThat(running.submit(deposit("d3", "a", "1")))
                    .isInstanceOfSatisfying(
                            CommandOutcome.NotTaken.class,
                            n ->
                                    assertThat(n.reason())
                                            .isEqualTo(NotTakenReason.JOURNAL_UNAVAILABLE));
            running.shards.pricesChanged(Map.of(BTC, fresh("50000")));
            Await.until("liquidatable", LIMIT, () -> running.hub.unhealthyCount() == 1);
            assertThat(waiting).isNotDone();

            store.setAvailable(true);
            assertThat(waiting.get()).isInstanceOf(CommandOutcome.Accepted.class);
            Await.until("recovery", LIMIT, () -> !running.shards.status(0).stalled());
            assertThat(running.submit(deposit("d3", "a", "1")))
                    .isInstanceOf(CommandOutcome.Accepted.class);
        }
    }

    @Test
    @Covers("JRNL-009")
    void moreThanMayWaitIsTurnedAwayAtOnce() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(1, 10, 50))) {
            running.list();
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch reached = new CountDownLatch(1);
            running.shards.readCommon(
                    state -> {
                        reached.countDown();
                        return awaited(busy);
                    },
                    RunningShards.reply(new CompletableFuture<>()));
            reached.await();
            List<CompletableFuture<CommandOutcome>> queued = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                queued.add(running.send(deposit("q" + i, "a", "1")));
            }

            assertThat(running.send(deposit("beyond", "a", "1")))
                    .isCompletedWithValueMatching(
                            o ->
                                    o instanceof CommandOutcome.NotTaken n
                                            && n.reason() == NotTakenReason.OVERLOADED);
            busy.countDown();
            assertThat(queued)
                    .allSatisfy(
                            o -> assertThat(o.get()).isInstanceOf(CommandOutcome.Accepted.class));
            assertThat(running.account("a").orElseThrow().balance(USD))
                    .isEqualTo(Money.parse("10"));
        }
    }

    @Test
    @Covers("JRNL-009")
    void moreThanMayWaitForACommitIsTurnedAway() throws Exception {
        ShardLimits limits = RunningShards.limits(1, 1_000, 5);
        try (RunningShards running = RunningShards.start(store, limits)) {
            running.list();
            store.setAvailable(false);
            List<CompletableFuture<CommandOutcome>> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(running.send(deposit("p" + i, "a", "1")));
            }
            Await.until(
                    "all but the pending ones are answered",
                    LIMIT,
                    () -> sent.stream().filter(CompletableFuture::isDone).count() >= 45);
            store.setAvailable(true);
            long accepted = 0;
            for (CompletableFuture<CommandOutcome> outcome : sent) {
                accepted += outcome.get() instanceof CommandOutcome.Accepted ? 1 : 0;
            }

            assertThat(accepted).isBetween(1L, 5L);
            assertThat(running.account("a").orElseThrow().balance(USD))
                    .isEqualTo(new Money(accepted * FixedPoint.ONE_E8));
        }
    }

    @Test
    @Covers({"JRNL-003", "JRNL-024"})
    void aRestartGivesTheSameStateAndTheSameAnswers() throws Exception {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            commands.add(deposit("d" + i, "a" + i % 7, "10"));
            commands.add(fill("f" + i, "a" + i % 5, i % 2 == 0 ? "0.01" : "-0.02", "100"));
            commands.add(withdrawal("w" + i, "a" + i % 7, i % 3 == 0 ? "1" : "1000000"));
            commands.add(transfer("t" + i, "a" + i % 7, "a" + (i + 3) % 7, "2"));
        }
        List<CommandOutcome> answers;
        List<String> dumps;
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(3))) {
            running.list();
            running.shards.pricesChanged(Map.of(BTC, fresh("100")));
            answers = commands.stream().map(running::submit).toList();
            awaitNoPendingTransfers(running);
            dumps = running.dumps();
            assertThat(running.conservation().isConserved()).isTrue();
        }
        try (RunningShards again = RunningShards.start(store, RunningShards.limits(3))) {
            assertThat(again.dumps()).isEqualTo(dumps);
            assertThat(commands.stream().map(again::submit).toList()).isEqualTo(answers);
            assertThat(again.dumps()).isEqualTo(dumps);
        }
        assertThat(answers)
                .hasAtLeastOneElementOfType(CommandOutcome.Refused.class)
                .hasAtLeastOneElementOfType(CommandOutcome.Accepted.class);
    }

    @Test
    @Covers("JRNL-024")
    void theJournalReplayedIntoALedgerIsTheState() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(2))) {
            running.list();
            for (int i = 0; i < 50; i++) {
                running.submit(deposit("d" + i, "acct" + i, "10"));
            }
            List<String> dumps = running.dumps();
            for (int shard = 0; shard < 2; shard++) {
                AccountLedger ledger = new AccountLedger(Fixtures.PARAMETERS);
                store.entries(shard).forEach(entry -> ledger.apply(entry.decision()));
                assertThat(RunningShards.dump(ledger)).isEqualTo(dumps.get(shard));
            }
        }
    }

    @Test
    @Covers("JRNL-012")
    void aTransferReachesTheOtherShardBeforeItIsAcknowledged() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(2))) {
            running.list();
            String from = inShard(2, 0, "from");
            String to = inShard(2, 1, "to");
            running.submit(deposit("d", from, "100"));

            CommandOutcome outcome = running.submit(transfer("t", from, to, "30"));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CommandOutcome.Accepted.class, a -> assertThat(a.shard()).isZero());
            assertThat(running.account(to).orElseThrow().balance(USD)).isEqualTo(Money.parse("30"));
            assertThat(running.submit(transfer("t", from, to, "30"))).isEqualTo(outcome);
            awaitNoPendingTransfers(running);
            assertThat(running.account(from).orElseThrow().balance(USD))
                    .isEqualTo(Money.parse("70"));
            assertThat(running.account(to).orElseThrow().balance(USD)).isEqualTo(Money.parse("30"));
            assertThat(running.conservation().isConserved()).isTrue();
            assertThat(running.conservation().assets().getFirst().clearing()).isEqualTo(Money.ZERO);
        }
    }

    @Test
    @Covers("JRNL-012")
    void aTransferThatTheReceiverCannotTakeComesBack() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(3))) {
            running.list();
            String rich = inShard(3, 0, "rich");
            String to = inShard(3, 1, "to");
            String from = inShard(3, 2, "from");
            String most = FixedPoint.formatE8(AdmittedRange.MAX_HOUSE_TOTAL_E8);
            running.submit(deposit("d1", rich, most));
            assertThat(running.submit(transfer("t1", rich, to, most)))
                    .isInstanceOf(CommandOutcome.Accepted.class);
            running.submit(deposit("d2", from, "100"));

            CommandOutcome outcome = running.submit(transfer("t2", from, to, "1"));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CommandOutcome.Refused.class,
                            r -> {
                                assertThat(r.commandId()).isEqualTo("t2");
                                assertThat(r.reason()).isEqualTo(RejectionReason.AMOUNT_TOO_LARGE);
                            });
            awaitNoPendingTransfers(running);
            assertThat(running.account(from).orElseThrow().balance(USD))
                    .isEqualTo(Money.parse("100"));
            assertThat(running.submit(transfer("t2", from, to, "1"))).isEqualTo(outcome);
            assertThat(running.conservation().isConserved()).isTrue();
        }
    }

    @Test
    @Covers("JRNL-012")
    void aTransferCutShortByACrashIsFinishedAfterTheRestart() throws Exception {
        String from = inShard(2, 0, "from");
        String to = inShard(2, 1, "to");
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(2))) {
            running.list();
            running.submit(deposit("d", from, "100"));
        }
        leaveHalfDone(transfer("t", from, to, "40"));

        try (RunningShards again = RunningShards.start(store, RunningShards.limits(2))) {
            Await.until("the credit", LIMIT, () -> again.account(to).isPresent());
            awaitNoPendingTransfers(again);
            assertThat(again.account(from).orElseThrow().balance(USD)).isEqualTo(Money.parse("60"));
            assertThat(again.account(to).orElseThrow().balance(USD)).isEqualTo(Money.parse("40"));
            assertThat(again.submit(transfer("t", from, to, "40")))
                    .isInstanceOf(CommandOutcome.Accepted.class);
            assertThat(again.account(to).orElseThrow().balance(USD)).isEqualTo(Money.parse("40"));
            assertThat(again.conservation().isConserved()).isTrue();
        }
    }

    @Test
    @Covers("JRNL-013")
    void listingsHoldInEveryShardInTheSameOrder() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(4))) {
            running.list();

            assertThat(running.readAll(state -> state.ledger().instruments().keySet().size()))
                    .containsExactly(1, 1, 1, 1);
        }
        List<String> leader = listingIds(0);
        assertThat(leader).containsExactly("list-usd", "list-btc");
        assertThat(List.of(listingIds(1), listingIds(2), listingIds(3))).allMatch(leader::equals);
    }

    @Test
    @Covers("JRNL-013")
    void aListingThatACrashLeftInOneShardIsCaughtUp() throws Exception {
        leaveHalfDone(Fixtures.listUsd("list-usd"));
        leaveHalfDone(Fixtures.listBtc("list-btc"));

        try (RunningShards again = RunningShards.start(store, RunningShards.limits(2))) {
            Await.until(
                    "listings in both shards",
                    LIMIT,
                    () ->
                            again.readAll(state -> state.ledger().instruments().size())
                                    .equals(List.of(1, 1)));
            assertThat(listingIds(1)).containsExactly("list-usd", "list-btc");
        }
    }

    @Test
    @Covers("JRNL-018")
    void pricesAndCommandsTakeTurns() throws Exception {
        ShardLimits limits = RunningShards.limits(1, 100_000, 100_000);
        try (RunningShards running = RunningShards.start(store, limits)) {
            running.list();
            running.submit(deposit("d", "a", "1000"));
            running.submit(fill("f", "a", "0.1", "60000"));
            List<CompletableFuture<CommandOutcome>> sent = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                sent.add(running.send(deposit("x" + i, "b", "1")));
                running.shards.pricesChanged(Map.of(BTC, fresh(i % 2 == 0 ? "60000" : "50000")));
            }
            for (CompletableFuture<CommandOutcome> outcome : sent) {
                assertThat(outcome.get()).isInstanceOf(CommandOutcome.Accepted.class);
            }
            running.shards.pricesChanged(Map.of(BTC, fresh("50000")));
            Await.until(
                    "the newest price has won",
                    LIMIT,
                    () ->
                            running.hub.snapshot().events().stream()
                                    .anyMatch(e -> e.current() == RiskState.LIQUIDATABLE));
            assertThat(running.hub.sequence()).isGreaterThan(1);
        }
    }

    @Test
    @Covers("JRNL-025")
    void anOrderlyStopAnswersWhatItHasTaken() throws Exception {
        List<CompletableFuture<CommandOutcome>> sent = new ArrayList<>();
        RunningShards running = RunningShards.start(store, RunningShards.limits(2, 5_000, 5_000));
        running.list();
        for (int i = 0; i < 2_000; i++) {
            sent.add(running.send(deposit("d" + i, "a" + i % 50, "1")));
        }
        running.close();
        long accepted =
                sent.stream().filter(o -> o.join() instanceof CommandOutcome.Accepted).count();

        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(accepted).isEqualTo(2_000);
        assertThat(running.submit(deposit("late", "a", "1")))
                .isInstanceOf(CommandOutcome.NotTaken.class);
        assertThat(store.entries(0).size() + store.entries(1).size()).isEqualTo(2_004);
        assertThat(new InMemoryJournal(store).claim()).isInstanceOf(JournalClaim.Granted.class);
    }

    @Test
    @Covers("JRNL-008")
    void aShardThatWasTakenOverStops() throws Exception {
        RunningShards running = RunningShards.start(store, RunningShards.limits(1));
        running.list();
        running.vanish();
        InMemoryJournal other = new InMemoryJournal(store);
        assertThat(other.claim()).isInstanceOf(JournalClaim.Granted.class);

        assertThat(running.submit(deposit("d", "a", "1")))
                .isInstanceOf(CommandOutcome.NotTaken.class);
        Await.until("stop", LIMIT, () -> running.shards.status(0).failure().isPresent());
        assertThat(store.entries(0)).hasSize(2);
        assertThat(running.submit(deposit("e", "a", "1")))
                .isInstanceOf(CommandOutcome.NotTaken.class);
        running.shards.stop(Duration.ofSeconds(1));
    }

    @Test
    @Covers("JRNL-015")
    void aReadNeverShowsWhatIsNotDurable() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(1))) {
            running.list();
            running.submit(deposit("d1", "a", "1"));
            store.setAvailable(false);
            CompletableFuture<CommandOutcome> pending = running.send(deposit("d2", "a", "1"));
            Await.until("stall", LIMIT, () -> running.shards.status(0).stalled());
            CompletableFuture<Money> value = new CompletableFuture<>();
            AccountId a = new AccountId("a");
            running.shards.read(
                    a,
                    state -> state.ledger().account(a).orElseThrow().balance(USD),
                    RunningShards.reply(value));

            Await.until("refusal of the read", LIMIT, value::isCompletedExceptionally);
            store.setAvailable(true);
            assertThat(pending.get()).isInstanceOf(CommandOutcome.Accepted.class);
            assertThat(running.account("a").orElseThrow().balance(USD)).isEqualTo(Money.parse("2"));
        }
    }

    /** Decides a command in shard 0 alone and writes it, as if the process had died right after. */
    private void leaveHalfDone(Command command) {
        InMemoryJournal journal = new InMemoryJournal(store);
        assertThat(journal.claim()).isInstanceOf(JournalClaim.Granted.class);
        ShardState state =
                new ShardState(0, Fixtures.PARAMETERS, StandingRules.of(Fixtures.PARAMETERS));
        journal.replay(0, state::replay);
        journal.append(0, List.of(state.decideAndApply(command)));
        journal.vanish();
    }

    private static String inShard(int count, int shard, String prefix) {
        ShardRouter router = new ShardRouter(count);
        for (int i = 0; ; i++) {
            if (router.shardOf(new AccountId(prefix + i)) == shard) {
                return prefix + i;
            }
        }
    }

    private List<String> listingIds(int shard) {
        return store.entries(shard).stream()
                .map(JournalEntry::commandId)
                .filter(id -> id.startsWith("list-"))
                .toList();
    }

    private static void awaitNoPendingTransfers(RunningShards running) {
        Await.until(
                "no transfer on its way",
                LIMIT,
                () ->
                        running.readAll(state -> state.pendingTransfers(1).size()).stream()
                                .allMatch(n -> n == 0));
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
