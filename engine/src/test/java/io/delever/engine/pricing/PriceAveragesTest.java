package io.delever.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.PriceAverages.DepthAverage;
import io.delever.engine.pricing.PriceAverages.DepthLevel;
import io.delever.engine.pricing.PriceAverages.PricePoint;
import io.delever.engine.pricing.PriceAverages.WeightedPrice;
import io.delever.testing.Covers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PriceAveragesTest {
    private static List<Price> prices(String... values) {
        return Stream.of(values).map(Price::parse).toList();
    }

    private static WeightedPrice weighted(String price, long weight, long time, long limit) {
        return new WeightedPrice(Price.parse(price), weight, time, limit);
    }

    private static DepthLevel level(String price, String size) {
        return new DepthLevel(Price.parse(price), Quantity.parse(size));
    }

    @Test
    @Covers("PRIC-040")
    void medianOfOddEvenAndNone() {
        assertThat(PriceAverages.median(prices("110", "99", "100"))).contains(Price.parse("100"));
        assertThat(PriceAverages.median(prices("110", "99", "100", "101")))
                .contains(Price.parse("100.5"));
        assertThat(PriceAverages.median(prices("0.00000001", "0.00000002")))
                .contains(Price.parse("0.00000002"));
        assertThat(PriceAverages.median(prices("0.00000002", "0.00000003")))
                .contains(Price.parse("0.00000002"));
        assertThat(PriceAverages.median(List.of())).isEmpty();
    }

    @Test
    @Covers("PRIC-041")
    void freshMedianLeavesStaleOnesOut() {
        List<WeightedPrice> all =
                List.of(weighted("99", 1, 8, 2), weighted("100", 1, 8, 1), weighted("80", 1, 7, 3));
        assertThat(PriceAverages.freshMedian(all, 10)).contains(Price.parse("89.5"));
        assertThat(PriceAverages.freshMedian(all, 9)).contains(Price.parse("99"));
        assertThat(PriceAverages.freshMedian(all, 11)).isEmpty();
    }

    @Test
    @Covers("PRIC-042")
    void freshWeightedMeanRenormalisesTheWeights() {
        List<WeightedPrice> all = List.of(weighted("100", 2, 8, 2), weighted("80", 3, 7, 3));
        assertThat(PriceAverages.freshWeightedMean(all, 10)).contains(Price.parse("88"));
        assertThat(
                        PriceAverages.freshWeightedMean(
                                List.of(weighted("100", 2, 8, 2), weighted("80", 5, 2, 0)), 10))
                .contains(Price.parse("100"));
        assertThat(PriceAverages.freshWeightedMean(all, 11)).isEmpty();
        assertThat(PriceAverages.freshWeightedMean(List.of(weighted("100", 0, 8, 2)), 10))
                .isEmpty();
        assertThat(
                        PriceAverages.freshWeightedMean(
                                List.of(
                                        weighted("90000000000", Long.MAX_VALUE / 2, 0, 1),
                                        weighted("90000000000", Long.MAX_VALUE / 2, 0, 1)),
                                1))
                .contains(Price.parse("90000000000"));
        assertThatIllegalArgumentException().isThrownBy(() -> weighted("1", -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> weighted("1", 0, 0, -1));
    }

    @Test
    @Covers("PRIC-043")
    void capMovesToTheNearestWithinAndRoundsInward() {
        Rate cap = Rate.parse("0.005");
        Price reference = Price.parse("101");
        assertThat(PriceAverages.clampAround(Price.parse("100"), reference, cap))
                .isEqualTo(Price.parse("100.495"));
        assertThat(PriceAverages.clampAround(Price.parse("101.2"), reference, cap))
                .isEqualTo(Price.parse("101.2"));
        assertThat(PriceAverages.clampAround(Price.parse("120"), reference, cap))
                .isEqualTo(Price.parse("101.505"));
        assertThat(
                        PriceAverages.clampAround(
                                Price.parse("1"), Price.parse("0.00000101"), Rate.parse("0.03")))
                .isEqualTo(Price.parse("0.00000104"));
        assertThat(
                        PriceAverages.clampAround(
                                Price.parse("0.00000001"),
                                Price.parse("0.00000101"),
                                Rate.parse("0.03")))
                .isEqualTo(Price.parse("0.00000098"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.clampAround(reference, reference, Rate.ONE));
    }

    @Test
    @Covers("PRIC-044")
    void depthIsTakenFromTheBestAndTheLastLevelInPart() {
        List<DepthLevel> asks = List.of(level("1", "1"), level("1.1", "3"), level("1.2", "10"));
        assertThat(PriceAverages.depthAverage(asks, Quantity.parse("5")))
                .contains(new DepthAverage(Money.parse("5.5"), Price.parse("1.1")));
        assertThat(PriceAverages.depthAverage(asks, Quantity.parse("14"))).isPresent();
        assertThat(PriceAverages.depthAverage(asks, Quantity.parse("14.00000001"))).isEmpty();
        assertThat(PriceAverages.depthAverage(List.of(), Quantity.parse("1"))).isEmpty();
        List<DepthLevel> bids = List.of(level("1.2", "1"), level("1.1", "1"));
        assertThat(PriceAverages.depthAverage(bids, Quantity.parse("1.5")))
                .contains(new DepthAverage(Money.parse("1.75"), Price.parse("1.16666667")));
    }

    @Test
    @Covers("PRIC-044")
    void malformedBookIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                PriceAverages.depthAverage(
                                        List.of(level("1", "1"), level("3", "1"), level("2", "1")),
                                        Quantity.parse("1")))
                .withMessageContaining("in order of their price");
        assertThatIllegalArgumentException().isThrownBy(() -> level("1", "-1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.depthAverage(List.of(), Quantity.ZERO));
    }

    @Test
    @Covers("PRIC-045")
    void timeWeightedCountsEachPriceUntilTheNext() {
        List<PricePoint> points =
                List.of(
                        new PricePoint(0, Price.parse("11")),
                        new PricePoint(1, Price.parse("9")),
                        new PricePoint(3, Price.parse("10")),
                        new PricePoint(5, Price.parse("12")),
                        new PricePoint(6, Price.parse("11")),
                        new PricePoint(7, Price.parse("8")),
                        new PricePoint(9, Price.parse("14")));
        assertThat(PriceAverages.timeWeighted(points, 10)).isEqualTo(Price.parse("10.2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.timeWeighted(points, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.timeWeighted(points, 8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceAverages.timeWeighted(List.of(), 8));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                PriceAverages.timeWeighted(
                                        List.of(points.get(1), points.get(0), points.get(2)), 8));
    }
}
