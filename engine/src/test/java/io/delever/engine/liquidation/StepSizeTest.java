package io.delever.engine.liquidation;

import static io.delever.engine.liquidation.Scene.BTC;
import static io.delever.engine.liquidation.Scene.ETH;
import static io.delever.engine.liquidation.Scene.SOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What and how much (LIQD-010 to LIQD-013) at what price (LIQD-020 to LIQD-023). */
class StepSizeTest {
    private static OrderPlan plan(
            LiquidationParameters parameters, Scene scene, MarketDepth depth) {
        CaseRun run = CaseRun.open(parameters, scene);
        run.observe(scene, depth);
        return run.order().plan();
    }

    /** Long 1 BTC entered at 60000: at 58800 equity 1400 and maintenance margin 1470. */
    private static Scene slightlyLiquidatable() {
        return new Scene().collateral("2600").position(BTC, "1", "60000").mark(BTC, "58800");
    }

    @Test
    @Covers("LIQD-010")
    void thePositionWithTheGreatestMaintenanceMarginIsReducedFirst() {
        Scene scene =
                new Scene()
                        .collateral("2000")
                        .position(BTC, "1", "60000")
                        .position(ETH, "30", "3000")
                        .mark(BTC, "60000")
                        .mark(ETH, "2990");
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene);
        assertThat(run.pending(CaseAction.ObserveDepth.class).instrument()).isEqualTo(ETH);
    }

    /** Long 50,000 of SOL and 30,000 of BTC, short ETH with the greatest maintenance margin. */
    private static Scene hedged(String shortEth) {
        return new Scene()
                .collateral("3000")
                .position(SOL, "500", "100")
                .position(BTC, "0.5", "60000")
                .position(ETH, shortEth, "3000")
                .mark(SOL, "100")
                .mark(BTC, "60000")
                .mark(ETH, "3000");
    }

    private static InstrumentId firstOf(Scene scene) {
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene);
        return run.pending(CaseAction.ObserveDepth.class).instrument();
    }

    @Test
    @Covers("LIQD-014")
    void aHedgeIsReducedLastHoweverGreatItsMargin() {
        assertThat(firstOf(hedged("-20"))).isEqualTo(SOL);
        // At 81,000 short the account is net short, and the longs are the hedge.
        assertThat(firstOf(hedged("-27"))).isEqualTo(ETH);
        // Flat: nothing hedges more than anything else.
        assertThat(firstOf(hedged("-26.66").position(SOL, "499.8", "100"))).isEqualTo(ETH);
    }

    @Test
    @Covers("LIQD-014")
    void aHedgeIsReducedWhereTheOthersAreBelowOneLot() {
        Scene scene =
                new Scene()
                        .collateral("0.005")
                        .position(BTC, "0.0009", "60000")
                        .position(ETH, "-0.01", "3000")
                        .mark(BTC, "60000")
                        .mark(ETH, "3000");
        assertThat(firstOf(scene)).isEqualTo(ETH);
    }

    @Test
    @Covers("LIQD-010")
    void aTieGoesToTheSmallerInstrumentId() {
        Scene scene =
                new Scene()
                        .collateral("1000")
                        .position(ETH, "20", "3000")
                        .position(BTC, "1", "60000")
                        .mark(BTC, "60000")
                        .mark(ETH, "3000");
        assertThat(scene.figures().positions())
                .extracting(position -> position.maintenanceMargin().toString())
                .containsExactly("1500", "1500");
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene);
        assertThat(run.pending(CaseAction.ObserveDepth.class).instrument()).isEqualTo(BTC);
    }

    @Test
    @Covers("LIQD-010")
    void positionsBelowOneLotAreSkippedAndAlonePutTheCaseToWait() {
        Scene scene =
                new Scene().collateral("0.01").position(BTC, "0.0005", "60000").mark(BTC, "60000");
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.BELOW_ONE_LOT);
        scene.position(ETH, "0.01", "3000").mark(ETH, "3000");
        run.observe(scene);
        assertThat(run.pending(CaseAction.ObserveDepth.class).instrument()).isEqualTo(ETH);
    }

    @Test
    @Covers({"LIQD-011", "LIQD-012"})
    void theSizeIsTheSmallestThatReachesTheTargetAtTheLimit() {
        LiquidationParameters parameters = Scene.parameters("1.25", "0.001", "1", "1000000", "0");
        Scene scene = slightlyLiquidatable();
        OrderPlan plan = plan(parameters, scene, Scene.bids(BTC, "58790x10"));
        // Sell n at 58741.5 (58800 less 0.1 %, up to the tick), fee 0.5 %, capped by what is left
        // above bankruptcy:
        // 1400 - 58.5 n - 293.7075 n >= 1.25 x 1470 (1 - n)
        assertThat(plan.limit()).isEqualTo(Price.parse("58741.5"));
        assertThat(plan.size()).isEqualTo(Quantity.parse("-0.295"));
        assertThat(plan.fundNeed()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("LIQD-012")
    void theWholePositionGoesWhereNoLessSuffices() {
        LiquidationParameters parameters = Scene.parameters("1.25", "0.02", "1", "1000000", "0");
        OrderPlan plan = plan(parameters, slightlyLiquidatable(), Scene.bids(BTC, "58790x10"));
        assertThat(plan.size()).isEqualTo(Quantity.parse("-1"));
    }

    @Test
    @Covers("LIQD-012")
    void aRestBelowTheDustLimitIsClosedToo() {
        Scene scene = slightlyLiquidatable();
        MarketDepth depth = Scene.bids(BTC, "58790x10");
        // The rest of 0.705 is worth 41454 at mark.
        assertThat(
                        plan(
                                        Scene.parameters("1.25", "0.001", "1", "1000000", "41454"),
                                        scene,
                                        depth)
                                .size())
                .isEqualTo(Quantity.parse("-0.295"));
        assertThat(
                        plan(
                                        Scene.parameters(
                                                "1.25", "0.001", "1", "1000000", "41454.00000001"),
                                        scene,
                                        depth)
                                .size())
                .isEqualTo(Quantity.parse("-1"));
    }

    @Test
    @Covers("LIQD-013")
    void depthShareAndNotionalCapBoundTheSizeDownToTheLotButNotBelowOneLot() {
        Scene scene = slightlyLiquidatable();
        // 0.1 of 2.0079 visible within 58741.5; the level below does not count.
        MarketDepth depth = Scene.bids(BTC, "58790x2", "58741.5x0.0079", "58741x50");
        assertThat(
                        plan(Scene.parameters("1.25", "0.001", "0.1", "1000000", "0"), scene, depth)
                                .size())
                .isEqualTo(Quantity.parse("-0.2"));
        assertThat(plan(Scene.parameters("1.25", "0.001", "1", "5938", "0"), scene, depth).size())
                .isEqualTo(Quantity.parse("-0.1"));
        assertThat(plan(Scene.parameters("1.25", "0.001", "1", "1", "0"), scene, depth).size())
                .isEqualTo(Quantity.parse("-0.001"));
        assertThat(
                        plan(
                                        Scene.parameters(
                                                "1.25", "0.001", "0.000001", "1000000", "0"),
                                        scene,
                                        depth)
                                .size())
                .isEqualTo(Quantity.parse("-0.001"));
    }

    @Test
    @Covers({"LIQD-020", "LIQD-021"})
    void theLimitStopsAtTheNearerOfCollarAndBankruptcyPriceOnTheSafeTick() {
        // Equity 1400 on 1 BTC: bankrupt at 57400. A collar of 5 % would end at 55860.
        LiquidationParameters wide = Scene.parameters("1.25", "0.05", "1", "1000000", "0");
        Scene sellLong = slightlyLiquidatable();
        assertThat(plan(wide, sellLong, Scene.bids(BTC, "58790x10")).limit())
                .isEqualTo(Price.parse("57400"));
        sellLong.collateral("2599.9");
        assertThat(plan(wide, sellLong, Scene.bids(BTC, "58790x10")).limit())
                .isEqualTo(Price.parse("57400.5"));
        // Short 1 BTC from 60000 at 61200: equity 1400, bankrupt at 62600.
        Scene buyShort =
                new Scene().collateral("2600").position(BTC, "-1", "60000").mark(BTC, "61200");
        assertThat(plan(wide, buyShort, Scene.asks(BTC, "61210x10")).limit())
                .isEqualTo(Price.parse("62600"));
        buyShort.collateral("2599.9");
        assertThat(plan(wide, buyShort, Scene.asks(BTC, "61210x10")).limit())
                .isEqualTo(Price.parse("62599.5"));
        LiquidationParameters narrow = Scene.parameters("1.25", "0.001", "1", "1000000", "0");
        // 61200 x 1.001 = 61261.2
        assertThat(plan(narrow, buyShort, Scene.asks(BTC, "61210x10")).limit())
                .isEqualTo(Price.parse("61261"));
    }

    @Test
    @Covers({"LIQD-020", "LIQD-022", "LIQD-023"})
    void beyondTheBankruptcyPriceAnOrderNeedsTheFundForItsWorstDeficit() {
        // Equity 100 on 1 BTC at 57500: bankrupt at 57400; the book begins at 57300.
        Scene scene = new Scene().collateral("2600").position(BTC, "1", "60000").mark(BTC, "57500");
        scene.fund("100000");
        OrderPlan plan = plan(Scene.parameters(), scene, Scene.bids(BTC, "57300x10"));
        assertThat(plan.limit()).isEqualTo(Price.parse("56350"));
        assertThat(plan.size()).isEqualTo(Quantity.parse("-1"));
        assertThat(plan.fundNeed()).isEqualTo(Money.parse("1050"));
        // A bid within the bankruptcy price is taken first, without the fund.
        OrderPlan within =
                plan(Scene.parameters(), scene, Scene.bids(BTC, "57400x0.25", "57300x10"));
        assertThat(within.limit()).isEqualTo(Price.parse("57400"));
        assertThat(within.size()).isEqualTo(Quantity.parse("-0.25"));
        assertThat(within.fundNeed()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("LIQD-023")
    void theSizeIsCutToWhatTheFundCovers() {
        Scene scene = new Scene().collateral("2600").position(BTC, "1", "60000").mark(BTC, "57500");
        scene.fund("105.5");
        OrderPlan plan = plan(Scene.parameters(), scene, Scene.bids(BTC, "57300x10"));
        assertThat(plan.size()).isEqualTo(Quantity.parse("-0.1"));
        assertThat(plan.fundNeed()).isEqualTo(Money.parse("105"));
        scene.fund("1.04999999");
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene, Scene.bids(BTC, "57300x10"));
        assertThat(run.now.steps()).isEmpty();
        assertThat(run.now.progress().waiting()).isEqualTo(WaitReason.FUND_COVER);
    }

    @Test
    @Covers("LIQD-023")
    void aBankruptShortWithoutAPositiveBankruptcyPriceReservesItsWholeLoss() {
        // Short 1 at 60000, bought back at 200000 would leave -140000 + 1000: equity -139000 at
        // 200000; its bankruptcy
        // price is 61000. With a debt of 500000 it would be negative.
        Scene scene =
                new Scene().collateral("-500000").position(BTC, "-1", "60000").mark(BTC, "200000");
        scene.fund("1000000");
        assertThat(scene.figures().equity()).isEqualTo(Money.parse("-640000"));
        LiquidationParameters parameters = Scene.parameters("1.25", "0.02", "1", "1000000", "0");
        OrderPlan plan = plan(parameters, scene, Scene.asks(BTC, "200000x10"));
        assertThat(plan.bankruptcyPrice()).isEmpty();
        assertThat(plan.limit()).isEqualTo(Price.parse("204000"));
        assertThat(plan.fundNeed()).isEqualTo(Money.parse("644000"));
    }

    @Test
    @Covers("LIQD-070")
    void theStepSaysWhyInWordsAndNumbers() {
        CaseRun run =
                CaseRun.open(
                        Scene.parameters("1.25", "0.001", "1", "1000000", "0"),
                        slightlyLiquidatable());
        run.observe(slightlyLiquidatable(), Scene.bids(BTC, "58790x10"));
        assertThat(run.order().explanation())
                .isEqualTo(
                        "Sell 0.295 at 58741.5 or better: the smallest size that brings adjusted"
                            + " equity to 1.25 times maintenance margin. BTC-PERP position 1 has"
                            + " the greatest maintenance margin, 1470 of 1470; mark 58800,"
                            + " bankruptcy price 57400, equity 1400, adjusted equity 1400"
                            + " (LIQUIDATABLE).");
    }

    private static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, 1_000) : LongStream.of(one);
    }

    /** An account that is liquidatable and not bankrupt, with one or two positions. */
    private static Scene randomScene(SplittableRandom random) {
        while (true) {
            Scene scene = new Scene().collateral(Integer.toString(random.nextInt(100, 60_000)));
            int btc = random.nextInt(1, 4_000) * (random.nextBoolean() ? 1 : -1);
            scene.position(BTC, new Quantity(btc * 100_000L).toString(), "60000");
            scene.mark(BTC, Integer.toString(random.nextInt(50_000, 70_000)));
            if (random.nextBoolean()) {
                int eth = random.nextInt(1, 10_000) * (random.nextBoolean() ? 1 : -1);
                scene.position(ETH, new Quantity(eth * 1_000_000L).toString(), "3000");
            }
            scene.mark(ETH, Integer.toString(random.nextInt(2_500, 3_500)));
            if (scene.now().margin().state() == RiskState.LIQUIDATABLE) {
                return scene;
            }
        }
    }

    @Test
    @Covers({"LIQD-011", "LIQD-012", "LIQD-020", "LIQD-021"})
    void overRandomAccountsTheSizePassesAndOneLotLessDoesNot() {
        int[] partial = {0};
        seeds().forEach(
                        seed -> {
                            SplittableRandom random = new SplittableRandom(seed);
                            Scene scene = randomScene(random);
                            LiquidationParameters parameters =
                                    Scene.parameters(
                                            "1.25",
                                            random.nextBoolean() ? "0.002" : "0.03",
                                            "1",
                                            "90000000",
                                            "0");
                            Candidate candidate = Candidate.of(scene.now()).orElseThrow();
                            Price mark = candidate.held().mark();
                            MarketDepth depth =
                                    Scene.depth(
                                            candidate.instrument().id(),
                                            List.of(mark + "x1000000"),
                                            List.of(mark + "x1000000"));
                            OrderPlan plan = plan(parameters, scene, depth);
                            assertThat(isWithinBankruptcy(plan)).as("-Dseed=%d", seed).isTrue();
                            Quantity lot = candidate.instrument().lotSize();
                            boolean passes = passes(scene, plan, plan.size().abs());
                            boolean lessPasses = passes(scene, plan, plan.size().abs().minus(lot));
                            boolean whole = plan.size().abs().equals(candidate.size());
                            assertThat(lessPasses).as("-Dseed=%d: %s", seed, plan).isFalse();
                            assertThat(passes || whole).as("-Dseed=%d: %s", seed, plan).isTrue();
                            if (whole && !passes) {
                                assertThat(anyPasses(scene, plan, candidate))
                                        .as("-Dseed=%d: %s", seed, plan)
                                        .isFalse();
                            }
                            partial[0] += whole ? 0 : 1;
                        });
        if (Long.getLong("seed") == null) {
            assertThat(partial[0]).isGreaterThan(100);
        }
    }

    private static boolean isWithinBankruptcy(OrderPlan plan) {
        return plan.bankruptcyPrice()
                .map(
                        price ->
                                plan.isSell()
                                        ? plan.limit().compareTo(price) >= 0
                                        : plan.limit().compareTo(price) <= 0)
                .orElse(true);
    }

    private static boolean anyPasses(Scene scene, OrderPlan plan, Candidate candidate) {
        long lots = candidate.lots();
        for (long step = 1; step <= 400; step++) {
            if (passes(scene, plan, candidate.sizeOf(Math.max(1, lots * step / 400)))) {
                return true;
            }
        }
        return false;
    }

    /** The rule again, written the long way. */
    private static boolean passes(Scene scene, OrderPlan plan, Quantity size) {
        if (size.isZero()) {
            return false;
        }
        AccountObservation seen = scene.now();
        Position held = seen.account().position(plan.instrument()).orElseThrow();
        Quantity trade = plan.isSell() ? size.negate() : size;
        PositionChange change = PositionChange.of(Optional.of(held), trade, plan.limit());
        List<Position> positions = new ArrayList<>(seen.account().positions());
        positions.remove(held);
        change.applyTo(plan.instrument(), Optional.of(held)).ifPresent(positions::add);
        SortedMap<AssetId, Money> balances = new TreeMap<>(seen.account().balances());
        balances.merge(
                Scene.USDC,
                change.realizedPnl().minus(plan.feeOf(size, plan.limit())),
                Money::plus);
        MarginFigures after =
                MarginCalculator.evaluate(
                                new AccountSnapshot(
                                        seen.account().id(),
                                        balances,
                                        positions,
                                        java.util.Map.of()),
                                seen.market(),
                                Scene.MARGIN)
                        .figures()
                        .orElseThrow();
        return FixedPoint.compareProducts(
                        after.adjustedEquity().e8(),
                        1_000_000,
                        after.maintenanceMargin().e8(),
                        1_250_000)
                >= 0;
    }
}
