package io.delever.engine.liquidation;

import static io.delever.engine.liquidation.Scene.BTC;
import static io.delever.engine.liquidation.Scene.ETH;
import static io.delever.engine.liquidation.Scene.SOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.PositionMargin;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Seeded; a failure names the seed, and {@code -Dseed=…} runs that one. {@code
 * -Ddelever.crashes=10000} runs so many instead of a few hundred.
 */
class CasePropertyTest {
    private static final int TURNS = 400;
    private static final int CRASHES = Integer.getInteger("delever.crashes", 600);

    private static LongStream seeds(int count) {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, count) : LongStream.of(one);
    }

    private static void mark(CaseWorld world, InstrumentId instrument, String price) {
        world.prices.put(
                instrument,
                new PriceState.Fresh(Price.parse(price), Price.parse(price), world.now));
    }

    /** Winners, losers, a book and a fund; the case's account is the first that is sick. */
    private static CaseWorld world(SplittableRandom random) {
        CaseWorld world = new CaseWorld(new Money(random.nextLong(0, 200) * 100_000_000L));
        mark(world, BTC, "60000");
        mark(world, ETH, "3000");
        mark(world, SOL, "100");
        for (int i = 0; i < 8; i++) {
            AccountId account = new AccountId("a" + i);
            world.deposit(account, Integer.toString(random.nextInt(500, 20_000)));
            int side = random.nextBoolean() ? 1 : -1;
            world.trade(
                    account,
                    BTC,
                    new Quantity(side * random.nextLong(1, 5_000) * 100_000L),
                    Price.parse(Integer.toString(random.nextInt(59_000, 61_000))));
            if (random.nextBoolean()) {
                world.trade(
                        account,
                        ETH,
                        new Quantity(
                                (random.nextBoolean() ? 1 : -1)
                                        * random.nextLong(1, 3_000)
                                        * 1_000_000L),
                        Price.parse("3000"));
            }
            if (random.nextBoolean()) {
                world.trade(
                        account,
                        SOL,
                        new Quantity(
                                (random.nextBoolean() ? 1 : -1)
                                        * random.nextLong(1, 9_000)
                                        * 10_000_000L),
                        Price.parse("100"));
            }
        }
        if (random.nextInt(3) > 0) {
            world.contribute(Integer.toString(random.nextInt(1, 30_000)));
        }
        return world;
    }

    private static void shuffle(CaseWorld world, SplittableRandom random) {
        int btc = random.nextInt(54_000, 66_000);
        int eth = random.nextInt(2_600, 3_400);
        mark(world, BTC, Integer.toString(btc));
        mark(world, ETH, Integer.toString(eth));
        int sol = random.nextInt(86, 115);
        mark(world, SOL, Integer.toString(sol));
        world.books.put(SOL, book(SOL, sol, random));
        if (random.nextInt(12) == 0) {
            world.prices.put(BTC, new PriceState.Stale(new Price(1), new Price(1), 0));
        }
        world.books.put(BTC, book(BTC, btc, random));
        world.books.put(ETH, book(ETH, eth, random));
    }

    private static MarketDepth book(InstrumentId instrument, int mark, SplittableRandom random) {
        List<MarketDepth.Level> bids = new ArrayList<>();
        List<MarketDepth.Level> asks = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            int gap = Math.max(1, mark / 1_000);
            int bid = mark - random.nextInt(0, 10) * gap;
            int ask = bid + gap + random.nextInt(0, 10) * gap;
            for (int i = 0; i < random.nextInt(1, 6); i++) {
                bids.add(level(bid - i * gap, random));
                asks.add(level(ask + i * gap, random));
            }
        }
        return new MarketDepth(instrument, bids, asks);
    }

    private static MarketDepth.Level level(int price, SplittableRandom random) {
        return new MarketDepth.Level(
                Price.parse(Integer.toString(price)),
                new Quantity(random.nextLong(1, 2_000) * 1_000_000L));
    }

    private static Optional<AccountId> sick(CaseWorld world) {
        return world.ledger.accounts().stream()
                .map(AccountView::id)
                .filter(id -> !id.equals(CaseWorld.MAKER))
                .filter(
                        id -> {
                            RiskState state = world.observe(id).margin().state();
                            return state == RiskState.LIQUIDATABLE || state == RiskState.BANKRUPT;
                        })
                .findFirst();
    }

    /** What the runs of a test met, so that it is known to have tried everything. */
    private static final class Met {
        final Set<CaseState> states = EnumSet.noneOf(CaseState.class);
        final Set<CaseOutcome> outcomes = EnumSet.noneOf(CaseOutcome.class);
        final Set<WaitReason> waits = EnumSet.noneOf(WaitReason.class);
        int cases;
        int covered;
        int adlLegs;
        int hedges;
        int crashes;
    }

    @Test
    @Covers({"LIQD-072", "LIQD-014", "LIQD-030", "LIQD-031", "LIQD-023", "LIQD-003", "LIQD-061"})
    void whateverHappensMoneySizeAndOrdersAreCountedOnceAndEveryCaseEndsOrWaits() {
        Met met = new Met();
        seeds(CRASHES)
                .forEach(
                        seed -> {
                            try {
                                run(seed, met);
                            } catch (AssertionError | RuntimeException e) {
                                throw new AssertionError("-Dseed=" + seed + ": " + e, e);
                            }
                        });
        if (Long.getLong("seed") == null) {
            assertThat(met.cases).isGreaterThan(300);
            assertThat(met.states).containsExactlyInAnyOrder(CaseState.values());
            assertThat(met.outcomes).containsExactlyInAnyOrder(CaseOutcome.values());
            assertThat(met.waits)
                    .contains(
                            WaitReason.PACE,
                            WaitReason.PRICE,
                            WaitReason.DEPTH,
                            WaitReason.FUND_COVER,
                            WaitReason.COUNTERPARTIES,
                            WaitReason.FUND);
            assertThat(met.covered).isGreaterThan(20);
            assertThat(met.adlLegs).isGreaterThan(20);
            assertThat(met.hedges).isGreaterThan(100);
            assertThat(met.crashes).isGreaterThan(1_000);
        }
    }

    private static void run(long seed, Met met) {
        SplittableRandom random = new SplittableRandom(seed);
        CaseWorld world = world(random);
        Optional<AccountId> account = Optional.empty();
        for (int i = 0; i < 20 && account.isEmpty(); i++) {
            shuffle(world, random);
            account = sick(world);
        }
        if (account.isEmpty()) {
            return;
        }
        met.cases++;
        SplittableRandom faults = random.split();
        BooleanSupplier crash =
                () -> {
                    boolean crashes = faults.nextInt(5) == 0;
                    met.crashes += crashes ? 1 : 0;
                    return crashes;
                };
        CaseHost host =
                CaseHost.open(world, new CaseEngine(parameters(random)), account.get(), crash);
        for (int turn = 0; turn < TURNS && !host.now().isClosed(); turn++) {
            met.states.add(host.now().state());
            met.waits.add(host.now().progress().waiting());
            if (random.nextInt(6) == 0) {
                shuffle(world, random);
            }
            if (random.nextInt(40) == 0) {
                world.contribute(Integer.toString(random.nextInt(1, 500)));
            }
            if (random.nextInt(50) == 0) {
                ownerClosesEverything(world, account.get());
            }
            checkAction(world, host, met);
            host.step();
        }
        settle(world, host, random);
        finish(world, host, met);
    }

    /** What is about to happen harms no healthy account, breaks no hedge and keeps the floor. */
    private static void checkAction(CaseWorld world, CaseHost host, Met met) {
        FundBalance fund = world.fund().balance(Scene.USDC);
        assertThat(fund.available().isNegative()).isFalse();
        if (host.action().orElseThrow() instanceof CaseAction.ObserveDepth look) {
            AccountObservation seen = look.observation();
            assertThat(seen.margin().state()).isIn(RiskState.LIQUIDATABLE, RiskState.BANKRUPT);
            met.hedges += keepsHedge(seen, look.instrument()) ? 1 : 0;
        }
    }

    /** Whether the account has a hedge, which must not be what is looked at. */
    private static boolean keepsHedge(AccountObservation seen, InstrumentId chosen) {
        long net = 0;
        for (PositionMargin held : seen.margin().figures().orElseThrow().positions()) {
            net += held.position().size().signum() * held.notional().e8();
        }
        boolean hedged = false;
        boolean chosenHedges = false;
        boolean othersClosable = false;
        for (PositionMargin held : seen.margin().figures().orElseThrow().positions()) {
            Position position = held.position();
            boolean hedge = position.size().signum() * Long.signum(net) < 0;
            hedged |= hedge;
            chosenHedges |= hedge && position.instrument().equals(chosen);
            Quantity lot = seen.market().instrument(position.instrument()).orElseThrow().lotSize();
            othersClosable |= !hedge && position.size().abs().compareTo(lot) >= 0;
        }
        assertThat(chosenHedges && othersClosable).isFalse();
        return hedged;
    }

    /** The owner trades too, at any moment, and may owe more than the account has. */
    private static void ownerClosesEverything(CaseWorld world, AccountId account) {
        AccountView view = world.ledger.account(account).orElseThrow();
        for (Position position : List.copyOf(view.positions())) {
            world.priceOf(position.instrument())
                    .usableMark()
                    .ifPresent(
                            mark ->
                                    world.trade(
                                            account,
                                            position.instrument(),
                                            position.size().negate(),
                                            mark));
        }
    }

    private static LiquidationParameters parameters(SplittableRandom random) {
        return Scene.parameters(
                "1.25",
                random.nextBoolean() ? "0.003" : "0.02",
                random.nextBoolean() ? "1" : "0.25",
                random.nextBoolean() ? "1000000" : "20000",
                random.nextBoolean() ? "0" : "500");
    }

    /** Ends the step under way, so that every fill has reached the ledger. */
    private static void settle(CaseWorld world, CaseHost host, SplittableRandom random) {
        for (int i = 0; i < 1_000 && host.now().currentStep().isPresent(); i++) {
            host.step();
        }
        assertThat(host.now().currentStep()).isEmpty();
        shuffle(world, random);
    }

    private static void finish(CaseWorld world, CaseHost host, Met met) {
        LiquidationCase now = host.now();
        met.states.add(now.state());
        now.outcome().ifPresent(met.outcomes::add);
        assertThat(LiquidationCase.replay(host.log).totals()).isEqualTo(now.totals());
        if (!now.isClosed()) {
            assertThat(now.progress().waiting()).isNotNull();
        }
        Conservation conservation = world.ledger.conservation();
        assertThat(conservation.isConserved()).isTrue();
        assertThat(conservation.instruments())
                .allSatisfy(
                        instrument -> assertThat(instrument.clearing()).isEqualTo(Quantity.ZERO));
        FundBalance fund = world.fund().balance(Scene.USDC);
        assertThat(conservation.assets().getFirst().insurance())
                .isEqualTo(fund.fees().minus(fund.paid()));
        assertThat(now.totals().fee()).isEqualTo(fund.fees());
        assertThat(now.totals().fundPaid()).isEqualTo(fund.paid());
        assertThat(now.held(Scene.USDC)).isEqualTo(fund.reserved());
        List<String> sent =
                now.steps().stream()
                        .filter(CaseStep.Order.class::isInstance)
                        .map(CaseStep.Order.class::cast)
                        .filter(order -> order.stage() != CaseStep.Order.Stage.ABANDONED)
                        .map(order -> CaseIds.clientOrder(now.id(), order.number()))
                        .sorted()
                        .toList();
        assertThat(world.orders.keySet()).containsExactlyElementsOf(sent);
        for (CaseStep step : now.steps()) {
            assertThat(step.explanation()).containsAnyOf("maintenance margin", " is owed");
            if (step instanceof CaseStep.Order order && order.plan().fundNeed().isPositive()) {
                met.covered++;
            }
            if (step instanceof CaseStep.Adl adl) {
                met.adlLegs += adl.legs().size();
            }
        }
    }

    /** One bankrupt account that meets a thin book, ADL and the fund. */
    private static CaseWorld story() {
        CaseWorld world = new CaseWorld(Money.parse("10"));
        mark(world, BTC, "60000");
        world.deposit(new AccountId("loser"), "3000");
        world.deposit(new AccountId("winner"), "50000");
        world.deposit(new AccountId("small"), "5000");
        world.trade(new AccountId("loser"), BTC, Quantity.parse("1"), Price.parse("60000"));
        world.trade(new AccountId("winner"), BTC, Quantity.parse("-0.4"), Price.parse("60000"));
        world.trade(new AccountId("small"), BTC, Quantity.parse("-0.1"), Price.parse("60000"));
        world.contribute("250");
        mark(world, BTC, "56500");
        world.books.put(BTC, Scene.bids(BTC, "56490x0.3", "56400x0.1"));
        return world;
    }

    private static CaseHost tell(CaseWorld world, BooleanSupplier crash) {
        CaseHost host =
                CaseHost.open(
                        world, new CaseEngine(Scene.parameters()), new AccountId("loser"), crash);
        for (int i = 0; i < 300 && !host.now().isClosed(); i++) {
            if (host.now().steps().size() >= 4) {
                world.books.put(BTC, Scene.bids(BTC, "57100x5"));
            }
            host.step();
        }
        return host;
    }

    @Test
    @Covers({"LIQD-031", "LIQD-030", "LIQD-032"})
    void aCrashAtAnyBoundaryLeadsToTheSameOrdersFillsAndLedger() {
        CaseWorld calm = story();
        CaseHost whole = tell(calm, () -> false);
        assertThat(whole.now().isClosed()).as("%s", whole.log).isTrue();
        assertThat(whole.now().totals().adlNotional().isPositive()).isTrue();
        assertThat(calm.fund().balance(Scene.USDC).fees().signum()).isNotNegative();
        int boundaries = whole.boundaries;
        assertThat(boundaries).isGreaterThan(40);
        for (int at = 1; at <= boundaries; at++) {
            int crashAt = at;
            int[] count = {0};
            CaseWorld world = story();
            CaseHost host = tell(world, () -> ++count[0] == crashAt);
            assertThat(world.orders.keySet())
                    .as("crash at boundary %d", at)
                    .isEqualTo(calm.orders.keySet());
            assertThat(world.state()).as("crash at boundary %d", at).isEqualTo(calm.state());
            assertThat(host.now().outcome()).isEqualTo(whole.now().outcome());
        }
    }
}
