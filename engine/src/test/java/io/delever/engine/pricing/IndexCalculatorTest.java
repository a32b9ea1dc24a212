package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static io.delever.engine.pricing.PricingFixture.index;
import static io.delever.engine.pricing.PricingFixture.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexCalculatorTest {
    private static final PriceState MISSING = new PriceState.Missing();
    private static final PriceState LAST =
            new PriceState.Fresh(Price.parse("99"), Price.parse("99"), T0 - 60 * SECOND);

    /** Each price is "price" or "price@age in seconds", or "-" for never seen. */
    private static IndexPrice price(
            PricingFixture.Definition definition, PriceState previous, String prices) {
        List<Optional<Observation>> newest = new ArrayList<>();
        for (String each : prices.split(" ", -1)) {
            if (each.equals("-")) {
                newest.add(Optional.empty());
                continue;
            }
            String[] parts = each.split("@", -1);
            long age = parts.length == 1 ? 0 : Long.parseLong(parts[1]);
            newest.add(Optional.of(new Observation(Price.parse(parts[0]), T0 - age * SECOND)));
        }
        return IndexCalculator.calculate(definition.build(), newest, previous, T0);
    }

    private static PricingFixture.Definition weighted(String weights) {
        PricingFixture.Definition definition = index();
        int venue = 0;
        for (String weight : weights.split(" ", -1)) {
            definition.source("v" + venue, Long.parseLong(weight), 10);
            venue++;
        }
        return definition;
    }

    @ParameterizedTest
    @CsvSource({
        // one source, two equal ones, an odd and an even number
        "1, 100, 100",
        "1 1, 100 102, 101",
        "1 1 1, 101 100 102, 101",
        "1 1 1 1, 103 100 101 102, 101.5",
        // the heavier one decides; exactly half means the mean with the next price
        "1 3, 100 102, 102",
        "3 1, 100 102, 100",
        "1 2 1, 100 101 102, 101",
        "2 1 1, 100 101 102, 100.5",
        "1 1 2, 100 101 102, 101.5",
        "1 1 2, 102 101 100, 100.5",
        // equal prices are one step of the weight
        "1 1 1 1, 100 100 102 102, 101",
        "1 1 1, 100 102 102, 102",
        // rounded half-even to 0.01: once, from the exact mean
        "1 1, 100.00 100.01, 100",
        "1 1, 100.01 100.02, 100.02",
        "1 1, 100.005 100.005, 100",
        "1 1, 100.015 100.015, 100.02",
        "1 1, 100.00500001 100.005, 100.01",
    })
    @Covers({"PRIC-023", "PRIC-024", "PRIC-025"})
    void indexIsTheWeightedMedian(String weights, String prices, String expected) {
        IndexPrice result = price(weighted(weights), MISSING, prices);
        assertThat(result.state())
                .isEqualTo(new PriceState.Fresh(Price.parse(expected), Price.parse(expected), T0));
    }

    @Test
    @Covers("PRIC-025")
    void meanIsNotRoundedTwice() {
        // The mean 0.000000015 would go to 0.00000002 and then up to one tick of 0.00000003;
        // half a tick, rounded once, is even at 0: no price.
        IndexPrice result =
                price(
                        weighted("1 1").tickSize("0.00000003").outlierLimit("0.5"),
                        MISSING,
                        "0.00000001 0.00000002");
        assertThat(result.state()).isEqualTo(MISSING);
    }

    @Test
    @Covers("PRIC-030")
    void indexThatRoundsToZeroIsNoPrice() {
        PricingFixture.Definition coarse = index("a").tickSize("1");
        assertThat(price(coarse, MISSING, "0.5").state()).isEqualTo(MISSING);
        assertThat(price(coarse, LAST, "0.5").state()).isInstanceOf(PriceState.Stale.class);
        assertThat(price(coarse, MISSING, "0.50000001").state())
                .isEqualTo(new PriceState.Fresh(Price.parse("1"), Price.parse("1"), T0));
    }

    @ParameterizedTest
    @CsvSource({
        // anchor 100, limit 5 %: at the limit in, one unit beyond out
        "100 100 105, 3",
        "100 100 105.00000001, 2",
        "100 100 95, 3",
        "100 100 94.99999999, 2",
        // an even number: anchor 101 is the mean of the middle two, limits 95.95 and 106.05
        "100 102 95.95 106.05, 4",
        "100 102 95.94 106.06, 2",
        // two far apart are both outliers of their mean
        "100 112, 0",
        // a stale price does not move the anchor
        "100 100 160@11 104, 3",
    })
    @Covers({"PRIC-021", "PRIC-022"})
    void outliersAreMeasuredFromTheMedianOfTheFresh(String prices, int used) {
        PricingFixture.Definition definition =
                prices.split(" ", -1).length == 2
                        ? index("a", "b")
                        : prices.split(" ", -1).length == 3
                                ? index("a", "b", "c")
                                : index("a", "b", "c", "d");
        assertThat(price(definition, MISSING, prices).sourcesUsed()).isEqualTo(used);
    }

    @Test
    @Covers("PRIC-020")
    void freshUpToTheLimitAndNotBeyond() {
        PricingFixture.Definition definition = index("a");
        List<Optional<Observation>> seen =
                List.of(Optional.of(new Observation(Price.parse("100"), T0)));
        assertThat(
                        IndexCalculator.calculate(
                                        definition.build(), seen, MISSING, T0 + 10 * SECOND)
                                .state())
                .isInstanceOf(PriceState.Fresh.class);
        assertThat(
                        IndexCalculator.calculate(
                                        definition.build(), seen, LAST, T0 + 10 * SECOND + 1)
                                .state())
                .isInstanceOf(PriceState.Stale.class);
    }

    @Test
    @Covers({"PRIC-027", "PRIC-031"})
    void degradedNamesWhoIsOutAndWhy() {
        IndexPrice result =
                price(
                        index("a", "b", "c", "d", "e").minimum(2),
                        MISSING,
                        "100@3 - 101@5 150 99@11");
        assertThat(result.state())
                .isEqualTo(
                        new PriceState.Degraded(
                                Price.parse("100.5"), Price.parse("100.5"), T0 - 3 * SECOND));
        assertThat(result.sourcesUsed()).isEqualTo(2);
        assertThat(result.sourcesConfigured()).isEqualTo(5);
        assertThat(result.exclusions())
                .containsExactly(
                        new SourceExclusion(source("b"), ExclusionReason.NEVER_SEEN),
                        new SourceExclusion(source("d"), ExclusionReason.OUTLIER),
                        new SourceExclusion(source("e"), ExclusionReason.STALE));
    }

    @Test
    @Covers("PRIC-028")
    void tooFewSourcesKeepTheLastGoodPriceWithItsTime() {
        PricingFixture.Definition definition = index("a", "b", "c").minimum(2);
        PriceState stale =
                new PriceState.Stale(Price.parse("99"), Price.parse("99"), T0 - 60 * SECOND);
        assertThat(price(definition, LAST, "100 101@11 -").state()).isEqualTo(stale);
        assertThat(price(definition, stale, "100 - -").state()).isEqualTo(stale);
        assertThat(
                        price(
                                        definition,
                                        new PriceState.Degraded(
                                                Price.parse("98"), Price.parse("98"), 7),
                                        "- - -")
                                .state())
                .isEqualTo(new PriceState.Stale(Price.parse("98"), Price.parse("98"), 7));
        assertThat(price(definition, stale, "100 101 -").state())
                .isInstanceOf(PriceState.Degraded.class);
    }

    @Test
    @Covers("PRIC-029")
    void neverPricedIsMissing() {
        assertThat(price(index("a", "b").minimum(2), MISSING, "- -").state()).isEqualTo(MISSING);
        assertThat(price(index("a", "b").minimum(2), MISSING, "100 -").state()).isEqualTo(MISSING);
    }

    @Test
    @Covers("PRIC-026")
    void markIsTheIndex() {
        PriceState state = price(index("a"), MISSING, "100").state();
        assertThat(state.usableMark()).isEqualTo(state.usableIndex()).contains(Price.parse("100"));
    }

    @Test
    void observationsMustMatchTheSources() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> price(index("a", "b"), MISSING, "100"))
                .withMessageContaining("observations: 1, sources of X-PERP: 2");
    }
}
