package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.LIMITS;
import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static io.delever.engine.pricing.PricingFixture.index;
import static io.delever.engine.pricing.PricingFixture.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.TickOutcome.Accepted;
import io.delever.engine.pricing.TickOutcome.Rejected;
import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;

class PriceEngineTest {
    private static final InstrumentId Y_PERP = new InstrumentId("Y-PERP");

    private final PriceEngine engine = new PriceEngine(LIMITS);

    private PriceState stateOf(InstrumentId instrument) {
        return engine.price(instrument).orElseThrow().state();
    }

    private static PriceState fresh(String price, long time) {
        return new PriceState.Fresh(Price.parse(price), Price.parse(price), time);
    }

    private void assertTaken(Tick tick, long now) {
        assertThat(engine.onTick(tick, now)).isInstanceOf(Accepted.class);
    }

    private void assertRejected(Tick tick, long now, TickRejectionReason reason, String detail) {
        TickOutcome outcome = engine.onTick(tick, now);
        assertThat(outcome).isInstanceOf(Rejected.class);
        assertThat(((Rejected) outcome).reason()).isEqualTo(reason);
        assertThat(((Rejected) outcome).detail()).contains(detail);
    }

    @Test
    @Covers("PRIC-010")
    void unknownSourceIsRejected() {
        engine.apply(index("a").build());
        assertRejected(
                tick("b", "100", T0),
                T0,
                TickRejectionReason.UNKNOWN_SOURCE,
                "venue 'b' market 'X-USD'");
        assertRejected(
                new Tick("a", "Y-USD", 1, 0, T0),
                T0,
                TickRejectionReason.UNKNOWN_SOURCE,
                "market 'Y-USD'");
        TickOutcome longName = engine.onTick(new Tick("x".repeat(1_000_000), "", 1, 0, T0), T0);
        assertThat(((Rejected) longName).detail()).hasSizeLessThan(200);
    }

    @Test
    @Covers("PRIC-011")
    void nonPositivePriceIsRejected() {
        engine.apply(index("a").build());
        for (String price : new String[] {"0", "-0.00000001"}) {
            assertRejected(
                    tick("a", price, T0),
                    T0,
                    TickRejectionReason.NON_POSITIVE_PRICE,
                    "limit above 0");
        }
        assertTaken(tick("a", "0.00000001", T0), T0);
    }

    @Test
    @Covers("PRIC-012")
    void priceAboveTheGreatestIsRejected() {
        engine.apply(index("a").build());
        assertRejected(
                tick("a", "1000000.00000001", T0),
                T0,
                TickRejectionReason.ABSURD_PRICE,
                "price_e8 100000000000001, limit 100000000000000");
        assertRejected(
                new Tick("a", PricingFixture.MARKET, Long.MAX_VALUE, 0, T0),
                T0,
                TickRejectionReason.ABSURD_PRICE,
                "limit");
        assertTaken(tick("a", "1000000", T0), T0);
    }

    @Test
    @Covers("PRIC-013")
    void futureBeyondTheSkewIsRejected() {
        engine.apply(index("a").build());
        assertRejected(
                tick("a", "100", T0 + SECOND + 1), T0, TickRejectionReason.TIME_IN_FUTURE, "limit");
        assertRejected(
                tick("a", "100", Long.MAX_VALUE), T0, TickRejectionReason.TIME_IN_FUTURE, "limit");
        assertTaken(tick("a", "100", T0 + SECOND), T0);
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("100", T0 + SECOND));
    }

    @Test
    @Covers("PRIC-014")
    void olderThanTheStalenessLimitIsRejected() {
        engine.apply(index("a").build());
        assertRejected(
                tick("a", "100", T0 - 10 * SECOND - 1),
                T0,
                TickRejectionReason.TIME_TOO_OLD,
                "limit " + (T0 - 10 * SECOND));
        assertRejected(tick("a", "100", 0), T0, TickRejectionReason.TIME_TOO_OLD, "limit");
        assertRejected(
                tick("a", "100", Long.MIN_VALUE), T0, TickRejectionReason.TIME_TOO_OLD, "limit");
        assertTaken(tick("a", "100", T0 - 10 * SECOND), T0);
    }

    @Test
    @Covers("PRIC-014")
    void longestLimitOfTheInstrumentsThatUseTheSourceCounts() {
        engine.apply(index().source("a", 1, 10).build());
        engine.apply(index(Y_PERP).source("a", 1, 30).build());
        assertTaken(tick("a", "100", T0 - 20 * SECOND), T0);
        assertThat(engine.advance(T0)).hasSize(2);
        assertThat(stateOf(X_PERP)).isEqualTo(new PriceState.Missing());
        assertThat(stateOf(Y_PERP)).isEqualTo(fresh("100", T0 - 20 * SECOND));

        engine.apply(index(Y_PERP).source("a", 1, 5).build());
        assertRejected(
                tick("a", "100", T0 - 11 * SECOND), T0, TickRejectionReason.TIME_TOO_OLD, "limit");
    }

    @Test
    @Covers("PRIC-015")
    void olderThanTheNewestIsRejectedAndTheLaterOfOneInstantStands() {
        engine.apply(index("a").build());
        assertTaken(tick("a", "100", T0), T0);
        assertRejected(
                tick("a", "101", T0 - 1),
                T0,
                TickRejectionReason.OUT_OF_ORDER,
                "newest taken " + T0);
        assertTaken(tick("a", "102", T0), T0);
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("102", T0));
    }

    @Test
    @Covers("PRIC-016")
    void jumpFromTheSourcesOwnFreshPriceIsRejected() {
        engine.apply(index("a", "b").build());
        assertTaken(tick("a", "100", T0), T0);
        assertRejected(
                tick("a", "500.00000001", T0 + 1),
                T0 + 1,
                TickRejectionReason.ABSURD_PRICE,
                "more than 5 times away from this source's fresh price_e8 10000000000");
        assertRejected(
                tick("a", "19.99999999", T0 + 1),
                T0 + 1,
                TickRejectionReason.ABSURD_PRICE,
                "5 times");
        assertTaken(tick("b", "1000", T0 + 1), T0 + 1);
        assertTaken(tick("a", "500", T0 + 2), T0 + 2);
        assertTaken(tick("a", "100", T0 + 3), T0 + 3);
        assertTaken(tick("a", "20", T0 + 4), T0 + 4);
    }

    @Test
    @Covers("PRIC-019")
    void sourceThatReallyMovedHealsAfterItsStalenessLimit() {
        engine.apply(index("a").build());
        assertTaken(tick("a", "100", T0), T0);
        assertThat(engine.advance(T0)).hasSize(1);
        for (long now = T0 + SECOND; now <= T0 + 10 * SECOND; now += SECOND) {
            assertRejected(tick("a", "1", now), now, TickRejectionReason.ABSURD_PRICE, "5 times");
        }
        long healed = T0 + 10 * SECOND + 1;
        assertThat(engine.advance(healed)).hasSize(1);
        assertThat(stateOf(X_PERP)).isInstanceOf(PriceState.Stale.class);
        assertTaken(tick("a", "1", healed), healed);
        assertThat(engine.advance(healed)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("1", healed));
    }

    @Test
    @Covers("PRIC-017")
    void negativeSizeIsRejected() {
        engine.apply(index("a").build());
        assertRejected(
                new Tick("a", PricingFixture.MARKET, 1, -1, T0),
                T0,
                TickRejectionReason.NEGATIVE_SIZE,
                "size_e8 -1, limit 0");
        assertTaken(new Tick("a", PricingFixture.MARKET, 1, 0, T0), T0);
    }

    @Test
    @Covers("PRIC-018")
    void firstCheckThatFailsNamesTheReasonAndNothingChanges() {
        engine.apply(index("a").build());
        assertTaken(tick("a", "100", T0), T0);
        assertThat(engine.advance(T0)).hasSize(1);
        long greatest = LIMITS.greatestPrice().e8();
        Tick[] worse = {
            new Tick("a", PricingFixture.MARKET, 1, 0, T0),
            new Tick("a", PricingFixture.MARKET, 1, 0, T0 - 1),
            new Tick("a", PricingFixture.MARKET, 1, 0, 0),
            new Tick("a", PricingFixture.MARKET, 1, 0, Long.MAX_VALUE),
            new Tick("a", PricingFixture.MARKET, greatest + 1, 0, Long.MAX_VALUE),
            new Tick("a", PricingFixture.MARKET, greatest + 1, -1, Long.MAX_VALUE),
            new Tick("a", PricingFixture.MARKET, 0, -1, Long.MAX_VALUE),
            new Tick("z", PricingFixture.MARKET, 0, -1, Long.MAX_VALUE),
        };
        TickRejectionReason[] reasons = {
            TickRejectionReason.ABSURD_PRICE,
            TickRejectionReason.OUT_OF_ORDER,
            TickRejectionReason.TIME_TOO_OLD,
            TickRejectionReason.TIME_IN_FUTURE,
            TickRejectionReason.ABSURD_PRICE,
            TickRejectionReason.NEGATIVE_SIZE,
            TickRejectionReason.NON_POSITIVE_PRICE,
            TickRejectionReason.UNKNOWN_SOURCE,
        };
        for (int i = 0; i < worse.length; i++) {
            assertRejected(worse[i], T0, reasons[i], "tick of venue");
        }
        assertThat(engine.advance(T0)).isEmpty();
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("100", T0));
    }

    @Test
    @Covers({"PRIC-020", "PRIC-035"})
    void timeAloneMakesAPriceDegradedAndThenStale() {
        engine.apply(index().source("a", 1, 10).source("b", 1, 20).build());
        assertTaken(tick("a", "100", T0), T0);
        assertTaken(tick("b", "102", T0), T0);
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("101", T0));

        assertThat(engine.advance(T0 + 10 * SECOND)).isEmpty();
        assertThat(engine.advance(T0 + 10 * SECOND + 1)).hasSize(1);
        assertThat(stateOf(X_PERP))
                .isEqualTo(new PriceState.Degraded(Price.parse("102"), Price.parse("102"), T0));

        assertThat(engine.advance(T0 + 20 * SECOND)).isEmpty();
        assertThat(engine.advance(T0 + 20 * SECOND + 1)).hasSize(1);
        assertThat(stateOf(X_PERP))
                .isEqualTo(new PriceState.Stale(Price.parse("102"), Price.parse("102"), T0));
        assertThat(engine.advance(T0 + 100 * SECOND)).isEmpty();
    }

    @Test
    @Covers("PRIC-035")
    void advanceReportsNewInstrumentsAndChangesInOrder() {
        assertThat(engine.advance(T0)).isEmpty();
        engine.apply(index(Y_PERP, "b").build());
        engine.apply(index("a").build());
        assertThat(engine.advance(T0))
                .extracting(IndexPrice::instrument)
                .containsExactly(X_PERP, Y_PERP);
        assertThat(engine.advance(T0)).isEmpty();
        assertTaken(tick("b", "7", T0), T0);
        assertThat(engine.advance(T0)).extracting(IndexPrice::instrument).containsExactly(Y_PERP);
        assertTaken(tick("b", "7", T0), T0);
        assertThat(engine.advance(T0 + 1)).isEmpty();
        assertTaken(tick("b", "7", T0 + 1), T0 + 1);
        assertThat(engine.advance(T0 + 1)).hasSize(1);
    }

    @Test
    @Covers("PRIC-034")
    void pricesChangeOnlyWhenTimeIsMovedOn() {
        engine.apply(index("a").build());
        assertThat(engine.advance(T0)).hasSize(1);
        assertTaken(tick("a", "100", T0), T0);
        assertThat(stateOf(X_PERP)).isEqualTo(new PriceState.Missing());
        assertTaken(tick("a", "101", T0 + 1), T0 + 1);
        assertThat(engine.advance(T0 + 1)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(fresh("101", T0 + 1));
    }

    @Test
    @Covers("PRIC-036")
    void timeNeverGoesBack() {
        engine.apply(index("a").build());
        assertTaken(tick("a", "100", T0), T0);
        long later = T0 + 11 * SECOND;
        assertThat(engine.advance(later)).hasSize(1);
        assertThat(stateOf(X_PERP)).isEqualTo(new PriceState.Missing());
        assertThat(engine.advance(T0)).isEmpty();
        assertThat(stateOf(X_PERP)).isEqualTo(new PriceState.Missing());
        assertRejected(tick("a", "100", T0), T0, TickRejectionReason.TIME_TOO_OLD, "limit");
    }

    @Test
    @Covers("PRIC-002")
    void replacedDefinitionKeepsTheTicksOfSourcesThatStay() {
        engine.apply(index("a", "b").minimum(2).build());
        assertTaken(tick("a", "100", T0), T0);
        assertTaken(tick("b", "102", T0), T0);
        assertThat(engine.advance(T0)).hasSize(1);

        engine.apply(index("b", "c").minimum(1).build());
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(stateOf(X_PERP))
                .isEqualTo(new PriceState.Degraded(Price.parse("102"), Price.parse("102"), T0));
        assertRejected(tick("a", "100", T0), T0, TickRejectionReason.UNKNOWN_SOURCE, "'a'");

        engine.apply(index("a", "c").minimum(1).build());
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(stateOf(X_PERP))
                .isEqualTo(new PriceState.Stale(Price.parse("102"), Price.parse("102"), T0));
        assertThat(engine.definitions()).containsExactly(index("a", "c").minimum(1).build());
    }

    @Test
    @Covers("PRIC-002")
    void sourceOfAnotherInstrumentKeepsItsTick() {
        engine.apply(index("a").build());
        assertTaken(tick("a", "100", T0), T0);
        engine.apply(index(Y_PERP, "a").build());
        engine.apply(index("b").build());
        assertThat(engine.advance(T0)).hasSize(2);
        assertThat(stateOf(Y_PERP)).isEqualTo(fresh("100", T0));
        assertThat(engine.price(new InstrumentId("Z-PERP"))).isEmpty();
    }
}
