package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.LIMITS;
import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static io.delever.engine.pricing.PricingFixture.index;
import static io.delever.engine.pricing.PricingFixture.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.MarkDefinition.ContractPrice;
import io.delever.testing.Covers;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PriceGuardTest {
    private static final BreakerDefinition TEN_PERCENT =
            new BreakerDefinition(60 * SECOND, Rate.parse("0.1"), 5 * SECOND);

    private final PriceEngine engine = new PriceEngine(LIMITS);

    @BeforeEach
    void listed() {
        engine.apply(index("a", "b", "c").build());
        assertThat(engine.advance(T0)).hasSize(1);
    }

    private IndexPrice all(long second, String price) {
        return each(second, price, price, price);
    }

    private IndexPrice each(long second, String a, String b, String c) {
        long now = T0 + second * SECOND;
        String[] venues = {"a", "b", "c"};
        String[] prices = {a, b, c};
        for (int i = 0; i < venues.length; i++) {
            assertThat(engine.onTick(PricingFixture.tick(venues[i], prices[i], now), now))
                    .isInstanceOf(TickOutcome.Accepted.class);
        }
        assertThat(engine.advance(now)).hasSizeLessThanOrEqualTo(1);
        return engine.price(X_PERP).orElseThrow();
    }

    @Test
    @Covers("GARD-010")
    void aPriceThatMovesTooFarCoolsDown() {
        engine.apply(X_PERP, TEN_PERCENT);
        assertThat(all(0, "100").hold()).isEmpty();
        assertThat(all(1, "90").hold()).isEmpty();
        IndexPrice held = all(2, "89.99");
        assertThat(held.hold()).contains(Hold.VOLATILE);
        assertThat(held.state())
                .isEqualTo(new PriceState.Stale(Price.parse("90"), Price.parse("90"), T0 + SECOND));
        assertThat(engine.drainAlarms())
                .containsExactly(
                        new PriceAlarm.TooVolatile(
                                X_PERP,
                                T0 + 2 * SECOND,
                                Price.parse("100"),
                                Price.parse("89.99"),
                                T0 + 7 * SECOND));
        assertThat(all(6, "80").hold()).contains(Hold.VOLATILE);
        // By time alone.
        assertThat(engine.advance(T0 + 7 * SECOND - 1)).isEmpty();
        assertThat(engine.advance(T0 + 7 * SECOND)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().state().usableIndex())
                .contains(Price.parse("80"));
        assertThat(engine.drainAlarms()).isEmpty();
    }

    @Test
    @Covers("GARD-011")
    void theWindowForgetsAndStartsAnewAfterAHold() {
        engine.apply(X_PERP, TEN_PERCENT);
        assertThat(all(0, "100").hold()).isEmpty();
        assertThat(all(59, "99").hold()).isEmpty();
        // 100 is still in the window of 60 steps at the 59th second, and not any more at the 60th.
        assertThat(all(60, "89.2").hold()).isEmpty();
        assertThat(all(61, "109").hold()).contains(Hold.VOLATILE);
        assertThat(all(66, "120").hold()).isEmpty();
        assertThat(all(67, "131").hold()).isEmpty();
        assertThat(all(68, "132.01").hold()).contains(Hold.VOLATILE);
    }

    @Test
    @Covers("GARD-012")
    void anOperatorHaltsAndResumes() {
        assertThat(all(0, "100").state()).isInstanceOf(PriceState.Fresh.class);
        assertThat(engine.halt(X_PERP)).isTrue();
        assertThat(engine.halt(X_PERP)).isFalse();
        IndexPrice halted = all(1, "101");
        assertThat(halted.hold()).contains(Hold.HALTED);
        assertThat(halted.state())
                .isEqualTo(new PriceState.Stale(Price.parse("100"), Price.parse("100"), T0));
        assertThat(halted.sourcesUsed()).isEqualTo(3);
        assertThat(engine.resume(X_PERP)).isTrue();
        assertThat(engine.resume(X_PERP)).isFalse();
        assertThat(engine.advance(T0 + SECOND)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().state().usableIndex())
                .contains(Price.parse("101"));
        InstrumentId other = new InstrumentId("OTHER");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.halt(other));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.resume(other));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.apply(other, TEN_PERCENT));
    }

    @Test
    @Covers("GARD-012")
    void aHaltStopsTheBreakerAndKeepsAnUnpricedInstrumentMissing() {
        engine.apply(X_PERP, TEN_PERCENT);
        assertThat(engine.halt(X_PERP)).isTrue();
        assertThat(engine.advance(T0)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().state())
                .isInstanceOf(PriceState.Missing.class);
        assertThat(all(0, "100").hold()).contains(Hold.HALTED);
        assertThat(all(1, "150").hold()).contains(Hold.HALTED);
        assertThat(engine.resume(X_PERP)).isTrue();
        assertThat(all(2, "150").hold()).isEmpty();
        assertThat(engine.drainAlarms()).isEmpty();
    }

    @Test
    @Covers("GARD-020")
    void aSourceThatLeavesTheOthersIsNamedOnceWithItsEvidence() {
        assertThat(each(0, "100", "100.2", "100").exclusions()).isEmpty();
        assertThat(each(1, "100", "100.2", "50").exclusions()).hasSize(1);
        assertThat(each(2, "100", "100.2", "51").exclusions()).hasSize(1);
        assertThat(engine.drainAlarms())
                .containsExactly(
                        new PriceAlarm.SourceAway(
                                X_PERP,
                                T0 + SECOND,
                                source("c"),
                                ExclusionReason.OUTLIER,
                                Price.parse("50"),
                                Optional.of(Price.parse("100.1"))));
        assertThat(each(3, "100", "100.2", "100").exclusions()).isEmpty();
        assertThat(each(4, "100", "100.2", "150").exclusions()).hasSize(1);
        assertThat(engine.drainAlarms()).hasSize(1);
        // Who falls silent is no alarm of this kind.
        assertThat(engine.advance(T0 + 60 * SECOND)).hasSize(1);
        assertThat(engine.drainAlarms()).isEmpty();
    }

    @Test
    @Covers("GARD-020")
    void aMarkThatComesToItsBandIsNamedOnce() {
        engine.apply(
                new PerpetualDefinition(
                        X_PERP,
                        new MarkDefinition(
                                ContractPrice.MID, SECOND, 1, Rate.parse("0.02"), 10 * SECOND),
                        Optional.empty()));
        Price far = Price.parse("110");
        for (int second = 0; second < 3; second++) {
            long now = T0 + second * SECOND;
            OwnBook book =
                    new OwnBook(
                            far, far, Optional.empty(), Optional.empty(), Optional.empty(), now);
            assertThat(engine.onBook(X_PERP, book, now)).isTrue();
            assertThat(all(second, "100").state().usableMark()).contains(Price.parse("102"));
        }
        assertThat(engine.drainAlarms())
                .containsExactly(
                        new PriceAlarm.MarkAtBand(
                                X_PERP, T0, Price.parse("100"), Price.parse("102")));
    }

    @Test
    @Covers("GARD-021")
    void alarmsThatNobodyReadsAreBounded() {
        for (int i = 0; i < PriceGuard.MAXIMUM_ALARMS + 10; i++) {
            assertThat(each(2L * i, "100", "100", "100").exclusions()).isEmpty();
            assertThat(each(2L * i + 1, "100", "100", "50").exclusions()).hasSize(1);
        }
        assertThat(engine.drainAlarms())
                .hasSize(PriceGuard.MAXIMUM_ALARMS)
                .extracting(PriceAlarm::timeNanos)
                .startsWith(T0 + 21 * SECOND);
    }

    @Test
    @Covers("GARD-013")
    void limitsOutOfTheirRangeAreRefused() {
        Rate tenth = Rate.parse("0.1");
        refused("breaker_window_nanos", () -> new BreakerDefinition(SECOND - 1, tenth, SECOND));
        refused("breaker_window_nanos", () -> new BreakerDefinition(3_601 * SECOND, tenth, SECOND));
        refused("breaker_move_ppm", () -> new BreakerDefinition(SECOND, Rate.ZERO, SECOND));
        refused(
                "breaker_move_ppm",
                () -> new BreakerDefinition(SECOND, Rate.parse("1.000001"), SECOND));
        refused("cool_down_nanos", () -> new BreakerDefinition(SECOND, tenth, 999_999));
        refused("cool_down_nanos", () -> new BreakerDefinition(SECOND, tenth, 601 * SECOND));
        refused("minimum_venues", () -> new CollateralRule(1, tenth));
        refused("minimum_venues", () -> new CollateralRule(65, tenth));
        refused("collateral_limit_ppm", () -> new CollateralRule(2, Rate.ZERO));
        refused("collateral_limit_ppm", () -> new CollateralRule(2, Rate.parse("0.500001")));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutOfRangeException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
