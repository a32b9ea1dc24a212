package io.delever.margin.core;

import static io.delever.margin.Fixtures.BTC;
import static io.delever.margin.Fixtures.deposit;
import static io.delever.margin.Fixtures.fill;
import static io.delever.margin.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.Standing;
import io.delever.engine.margin.StandingChange;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Rate;
import io.delever.margin.Fixtures;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Standings on real threads: deadlines end by themselves and lists can be narrowed to them. */
final class StandingsTest {
    private static final Duration LIMIT = RunningShards.LIMIT;
    private static final StandingRules SHORT =
            new StandingRules(
                    List.of(Rate.parse("1.2")),
                    Rate.parse("1.1"),
                    Rate.parse("0.05"),
                    Duration.ofMillis(1).toNanos());

    private final InMemoryJournal.Store store = new InMemoryJournal.Store();

    @Test
    @Covers({"MARG-122", "MARG-126", "JRNL-031"})
    void aDeadlineEndsWithoutAnyPriceOrCommand() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(2), SHORT)) {
            open(running);
            running.shards.pricesChanged(Map.of(BTC, fresh("53000")));
            Await.until("reduce-only", LIMIT, () -> last(running) == Standing.REDUCE_ONLY);
            running.shards.pricesChanged(Map.of(BTC, fresh("60000")));
            Await.until("recovered, then healthy", LIMIT, () -> changes(running).size() == 4);
            assertThat(changes(running))
                    .extracting(change -> change.current().standing())
                    .containsExactly(
                            Standing.MARGIN_CALL,
                            Standing.REDUCE_ONLY,
                            Standing.RECOVERED,
                            Standing.HEALTHY);
            assertThat(running.standings.snapshot().events()).isEmpty();
        }
    }

    @Test
    @Covers("JRNL-031")
    void afterARestartStandingsFollowFromThePricesAnew() throws Exception {
        StandingRules rules = StandingRules.of(Fixtures.PARAMETERS);
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(1), rules)) {
            open(running);
            running.shards.pricesChanged(Map.of(BTC, fresh("53000")));
            Await.until("call", LIMIT, () -> last(running) == Standing.MARGIN_CALL);
        }
        try (RunningShards again = RunningShards.start(store, RunningShards.limits(1), rules)) {
            assertThat(again.standings.snapshot().events()).isEmpty();
            again.shards.pricesChanged(Map.of(BTC, fresh("53000")));
            Await.until("call", LIMIT, () -> last(again) == Standing.MARGIN_CALL);
            assertThat(
                            changes(again).getFirst().current().deadlineNanos().orElseThrow()
                                    - changes(again).getFirst().timeNanos())
                    .isEqualTo(rules.callPeriodNanos());
        }
    }

    @Test
    @Covers("JRNL-029")
    void aListIsNarrowedToStandingsStatesAndInstruments() throws Exception {
        try (RunningShards running = RunningShards.start(store, RunningShards.limits(2))) {
            open(running);
            running.submit(deposit("d2", "b", "5"));
            running.submit(deposit("d3", "c", "9000"));
            running.submit(fill("f3", "c", "0.1", "60000"));
            running.shards.pricesChanged(Map.of(BTC, fresh("53000")));
            Await.until("call", LIMIT, () -> last(running) == Standing.MARGIN_CALL);

            assertThat(list(running, AccountPage.Filter.ALL)).containsExactly("a", "c", "b");
            assertThat(list(running, filter(Set.of(), Set.of(), Optional.of(BTC))))
                    .containsExactly("a", "c");
            assertThat(list(running, filter(Set.of(), Set.of(Standing.HEALTHY), Optional.of(BTC))))
                    .containsExactly("c");
            assertThat(
                            list(
                                    running,
                                    filter(
                                            Set.of(),
                                            Set.of(Standing.MARGIN_CALL),
                                            Optional.empty())))
                    .containsExactly("a");
            assertThat(
                            list(
                                    running,
                                    filter(
                                            Set.of(RiskState.HEALTHY),
                                            Set.of(Standing.MARGIN_CALL),
                                            Optional.empty())))
                    .isEmpty();
        }
    }

    private static AccountPage.Filter filter(
            Set<RiskState> states, Set<Standing> standings, Optional<InstrumentId> instrument) {
        return new AccountPage.Filter(states, standings, instrument);
    }

    private static List<String> list(RunningShards running, AccountPage.Filter filter) {
        AccountPage page =
                new AccountPage(AccountPage.Order.RISKIEST_FIRST, filter, Optional.empty(), 10);
        return page.merge(running.readAll(page::in)).stream()
                .map(row -> row.report().account().id().value())
                .toList();
    }

    /** Long 0.1 at 60,000 with 1,000: called below 53,191.48, reduce-only below 52,910.05. */
    private static void open(RunningShards running) {
        running.list();
        running.shards.pricesChanged(Map.of(BTC, fresh("60000")));
        Await.until(
                "a price",
                LIMIT,
                () -> running.read(new AccountId("a"), state -> state.priceOf(BTC).isUsable()));
        running.submit(deposit("d1", "a", "1000"));
        running.submit(fill("f1", "a", "0.1", "60000"));
    }

    private static List<StandingChange> changes(RunningShards running) {
        return running.standings.after(0, 100).map(EventHub.Page::events).orElse(List.of());
    }

    private static Standing last(RunningShards running) {
        List<StandingChange> changes = changes(running);
        return changes.isEmpty() ? Standing.HEALTHY : changes.getLast().current().standing();
    }
}
