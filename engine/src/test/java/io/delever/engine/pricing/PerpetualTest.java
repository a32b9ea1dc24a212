package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.LIMITS;
import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static io.delever.engine.pricing.PricingFixture.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.MarkDefinition.ContractPrice;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One perpetual with index 100, second by second from the beginning of a minute. */
class PerpetualTest {
    private static final long MINUTE = 60 * SECOND;

    /** The beginning of a minute. */
    private static final long START = 1_760_000_040L * SECOND;

    private static final MarkDefinition MARK =
            new MarkDefinition(ContractPrice.MID, SECOND, 3, Rate.parse("0.05"), 2 * SECOND);

    /** Interest 0.01 %, clamp 0.05 %, cap 1 %, a sample each second. */
    private static final FundingDefinition FUNDING =
            new FundingDefinition(MINUTE, SECOND, 100_000, 500_000, 10_000_000);

    private final PriceEngine engine = perpetual(Optional.of(FUNDING));

    private static PriceEngine perpetual(Optional<FundingDefinition> funding) {
        PriceEngine engine = new PriceEngine(LIMITS);
        engine.apply(index("a").build());
        assertThat(engine.advance(START)).hasSize(1);
        engine.apply(new PerpetualDefinition(X_PERP, MARK, funding));
        return engine;
    }

    private void second(int second, String bid, String ask) {
        long now = START + second * SECOND;
        assertThat(engine.onTick(PricingFixture.tick("a", "100", now), now))
                .isInstanceOf(TickOutcome.Accepted.class);
        assertThat(engine.onBook(X_PERP, book(bid, ask, now), now)).isTrue();
        assertThat(engine.advance(now)).hasSizeLessThanOrEqualTo(1);
    }

    private static OwnBook book(String bid, String ask, long time) {
        Price b = Price.parse(bid);
        Price a = Price.parse(ask);
        return new OwnBook(b, a, Optional.empty(), Optional.of(b), Optional.of(a), time);
    }

    private Price mark() {
        return engine.price(X_PERP).orElseThrow().state().usableMark().orElseThrow();
    }

    @Test
    @Covers({"MARK-001", "MARK-005"})
    void theMarkFollowsTheAverageBasis() {
        second(0, "100.9", "101.1");
        // The first sample is the average: 101, 101 and the index 100.
        assertThat(mark()).isEqualTo(Price.parse("101"));
        second(1, "102.9", "103.1");
        // Average 1 + (3 − 1) × 2 ÷ 4 = 2: between the index 100 and the mid 103.
        assertThat(mark()).isEqualTo(Price.parse("102"));
        MarkPrice made = engine.mark(X_PERP).orElseThrow();
        assertThat(made.funded()).isEqualTo(Price.parse("100"));
        assertThat(made.contract()).contains(Price.parse("103"));
        // A second book in the same second is no second sample.
        assertThat(engine.onBook(X_PERP, book("109.9", "110.1", START + SECOND), START + SECOND))
                .isTrue();
        assertThat(engine.advance(START + SECOND)).isEmpty();
        assertThat(mark()).isEqualTo(Price.parse("102"));
    }

    @Test
    @Covers({"MARK-002", "MARK-003"})
    void withoutAFreshBookTheMarkIsTheIndex() {
        second(0, "100.9", "101.1");
        assertThat(engine.advance(START + 2 * SECOND)).isEmpty();
        // By time alone.
        List<IndexPrice> changed = engine.advance(START + 2 * SECOND + 1);
        assertThat(changed).hasSize(1);
        assertThat(mark()).isEqualTo(Price.parse("100"));
        long now = START + 3 * SECOND;
        assertThat(engine.onBook(X_PERP, book("1", "2", START - 1), now)).isFalse();
        assertThat(engine.onBook(X_PERP, book("1", "2", now + SECOND + 1), now)).isFalse();
        assertThat(engine.onBook(new InstrumentId("OTHER"), book("1", "2", now), now)).isFalse();
    }

    @Test
    @Covers("MARK-005")
    void aBasisThatWasNotSampledForAWindowStartsAnew() {
        second(0, "100.9", "101.1");
        second(4, "102.9", "103.1");
        assertThat(mark()).isEqualTo(Price.parse("103"));
    }

    @Test
    @Covers("MARK-007")
    void withoutAnIndexThereIsNoMark() {
        second(0, "100.9", "101.1");
        long later = START + 11 * SECOND;
        assertThat(engine.onBook(X_PERP, book("100.9", "101.1", later), later)).isTrue();
        assertThat(engine.advance(later)).hasSize(1);
        PriceState state = engine.price(X_PERP).orElseThrow().state();
        assertThat(state).isInstanceOf(PriceState.Stale.class);
        assertThat(state.usableMark()).isEmpty();
    }

    @Test
    @Covers("MARK-008")
    void onlyAListedInstrumentIsAPerpetual() {
        assertThat(engine.perpetualDefinition(X_PERP))
                .contains(new PerpetualDefinition(X_PERP, MARK, Optional.of(FUNDING)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                engine.apply(
                                        new PerpetualDefinition(
                                                new InstrumentId("OTHER"),
                                                MARK,
                                                Optional.empty())));
        second(0, "100.9", "101.1");
        engine.apply(new PerpetualDefinition(X_PERP, MARK, Optional.empty()));
        assertThat(engine.advance(START + SECOND)).hasSize(1);
        assertThat(mark()).isEqualTo(Price.parse("100"));
        assertThat(engine.funding(X_PERP)).isEmpty();
    }

    @Test
    @Covers({"FNDG-001", "FNDG-002", "FNDG-003", "FNDG-004"})
    void aRateIsDueOnceForEachInterval() {
        for (int second = 1; second < 60; second++) {
            // Premium 0.4 % in the first half, 0.2 % in the second one.
            second(second, second <= 30 ? "100.4" : "100.2", "100.5");
            if (second == 30) {
                assertThat(engine.funding(X_PERP))
                        .contains(new FundingView(0, 3_500_000, 4_000_000, START + MINUTE));
            }
        }
        assertThat(engine.drainFunding()).isEmpty();
        // 30 samples of 0.4 % and 29 of 0.2 %, less the clamped interest term of 0.05 %.
        long average = 3_016_949;
        assertThat(engine.funding(X_PERP).orElseThrow().predictedRatePpb())
                .isEqualTo(average - 500_000);
        second(60, "100.2", "100.4");
        List<FundingSettled> due = engine.drainFunding();
        assertThat(due)
                .containsExactly(
                        new FundingSettled(
                                X_PERP,
                                START + MINUTE,
                                average - 500_000,
                                average,
                                59,
                                due.getFirst().mark()));
        assertThat(engine.funding(X_PERP).orElseThrow().lastRatePpb()).isEqualTo(average - 500_000);
        assertThat(engine.funding(X_PERP).orElseThrow().nextPaymentNanos())
                .isEqualTo(START + 2 * MINUTE);
        second(61, "100.2", "100.4");
        assertThat(engine.drainFunding()).isEmpty();
        // 59 of 60 seconds are left: 2,516,949 ppb × 59 ÷ 60 is 2,475,000 ppb, rounded.
        assertThat(engine.mark(X_PERP).orElseThrow().funded()).isEqualTo(Price.parse("100.2475"));
    }

    @Test
    @Covers("FNDG-002")
    void anIntervalThatWasHardlySeenPaysNothing() {
        for (int second = 1; second <= 29; second++) {
            second(second, "100.4", "100.5");
        }
        second(60, "100.4", "100.5");
        FundingSettled due = engine.drainFunding().getFirst();
        assertThat(due.samples()).isEqualTo(29);
        assertThat(due.premiumPpb()).isEqualTo(4_000_000);
        assertThat(due.ratePpb()).isZero();
    }

    @Test
    @Covers("FNDG-002")
    void theRateStopsAtItsCap() {
        for (int second = 1; second <= 59; second++) {
            second(second, "104", "105");
        }
        second(60, "104", "105");
        FundingSettled due = engine.drainFunding().getFirst();
        assertThat(due.premiumPpb()).isEqualTo(40_000_000);
        assertThat(due.ratePpb()).isEqualTo(10_000_000);
    }

    @Test
    @Covers("FNDG-004")
    void anIntervalWithoutAUsableMarkIsPaidAtTheNextOne() {
        for (int second = 1; second <= 45; second++) {
            second(second, "100.4", "100.5");
        }
        // The index is gone over the end of two intervals.
        assertThat(engine.advance(START + MINUTE + SECOND)).hasSize(1);
        assertThat(engine.drainFunding()).isEmpty();
        second(190, "100.4", "100.5");
        List<FundingSettled> due = engine.drainFunding();
        assertThat(due).hasSize(1);
        assertThat(due.getFirst().intervalEndNanos()).isEqualTo(START + MINUTE);
        assertThat(due.getFirst().samples()).isEqualTo(45);
        assertThat(engine.funding(X_PERP).orElseThrow().nextPaymentNanos())
                .isEqualTo(START + 4 * MINUTE);
    }

    @Test
    @Covers("FNDG-001")
    void aPremiumBeyondOneCountsAsOne() {
        second(1, "500", "501");
        assertThat(engine.funding(X_PERP).orElseThrow().premiumPpb()).isEqualTo(1_000_000_000);
    }
}
