package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.MarkDefinition.ContractPrice;
import io.delever.engine.pricing.MarkRule.FundingLeft;
import io.delever.testing.Covers;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkRuleTest {
    private static final MarkDefinition TWO_PERCENT =
            new MarkDefinition(ContractPrice.MID, SECOND, 30, Rate.parse("0.02"), 5 * SECOND);
    private static final FundingLeft HALF = new FundingLeft(10_000_000, 4, 8);

    @ParameterizedTest
    @Covers({"MARK-001", "MARK-004"})
    @CsvSource({
        // basis, contract, mark, banded; the funded index is 100.5
        "0.3, 100.4, 100.4, false",
        "0.7, 100.9, 100.7, false",
        "-1, 101, 100.5, false",
        // Both are far above: the band stands at 102.
        "7, 120, 102, true",
        "-7, 80, 98, true",
        // One alone never decides.
        "7, 80, 100.5, false",
        "-500, 100.4, 100.5, false",
    })
    void theMarkIsTheMedianOfThreeWithinTheBand(
            String basis, String contract, String mark, boolean banded) {
        MarkPrice result =
                MarkRule.of(
                        Price.parse("100"),
                        HALF,
                        Optional.of(FixedPoint.parseE8(basis)),
                        Optional.of(Price.parse(contract)),
                        TWO_PERCENT);
        assertThat(result.funded()).isEqualTo(Price.parse("100.5"));
        assertThat(result.price()).isEqualTo(Price.parse(mark));
        assertThat(result.banded()).isEqualTo(banded);
    }

    @Test
    @Covers("MARK-003")
    void halfABookPullsNothing() {
        Price index = Price.parse("100");
        Optional<Price> contract = Optional.of(Price.parse("101.9"));
        assertThat(MarkRule.of(index, HALF, Optional.empty(), contract, TWO_PERCENT).price())
                .isEqualTo(Price.parse("100.5"));
        assertThat(MarkRule.of(index, HALF, Optional.of(1L), Optional.empty(), TWO_PERCENT).price())
                .isEqualTo(Price.parse("100.5"));
        assertThat(
                        MarkRule.of(
                                        index,
                                        FundingLeft.NONE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        TWO_PERCENT)
                                .price())
                .isEqualTo(index);
    }

    @Test
    @Covers("MARK-006")
    void theShareOfTheRateIsRoundedToPartsPerBillion() {
        // 1 ppb × 1 ÷ 2 is half of a part, and even at 0; 3 × 1 ÷ 2 goes to 2.
        assertThat(funded(1, 1, 2)).isEqualTo(Price.parse("1000"));
        assertThat(funded(3, 1, 2)).isEqualTo(Price.parse("1000.000002"));
        assertThat(funded(-10_000_000, 8, 8)).isEqualTo(Price.parse("990"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FundingLeft(1, 9, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new FundingLeft(1, -1, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> new FundingLeft(1, 0, 0));
    }

    private static Price funded(long ratePpb, long left, long interval) {
        return MarkRule.of(
                        Price.parse("1000"),
                        new FundingLeft(ratePpb, left, interval),
                        Optional.empty(),
                        Optional.empty(),
                        TWO_PERCENT)
                .funded();
    }

    @Test
    @Covers("MARK-005")
    void theMovingAverageFollowsByTwoOfWindowPlusOne() {
        assertThat(MarkRule.movingAverage(100, 160, 3)).isEqualTo(130);
        assertThat(MarkRule.movingAverage(100, 160, 1)).isEqualTo(160);
        assertThat(MarkRule.movingAverage(0, -5, 3)).isEqualTo(-2);
        assertThat(MarkRule.movingAverage(0, 7, 3)).isEqualTo(4);
    }

    @Test
    @Covers("MARK-007")
    void noBookMovesTheMarkOutOfTheBand() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Price index = new Price(1 + random.nextLong(100_000_000_000_000L));
            Rate band = new Rate(1 + random.nextInt(500_000));
            MarkDefinition definition =
                    new MarkDefinition(ContractPrice.MID, SECOND, 30, band, SECOND);
            Price mark =
                    MarkRule.of(
                                    index,
                                    new FundingLeft(
                                            random.nextLong(-500_000_000, 500_000_000), 1, 2),
                                    Optional.of(
                                            random.nextLong(-1_000_000_000, 1_000_000_000_000L)),
                                    Optional.of(new Price(1 + random.nextLong(1_000_000_000_000L))),
                                    definition)
                            .price();
            long distance = Math.abs(mark.e8() - index.e8());
            boolean within =
                    FixedPoint.compareProducts(distance, FixedPoint.ONE_PPM, band.ppm(), index.e8())
                            <= 0;
            assertThat(within).as("seed %d: index %s, mark %s", seed, index, mark).isTrue();
        }
    }

    @Test
    @Covers("MARK-002")
    void aCrossedBookIsRefused() {
        Price one = Price.parse("1");
        OwnBook flat = book("1", "1");
        assertThat(flat.mid()).isEqualTo(one);
        assertThat(book("1", "1.00000001").mid()).isEqualTo(one);
        assertThat(flat.isFresh(12, 5)).isTrue();
        assertThat(flat.isFresh(13, 5)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> book("1.00000001", "1"));
    }

    private static OwnBook book(String bid, String ask) {
        return new OwnBook(
                Price.parse(bid),
                Price.parse(ask),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                7);
    }

    @Test
    @Covers({"MARK-008", "FNDG-005"})
    void limitsOutOfTheirRangeAreRefused() {
        refused("sample_nanos", () -> mark(999_999, 30, 1, 1));
        refused("sample_nanos", () -> mark(3_601 * SECOND, 30, 1, 1));
        refused("window_samples", () -> mark(SECOND, 0, 1, 1));
        refused("window_samples", () -> mark(SECOND, 3_601, 1, 1));
        refused("band_ppm", () -> mark(SECOND, 1, 0, 1));
        refused("band_ppm", () -> mark(SECOND, 1, 500_001, 1));
        refused("book_staleness_nanos", () -> mark(SECOND, 1, 1, 0));
        refused("interval_nanos", () -> new FundingDefinition(SECOND, SECOND, 0, 0, 1));
        refused("interval_nanos", () -> new FundingDefinition(86_401 * SECOND, SECOND, 0, 0, 1));
        refused("funding_sample_nanos", () -> new FundingDefinition(60 * SECOND, 1, 0, 0, 1));
        refused(
                "funding_sample_nanos",
                () -> new FundingDefinition(60 * SECOND, 61 * SECOND, 0, 0, 1));
        refused(
                "interest_ppb",
                () -> new FundingDefinition(60 * SECOND, SECOND, 1_000_000_001, 0, 1));
        refused("clamp_ppb", () -> new FundingDefinition(60 * SECOND, SECOND, 0, -1, 1));
        refused("cap_ppb", () -> new FundingDefinition(60 * SECOND, SECOND, 0, 0, 0));
        refused("cap_ppb", () -> new FundingDefinition(60 * SECOND, SECOND, 0, 0, 500_000_001));
    }

    private static MarkDefinition mark(long sample, int window, long bandPpm, long staleness) {
        return new MarkDefinition(ContractPrice.MID, sample, window, new Rate(bandPpm), staleness);
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutOfRangeException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
