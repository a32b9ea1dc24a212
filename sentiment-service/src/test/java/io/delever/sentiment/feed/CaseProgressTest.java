package io.delever.sentiment.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;

class CaseProgressTest {
    private static final long ONE = 100_000_000L;

    @Test
    @Covers("SSVC-004")
    void whatWasClosedCountsOnceBySide() {
        CaseProgress progress = new CaseProgress(10);
        Case first = seen("a", 1000, step(1, -2, StepKind.STEP_KIND_ORDER, 2));
        assertThat(progress.hasNews(first)).isTrue();
        assertThat(progress.count(first))
                .containsExactly(
                        new PositionClosedByForce(
                                new InstrumentId("BTC-PERP"), true, Money.parse("1000"), 77));
        assertThat(progress.hasNews(first)).isFalse();
        assertThat(progress.count(first)).isEmpty();

        Case second =
                seen(
                        "a",
                        2500,
                        step(1, -3, StepKind.STEP_KIND_ORDER, 3),
                        step(2, 2, StepKind.STEP_KIND_ADL, 2));
        assertThat(progress.hasNews(second)).isTrue();
        assertThat(progress.count(second))
                .containsExactly(
                        new PositionClosedByForce(
                                new InstrumentId("BTC-PERP"), true, Money.parse("500"), 77),
                        new PositionClosedByForce(
                                new InstrumentId("BTC-PERP"), false, Money.parse("1000"), 77));
    }

    @Test
    @Covers("SSVC-004")
    void theCaseSeenLongestAgoIsForgotten() {
        CaseProgress progress = new CaseProgress(2);
        for (String id : new String[] {"a", "b", "c"}) {
            assertThat(progress.count(seen(id, 500, step(1, -1, StepKind.STEP_KIND_ORDER, 1))))
                    .hasSize(1);
        }
        assertThat(progress.hasNews(seen("c", 500))).isFalse();
        assertThat(progress.hasNews(seen("a", 500))).isTrue();
    }

    private static Case seen(String id, long closed, CaseStep... steps) {
        Case.Builder builder =
                Case.newBuilder()
                        .setCaseId(id)
                        .setUpdatedAtNanos(77)
                        .setClosedNotionalE8(closed * ONE);
        for (CaseStep step : steps) {
            builder.addSteps(step);
        }
        return builder.build();
    }

    private static CaseStep step(int number, long size, StepKind kind, int fills) {
        CaseStep.Builder builder =
                CaseStep.newBuilder()
                        .setNumber(number)
                        .setKind(kind)
                        .setInstrumentId("BTC-PERP")
                        .setSizeE8(size * ONE);
        for (int i = 0; i < fills; i++) {
            builder.addFills(
                    CaseFill.newBuilder()
                            .setFillId(number + "-" + i)
                            .setSizeE8(Long.signum(size) * ONE)
                            .setPriceE8(500 * ONE)
                            .setBooked(true));
        }
        // Not booked yet: it may be refused.
        builder.addFills(CaseFill.newBuilder().setSizeE8(9 * ONE).setPriceE8(500 * ONE));
        return builder.build();
    }
}
