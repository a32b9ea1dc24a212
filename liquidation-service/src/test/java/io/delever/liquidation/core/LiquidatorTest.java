package io.delever.liquidation.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.FundCommand;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.engine.liquidation.MarketDepth;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The core with everything around it in memory. */
class LiquidatorTest {
    private static final AssetId USDC = new AssetId("USDC");
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final MarginParameters MARGIN = new MarginParameters(Rate.parse("1.2"), 8);

    private final MemoryStore store = new MemoryStore();
    private final Everybody everybody = new Everybody();
    private final List<String> troubles = new ArrayList<>();
    private final CaseHub hub = new CaseHub("e", 100, 10);
    private final FundDesk fund = new FundDesk(store, Map.of());
    private final Liquidator liquidator = liquidator(2, 100);

    private Liquidator liquidator(int inFlight, int open) {
        return new Liquidator(
                new CaseSettings(
                        new LiquidationParameters(
                                new LiquidationParameters.Sizing(
                                        Rate.parse("1.25"),
                                        Rate.ONE,
                                        Money.parse("1000000"),
                                        Money.ZERO),
                                Rate.parse("0.002"),
                                new LiquidationParameters.Pace(
                                        3, 2, 50, 1_000_000L, 1_000_000L, 1_000_000L),
                                MARGIN),
                        new CaseSettings.Adl(
                                new CaseSettings.Policies(AdlPolicy.CAPPED_PRO_RATA, Map.of()),
                                AdlRequest.Limits.FULL,
                                100,
                                100),
                        Map.of(),
                        inFlight,
                        open,
                        new CaseSettings.Retry(Duration.ofMillis(1), Duration.ofMillis(4))),
                new CasePorts(
                        store,
                        everybody,
                        everybody,
                        everybody,
                        InstantSource.system(),
                        (what, cause, broken) -> {
                            synchronized (troubles) {
                                troubles.add(broken + " " + what + ": " + cause.getMessage());
                            }
                        }),
                hub,
                fund);
    }

    @AfterEach
    void stop() throws InterruptedException {
        everybody.gate.countDown();
        liquidator.stop(LIMIT);
    }

    private LiquidationCase awaitClosed(String account) {
        Await.until(account + " closed", LIMIT, () -> closed(account).isPresent());
        return closed(account).orElseThrow();
    }

    private Optional<LiquidationCase> closed(String account) {
        return store.all().stream()
                .filter(each -> each.account().value().equals(account) && each.isClosed())
                .findFirst();
    }

    private void report(String account) {
        liquidator.riskChanged(new AccountId(account), RiskState.LIQUIDATABLE);
    }

    @Test
    @Covers("LSVC-001")
    void manyReportsOfOneAccountMakeOneCase() {
        everybody.longOne("alice");
        liquidator.start();
        for (int i = 0; i < 50; i++) {
            report("alice");
        }
        awaitClosed("alice");
        assertThat(store.all()).hasSize(1);
        assertThat(everybody.submits).hasSize(1);
    }

    @Test
    @Covers("LSVC-001")
    void noMoreCasesActAtTheSameTimeThanConfigured() {
        everybody.hold = true;
        for (int i = 0; i < 6; i++) {
            everybody.longOne("a" + i);
        }
        liquidator.start();
        for (int i = 0; i < 6; i++) {
            report("a" + i);
        }
        Await.until("two orders are out", LIMIT, () -> everybody.inside.get() == 2);
        everybody.gate.countDown();
        for (int i = 0; i < 6; i++) {
            awaitClosed("a" + i);
        }
        assertThat(everybody.most).hasValue(2);
    }

    @Test
    @Covers({"LSVC-001", "LSVC-006"})
    void reportsBeforeTheStartAndAfterAnEndAreActedOn() {
        everybody.longOne("alice");
        report("alice");
        assertThat(store.all()).isEmpty();
        liquidator.start();
        awaitClosed("alice");
        Await.until("the runner has ended", LIMIT, () -> liquidator.running() == 0);
        everybody.longOne("alice");
        report("alice");
        Await.until(
                "the next case",
                LIMIT,
                () -> store.all().stream().filter(LiquidationCase::isClosed).count() == 2);
    }

    @Test
    @Covers("LSVC-006")
    void aReportAboutAHealthyAccountOpensNothing() {
        everybody.accounts.put("zoe", everybody.account("zoe", "90000", "1"));
        liquidator.start();
        report("zoe");
        Await.until(
                "looked at", LIMIT, () -> everybody.looks.get() > 0 && liquidator.running() == 0);
        assertThat(store.all()).isEmpty();
    }

    @Test
    @Covers({"LSVC-003", "LSVC-002", "LSVC-010"})
    void aStoreThatFailsAtAnyCommitChangesNothingButTime() {
        for (int failing = 0; failing < 6; failing++) {
            for (boolean after : new boolean[] {false, true}) {
                String account = "s" + failing + after;
                everybody.longOne(account);
                everybody.failCommitOf(account, failing, after);
            }
        }
        liquidator.start();
        for (String account : everybody.accounts.keySet()) {
            report(account);
        }
        for (String account : List.copyOf(everybody.accounts.keySet())) {
            LiquidationCase done = awaitClosed(account);
            assertThat(done.steps()).as(account).hasSize(1);
            assertThat(everybody.submits.get(account)).as(account).hasValue(1);
        }
        assertThat(store.all()).hasSize(12);
        assertThat(everybody.executed).hasSize(12);
        assertThat(fund.verify()).isEmpty();
        assertThat(fund.balances().getFirst().fees().isPositive()).isTrue();
        Money fees = Money.ZERO;
        for (LiquidationCase each : store.all()) {
            fees = fees.plus(each.totals().fee());
        }
        assertThat(fund.balances().getFirst().fees()).isEqualTo(fees);
    }

    @Test
    @Covers("LSVC-007")
    void aBrokenCaseStopsAndTheOthersGoOn() {
        everybody.longOne("bad");
        everybody.longOne("good");
        everybody.breakDepth = true;
        liquidator.start();
        report("bad");
        Await.until("broken", LIMIT, () -> liquidator.broken().size() == 1);
        everybody.breakDepth = false;
        report("good");
        awaitClosed("good");
        assertThat(liquidator.broken()).containsOnlyKeys(new AccountId("bad"));
        synchronized (troubles) {
            assertThat(troubles).anyMatch(each -> each.startsWith("true case of bad stops"));
        }
        report("bad");
        assertThat(liquidator.broken()).containsOnlyKeys(new AccountId("bad"));
    }

    @Test
    @Covers({"LSVC-020", "LSVC-006"})
    void anAccountThatASnapshotDoesNotNameIsLookedAtAgain() {
        everybody.emptyBook = true;
        everybody.longOne("alice");
        liquidator.start();
        report("alice");
        Await.until("open", LIMIT, () -> !store.openCases().isEmpty());
        everybody.accounts.put("alice", everybody.account("alice", "90000", "1"));
        liquidator.riskSnapshot(Map.of());
        awaitClosed("alice");
    }

    @Test
    @Covers("LSVC-025")
    void aContributionIsKeptOnceAndAFailureKeepsNothing() {
        store.failNext(false);
        FundCommand.Contribute command =
                new FundCommand.Contribute("c1", USDC, Money.parse("5"), 1);
        assertThat(catchUnreachable(() -> liquidator.contribute(command))).isTrue();
        assertThat(store.fundEvents()).isEmpty();
        liquidator.contribute(command);
        liquidator.contribute(command);
        assertThat(store.fundEvents()).hasSize(1);
        store.failNext(true);
        FundCommand.Contribute second = new FundCommand.Contribute("c2", USDC, Money.parse("7"), 1);
        assertThat(catchUnreachable(() -> liquidator.contribute(second))).isTrue();
        liquidator.contribute(second);
        assertThat(store.fundEvents()).hasSize(2);
        assertThat(fund.balances().getFirst().balance()).isEqualTo(Money.parse("12"));
    }

    private static boolean catchUnreachable(Runnable work) {
        try {
            work.run();
            return false;
        } catch (UnreachableException e) {
            return e.peer() == UnreachableException.Peer.STORE;
        }
    }

    /** margin-service, the venue and the metrics. */
    private final class Everybody implements MarginGateway, Venue, CaseMetrics {
        final Map<String, AccountSnapshot> accounts = new ConcurrentHashMap<>();
        final Map<String, AtomicInteger> submits = new ConcurrentHashMap<>();
        final Map<String, Outcome> executed = new ConcurrentHashMap<>();
        final Map<String, String> booked = new ConcurrentHashMap<>();
        final AtomicInteger looks = new AtomicInteger();
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final CountDownLatch gate = new CountDownLatch(1);
        private final Map<String, int[]> plannedFailures = new ConcurrentHashMap<>();
        volatile boolean hold;
        volatile boolean breakDepth;
        volatile boolean emptyBook;
        private int nextFill = 1;

        /** Long one BTC from 60000, liquidatable at 57400. */
        void longOne(String account) {
            accounts.put(account, account(account, "4000", "1"));
        }

        AccountSnapshot account(String account, String collateral, String size) {
            return new AccountSnapshot(
                    new AccountId(account),
                    new TreeMap<>(Map.of(USDC, Money.parse(collateral))),
                    List.of(Position.opened(BTC, Quantity.parse(size), Price.parse("60000"))),
                    Map.of());
        }

        void failCommitOf(String account, int commit, boolean after) {
            plannedFailures.put(account, new int[] {commit, after ? 1 : 0});
        }

        /** Counts the account's calls; the commit after the call that was named fails. */
        private synchronized void called(String account) {
            int[] failure = plannedFailures.get(account);
            if (failure != null && failure[0]-- == 0) {
                store.failNext(failure[1] == 1);
            }
        }

        @Override
        public Optional<Seen> account(AccountId id) {
            looks.incrementAndGet();
            called(id.value());
            return Optional.ofNullable(accounts.get(id.value()))
                    .map(
                            account -> {
                                MarketSnapshot market = market();
                                return new Seen(
                                        account,
                                        MarginCalculator.evaluate(account, market, MARGIN),
                                        market);
                            });
        }

        private MarketSnapshot market() {
            Price price = Price.parse("57400");
            return new MarketSnapshot(
                    Map.of(
                            BTC,
                            new Instrument(
                                    BTC,
                                    new AssetId("BTC"),
                                    USDC,
                                    Price.parse("0.5"),
                                    Quantity.parse("0.001"),
                                    TierTable.flat(Rate.parse("0.05"), Rate.parse("0.025")),
                                    Rate.ZERO,
                                    Rate.parse("0.005"))),
                    Map.of(USDC, new Asset(USDC, Rate.ZERO, Optional.empty())),
                    Map.of(BTC, new PriceState.Fresh(price, price, 1)));
        }

        @Override
        public synchronized Optional<String> book(CaseAction.BookFill fill) {
            called(fill.account().value());
            if (booked.put(fill.commandId(), fill.tradeId()) == null) {
                accounts.compute(
                        fill.account().value(),
                        (name, account) -> after(java.util.Objects.requireNonNull(account), fill));
            }
            return Optional.empty();
        }

        private AccountSnapshot after(AccountSnapshot account, CaseAction.BookFill fill) {
            Optional<Position> held = account.position(BTC);
            PositionChange change = PositionChange.of(held, fill.size(), fill.price());
            TreeMap<AssetId, Money> balances = new TreeMap<>(account.balances());
            balances.merge(USDC, change.realizedPnl().minus(fill.fee()), Money::plus);
            return new AccountSnapshot(
                    account.id(),
                    balances,
                    change.applyTo(BTC, held).map(List::of).orElse(List.of()),
                    Map.of());
        }

        @Override
        public Optional<String> settle(CaseAction.BookSettlement settlement) {
            throw new UnsupportedOperationException("nobody owes here");
        }

        @Override
        public List<ProfitablePosition> profitable(
                InstrumentId instrument, boolean isLong, int limit) {
            return List.of();
        }

        @Override
        public MarketDepth depth(InstrumentId instrument) {
            if (breakDepth) {
                throw new IllegalStateException("broken on purpose");
            }
            return new MarketDepth(
                    instrument,
                    emptyBook
                            ? List.of()
                            : List.of(
                                    new MarketDepth.Level(
                                            Price.parse("57300"), Quantity.parse("100"))),
                    List.of());
        }

        @Override
        public Outcome submit(CaseAction.SubmitOrder order) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                if (hold) {
                    gate.await();
                }
                return execute(order);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnreachableException(UnreachableException.Peer.VENUE, "interrupted", e);
            } finally {
                inside.decrementAndGet();
            }
        }

        private synchronized Outcome execute(CaseAction.SubmitOrder order) {
            called(order.account().value());
            submits.computeIfAbsent(order.account().value(), id -> new AtomicInteger())
                    .incrementAndGet();
            return executed.computeIfAbsent(
                    order.clientOrderId(),
                    id ->
                            new Outcome(
                                    OrderStatus.FILLED,
                                    List.of(
                                            new OrderFill(
                                                    "f" + nextFill++,
                                                    order.size().abs(),
                                                    Price.parse("57300"))),
                                    ""));
        }

        @Override
        public Optional<Outcome> find(String clientOrderId) {
            return Optional.ofNullable(executed.get(clientOrderId));
        }

        @Override
        public void persisted(CaseEvent event) {}

        @Override
        public void firstOrder(Duration afterDetection) {}

        @Override
        public void unreachable(UnreachableException.Peer peer) {}

        @Override
        public void broken() {}
    }
}
