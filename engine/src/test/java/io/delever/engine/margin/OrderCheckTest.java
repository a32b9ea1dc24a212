package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_INSTRUMENT;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.PARAMETERS;
import static io.delever.engine.margin.Fixtures.account;
import static io.delever.engine.margin.Fixtures.market;
import static io.delever.engine.margin.Fixtures.prices;
import static io.delever.engine.margin.Fixtures.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.account.AccountView;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderCheckTest {
    private static final MarketSnapshot MARKET = market("60000", "3000");

    @Test
    @Covers("MARG-012")
    void initialMarginAndTakerFeeMustBeCovered() {
        // 0.5 x 60,000: initial margin 3,000 and fee 30
        assertThat(check(account().collateral("3030").build(), "0.5", "60000").passes()).isTrue();
        OrderVerdict refused = check(account().collateral("3029.99999999").build(), "0.5", "60000");
        assertReason(refused, RejectionReason.INSUFFICIENT_MARGIN);
        assertThat(refused.largestPassingSize()).hasToString("0.499");
        MarginFigures after = refused.marginAfter().orElseThrow().figures().orElseThrow();
        assertThat(after.adjustedEquity()).hasToString("2999.99999999");
        assertThat(after.initialMargin()).hasToString("3000");
    }

    @Test
    @Covers("MARG-012")
    void anOrderIsTakenAtTheWorseOfLimitAndMark() {
        AccountView account = account().collateral("3030").build();
        assertThat(check(account, "0.5", "50000").passes()).isTrue();
        assertReason(check(account, "0.5", "60000.1"), RejectionReason.INSUFFICIENT_MARGIN);
        assertThat(check(account, "-0.5", "70000").passes()).isTrue();
        // A limit better than the mark is no profit yet.
        AccountView oneUnitShort = account().collateral("3029.99999999").build();
        assertThat(check(oneUnitShort, "0.5", "50000").passes()).isFalse();
        assertThat(check(oneUnitShort, "-0.5", "70000").passes()).isFalse();
        assertReason(check(account, "-0.5", "59999.9"), RejectionReason.INSUFFICIENT_MARGIN);
    }

    @Test
    @Covers("MARG-012")
    void aReducingOrderPassesWhereItHelps() {
        AccountView ruined =
                account().collateral("1000").position(BTC_PERP, "0.5", "60000").build();
        assertThat(check(ruined, "-0.25", "60000").passes()).isTrue();
        assertThat(check(ruined, "-0.5", "60000").passes()).isTrue();
        // Far below the mark it would give away more than the margin it frees.
        assertReason(check(ruined, "-0.25", "40000"), RejectionReason.INSUFFICIENT_MARGIN);
        assertReason(check(ruined, "0.001", "60000"), RejectionReason.ACCOUNT_IN_LIQUIDATION);
        OrderVerdict flip = check(ruined, "-0.501", "60000");
        assertReason(flip, RejectionReason.ACCOUNT_IN_LIQUIDATION);
        assertThat(flip.largestPassingSize()).hasToString("-0.5");
    }

    @Test
    @Covers("MARG-012")
    void aReducingOrderThatLeavesTheSlackAsItIsPasses() {
        AccountView ruined =
                account().collateral("1000").position(BTC_PERP, "0.5", "60000").build();
        MarketSnapshot market = market("59940", "3000");
        // 0.25 x 2,940 and the fee of 14.25 are the 749.25 of maintenance margin that is freed.
        assertThat(OrderCheck.check(ruined, order("-0.25", "57000"), market, PARAMETERS).passes())
                .isTrue();
        assertReason(
                OrderCheck.check(ruined, order("-0.25", "56999.9"), market, PARAMETERS),
                RejectionReason.INSUFFICIENT_MARGIN);
    }

    @Test
    @Covers("MARG-012")
    void theTakerFeeIsRoundedUp() {
        Instrument like = BTC_INSTRUMENT;
        Instrument onePpm =
                new Instrument(
                        like.id(),
                        like.base(),
                        like.settlement(),
                        like.tickSize(),
                        like.lotSize(),
                        like.tiers(),
                        new Rate(1),
                        like.liquidationFee());
        MarketSnapshot market =
                new MarketSnapshot(
                        Map.of(BTC_PERP, onePpm),
                        MARKET.assets(),
                        Map.of(BTC_PERP, Fixtures.fresh("60000.1")));
        // initial margin 6.00001; the fee of 0.0000600001 takes 6,001 units
        Order order = order("0.001", "60000.1");
        AccountView enough = account().collateral("6.00007001").build();
        assertThat(OrderCheck.check(enough, order, market, PARAMETERS).passes()).isTrue();
        AccountView oneUnitShort = account().collateral("6.00007").build();
        assertThat(OrderCheck.check(oneUnitShort, order, market, PARAMETERS).passes()).isFalse();
    }

    @Test
    @Covers("MARG-012")
    void withoutAPriceOnlyReducingOrdersPass() {
        AccountView account =
                account()
                        .collateral("100000")
                        .position(BTC_PERP, "0.5", "60000")
                        .position(ETH_PERP, "1", "3000")
                        .build();
        MarketSnapshot stale = market(prices("60000", "3000").with(ETH_PERP, stale("3000")));
        OrderVerdict grow = OrderCheck.check(account, order("0.5", "60000"), stale, PARAMETERS);
        assertReason(grow, RejectionReason.PRICE_UNAVAILABLE);
        assertThat(grow.largestPassingSize()).isEqualTo(Quantity.ZERO);
        assertThat(grow.marginAfter().orElseThrow().state()).isEqualTo(RiskState.PRICE_UNAVAILABLE);
        OrderVerdict flip = OrderCheck.check(account, order("-0.6", "60000"), stale, PARAMETERS);
        assertReason(flip, RejectionReason.PRICE_UNAVAILABLE);
        assertThat(flip.largestPassingSize()).hasToString("-0.5");
        assertThat(OrderCheck.check(account, order("-0.5", "60000"), stale, PARAMETERS).passes())
                .isTrue();
        AccountView newcomer = account().collateral("100000").build();
        MarketSnapshot missing = market(new Fixtures.Prices());
        assertReason(
                OrderCheck.check(newcomer, order("0.5", "60000"), missing, PARAMETERS),
                RejectionReason.PRICE_UNAVAILABLE);
    }

    @Test
    @Covers("MARG-012")
    void theFormOfAnOrderIsChecked() {
        AccountView rich = account().collateral("10000000").build();
        assertReason(check(rich, "0.0005", "60000"), RejectionReason.NOT_A_LOT_MULTIPLE);
        assertReason(check(rich, "0.5", "60000.05"), RejectionReason.NOT_A_TICK_MULTIPLE);
        assertReason(check(rich, "0.5", "1000000000.1"), RejectionReason.AMOUNT_TOO_LARGE);
        OrderVerdict tooLarge = check(rich, "20000", "60000");
        assertReason(tooLarge, RejectionReason.AMOUNT_TOO_LARGE);
        assertThat(tooLarge.largestPassingSize().isLong()).isTrue();
        Order elsewhere =
                new Order(new InstrumentId("X"), Quantity.parse("1"), Price.parse("1"), false);
        assertReason(
                OrderCheck.check(rich, elsewhere, MARKET, PARAMETERS),
                RejectionReason.UNKNOWN_INSTRUMENT);
        assertThatIllegalArgumentException().isThrownBy(() -> order("0", "1"));
        Order reduceOnly = new Order(BTC_PERP, Quantity.parse("1"), Price.parse("60000"), true);
        OrderVerdict refused = OrderCheck.check(rich, reduceOnly, MARKET, PARAMETERS);
        assertReason(refused, RejectionReason.NOT_REDUCING);
        assertThat(refused.largestPassingSize()).isEqualTo(Quantity.ZERO);
        MarginParameters onePosition = new MarginParameters(PARAMETERS.marginCallLevel(), 1);
        AccountView holder = account().collateral("100000").position(ETH_PERP, "1", "3000").build();
        assertReason(
                OrderCheck.check(holder, order("0.5", "60000"), MARKET, onePosition),
                RejectionReason.TOO_MANY_POSITIONS);
    }

    @SeededTest
    @Covers({"MARG-012", "MARG-013"})
    void theLargestSizePassesAndOneLotMoreDoesNot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int some = 0;
        for (int round = 0; round < 200; round++) {
            Fixtures.AccountBuilder builder =
                    account().collateral(Long.toString(random.nextLong(200_000)));
            if (random.nextBoolean()) {
                builder.collateral(BTC, "0." + random.nextInt(10));
            }
            if (random.nextInt(3) > 0) {
                builder.position(
                        BTC_PERP,
                        lots(random, 5_000),
                        Long.toString(40_000 + random.nextInt(40_000)));
            }
            if (random.nextBoolean()) {
                builder.position(ETH_PERP, "7", "3100");
            }
            AccountView account = builder.build();
            String limit = Long.toString(55_000 + random.nextInt(10_000));
            OrderVerdict verdict = check(account, lots(random, 3_000), limit);
            Quantity largest = verdict.largestPassingSize();
            String what = "round " + round + " " + account + " " + limit;
            if (!largest.isZero()) {
                some++;
                assertThat(check(account, largest.toString(), limit).passes()).as(what).isTrue();
            }
            long sign = largest.isZero() ? 1 : largest.signum();
            Quantity more = largest.plus(new Quantity(sign * BTC_INSTRUMENT.lotSize().e8()));
            if (!largest.isZero()) {
                assertThat(check(account, more.toString(), limit).passes()).as(what).isFalse();
            } else {
                assertThat(verdict.passes()).as(what).isFalse();
            }
        }
        assertThat(some).isGreaterThan(50);
    }

    private static String lots(SplittableRandom random, int greatest) {
        long lots = 1L + random.nextInt(greatest);
        long e8 = lots * BTC_INSTRUMENT.lotSize().e8();
        return new Quantity(random.nextBoolean() ? e8 : -e8).toString();
    }

    private static Order order(String size, String limit) {
        return new Order(BTC_PERP, Quantity.parse(size), Price.parse(limit), false);
    }

    private static OrderVerdict check(AccountView account, String size, String limit) {
        return OrderCheck.check(account, order(size, limit), MARKET, PARAMETERS);
    }

    private static void assertReason(OrderVerdict verdict, RejectionReason reason) {
        assertThat(verdict.passes()).isFalse();
        assertThat(verdict.refusal().map(Refusal::reason)).contains(reason);
    }
}
