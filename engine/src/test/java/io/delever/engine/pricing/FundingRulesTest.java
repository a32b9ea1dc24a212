package io.delever.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Price;
import io.delever.engine.money.Ratio;
import io.delever.engine.pricing.FundingRules.Bounds;
import io.delever.engine.pricing.PriceAverages.Gap;
import io.delever.engine.pricing.PriceAverages.PricePoint;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FundingRulesTest {
    @Test
    @Covers("PRIC-060")
    void aRateIsTheScaledBasisWithinItsBounds() {
        assertThat(FundingRules.rate(n("99"), n("100"), n("2.5"), Bounds.NONE))
                .isEqualTo(n("-0.025"));
        Bounds bounds = new Bounds(Optional.of(n("-0.015")), Optional.of(n("0.005")));
        assertThat(FundingRules.rate(n("101"), n("100"), n("1"), bounds)).isEqualTo(n("0.005"));
        assertThat(FundingRules.rate(n("98"), n("100"), n("1"), bounds)).isEqualTo(n("-0.015"));
        assertThat(FundingRules.rate(n("100.5"), n("100"), n("1"), bounds)).isEqualTo(n("0.005"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bounds(Optional.of(n("1")), Optional.of(n("0"))))
                .withMessageContaining("1 is above 0");
    }

    @Test
    @Covers("PRIC-061")
    void aPremiumStandsWhereABookIsWhollyOnOneSideOfTheIndex() {
        assertThat(FundingRules.premium(some("10100"), some("10110"), n("10000")))
                .isEqualTo(n("0.01"));
        assertThat(FundingRules.premium(some("9890"), some("9900"), n("10000")))
                .isEqualTo(n("-0.01"));
        assertThat(FundingRules.premium(some("9990"), some("10010"), n("10000")))
                .isEqualTo(Ratio.ZERO);
        assertThat(FundingRules.premium(Optional.empty(), some("9900"), n("10000")))
                .isEqualTo(n("-0.01"));
        assertThat(FundingRules.premium(Optional.empty(), Optional.empty(), n("10000")))
                .isEqualTo(Ratio.ZERO);
    }

    @Test
    @Covers("PRIC-062")
    void theInterestTermPullsTheRateTowardsInterestByAtMostItsClamp() {
        assertThat(FundingRules.interestTerm(n("0.01"), n("0.0001"), n("0.0005")))
                .isEqualTo(n("-0.0005"));
        assertThat(rateOf("0.01", Bounds.NONE)).isEqualTo(n("0.0095"));
        assertThat(rateOf("0.0003", Bounds.NONE)).isEqualTo(n("0.0001"));
        assertThat(rateOf("-0.0004", Bounds.NONE)).isEqualTo(n("0.0001"));
        assertThat(rateOf("-0.01", Bounds.NONE)).isEqualTo(n("-0.0095"));
        assertThat(rateOf("0.9", Bounds.symmetric(n("0.04")))).isEqualTo(n("0.04"));
    }

    @Test
    @Covers("PRIC-063")
    void theGreatestRateIsAMultipleOfTheRoomBetweenTheMargins() {
        assertThat(FundingRules.greatestRate(n("6"), n("0.2"), n("0.18"))).isEqualTo(n("0.12"));
        assertThat(FundingRules.greatestRate(n("6"), n("0.1"), n("0.18"))).isEqualTo(Ratio.ZERO);
    }

    @Test
    @Covers("PRIC-064")
    void theIndexMovesInProportionToTimeAndPrice() {
        assertThat(FundingRules.indexDelta(n("0.001"), n("50000"), 3_600, 28_800))
                .isEqualTo(n("6.25"));
        assertThat(FundingRules.indexDelta(n("-0.001"), n("50000"), 0, 28_800))
                .isEqualTo(Ratio.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FundingRules.indexDelta(n("1"), n("1"), 1, 0))
                .withMessageContaining("interval 0");
    }

    @Test
    @Covers("PRIC-065")
    void longsPayAndShortsReceiveTheSameWhileTheIndexRises() {
        SplittableRandom random = new SplittableRandom(31);
        for (int i = 0; i < 1_000; i++) {
            Ratio now = Ratio.of(random.nextLong(-1_000, 1_000), 7);
            Ratio before = Ratio.of(random.nextLong(-1_000, 1_000), 3);
            Ratio size = Ratio.of(random.nextLong(1, 1_000_000), 11);
            Ratio received = FundingRules.settlement(now, before, size);
            Ratio other = FundingRules.settlement(now, before, size.negate());
            assertThat(received.plus(other)).isEqualTo(Ratio.ZERO);
            assertThat(received.signum()).isEqualTo(before.compareTo(now));
        }
        assertThat(FundingRules.settlement(n("100"), n("-100"), n("3"))).isEqualTo(n("-600"));
        assertThat(FundingRules.cash(n("-4"), n("1.5"), n("0.01"))).isEqualTo(n("0.06"));
    }

    @Test
    @Covers("PRIC-066")
    void aPaymentIsTheBasisWithItsClampedInterest() {
        assertThat(FundingRules.payment(n("1590"), n("1600"), n("0.0001"), Bounds.NONE))
                .isEqualTo(n("0.16"));
        Bounds clamps = Bounds.symmetric(n("0.05"));
        assertThat(FundingRules.payment(n("1700"), n("1600"), Ratio.ZERO, clamps))
                .isEqualTo(n("20"));
        assertThat(FundingRules.payment(n("1500"), n("1600"), Ratio.ZERO, clamps))
                .isEqualTo(n("-20"));
        assertThat(FundingRules.withoutAuction(n("-20"), 10, 2)).isEqualTo(n("-16"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FundingRules.withoutAuction(n("1"), 10, 11))
                .withMessageContaining("auction 11");
    }

    @Test
    @Covers("PRIC-067")
    void onlyThePayingSideIsMargined() {
        assertThat(FundingRules.margin(n("0.5"), n("20"), n("2"))).isEqualTo(n("20"));
        assertThat(FundingRules.margin(n("0.5"), n("20"), n("-2"))).isEqualTo(Ratio.ZERO);
        assertThat(FundingRules.margin(n("0.5"), n("-20"), n("-2"))).isEqualTo(n("20"));
    }

    @Test
    @Covers("PRIC-055")
    void aGapCountsForNothingWhateverThePricesInIt() {
        List<PricePoint> points =
                List.of(point(0, "10"), point(4, "1000"), point(5, "20"), point(10, "9999"));
        assertThat(PriceAverages.timeWeightedOutside(points, 10, List.of(new Gap(3, 6))))
                .isEqualTo(Price.parse("15.71428571"));
        assertThat(PriceAverages.timeWeightedOutside(points, 10, List.of()))
                .isEqualTo(PriceAverages.timeWeighted(points, 10));
        assertThat(
                        PriceAverages.timeWeightedOutside(
                                points, 10, List.of(new Gap(1, 4), new Gap(4, 9))))
                .isEqualTo(Price.parse("15"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                PriceAverages.timeWeightedOutside(
                                        points, 10, List.of(new Gap(0, 10))))
                .withMessageContaining("outside the gaps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.timeWeightedOutside(points, 9, List.of()))
                .withMessageContaining("in order of time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gap(2, 1))
                .withMessageContaining("end 1 before start 2");
    }

    private static Ratio rateOf(String premium, Bounds cap) {
        return FundingRules.rateOfPremium(n(premium), n("0.0001"), n("0.0005"), cap);
    }

    private static PricePoint point(long time, String price) {
        return new PricePoint(time, Price.parse(price));
    }

    private static Optional<Ratio> some(String decimal) {
        return Optional.of(n(decimal));
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
