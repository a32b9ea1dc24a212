package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.index;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Price;
import io.delever.testing.Covers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Covers("PRIC-001")
class IndexDefinitionTest {
    private static String[] venues(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "v" + i).toArray(String[]::new);
    }

    @Test
    void limitsThemselvesAreAdmitted() {
        assertThat(index(venues(64)).minimum(64).outlierLimit("0.5").build().sources()).hasSize(64);
        assertThat(
                        index().source("a", 1_000_000, 86_400)
                                .outlierLimit("0.000001")
                                .tickSize("1000000")
                                .build()
                                .minimumSources())
                .isEqualTo(1);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        (Runnable) () -> index().build(), "sources of X-PERP: 0, limit 1 to 64"),
                Arguments.of(
                        (Runnable) () -> index(venues(65)).build(),
                        "sources of X-PERP: 65, limit 1 to 64"),
                Arguments.of(
                        (Runnable) () -> index("a", "a").build(),
                        "sources of X-PERP: a X-USD, limit each source once"),
                Arguments.of(
                        (Runnable) () -> index("a", "b").minimum(0).build(),
                        "minimum_sources of X-PERP: 0, limit 1 to the number of sources 2"),
                Arguments.of(
                        (Runnable) () -> index("a", "b").minimum(3).build(),
                        "minimum_sources of X-PERP: 3"),
                Arguments.of(
                        (Runnable) () -> index().source("a", 0, 1).build(),
                        "weight of a X-USD: 0, limit 1 to 1000000"),
                Arguments.of(
                        (Runnable) () -> index().source("a", 1_000_001, 1).build(),
                        "weight of a X-USD: 1000001"),
                Arguments.of(
                        (Runnable) () -> index().source("a", 1, 0).build(),
                        "staleness_limit_nanos of a X-USD: 0"),
                Arguments.of(
                        (Runnable) () -> index().source("a", 1, 86_401).build(),
                        "staleness_limit_nanos of a X-USD: 86401000000000"),
                Arguments.of(
                        (Runnable) () -> index("a").outlierLimit("0").build(),
                        "outlier_limit_ppm of X-PERP: 0, limit 1 to 500000"),
                Arguments.of(
                        (Runnable) () -> index("a").outlierLimit("0.500001").build(),
                        "outlier_limit_ppm of X-PERP: 500001"),
                Arguments.of(
                        (Runnable) () -> index("a").tickSize("1000000.00000001").build(),
                        "tick_size_e8 of X-PERP: 100000000000001, limit 1 to 100000000000000"),
                Arguments.of(
                        (Runnable) () -> new SourceId(PricingFixture.source("a").venue(), "A B"),
                        "market of a: A B, limit"),
                Arguments.of(
                        (Runnable) () -> new SourceId(PricingFixture.source("a").venue(), ""),
                        "market of a: , limit"),
                Arguments.of(
                        (Runnable)
                                () ->
                                        new SourceId(
                                                PricingFixture.source("a").venue(), "x".repeat(65)),
                        "market of a: xxx"),
                Arguments.of(
                        (Runnable)
                                () ->
                                        new PricingLimits(
                                                new Price(
                                                        PricingLimits.MAXIMUM_GREATEST_PRICE_E8
                                                                + 1),
                                                0,
                                                2),
                        "greatest price"),
                Arguments.of(
                        (Runnable) () -> new PricingLimits(Price.parse("1"), -1, 2), "future skew"),
                Arguments.of(
                        (Runnable) () -> new PricingLimits(Price.parse("1"), 0, 1), "jump factor"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void outOfRangeIsRefusedWithValueAndLimit(Runnable build, String message) {
        assertThatIllegalArgumentException().isThrownBy(build::run).withMessageContaining(message);
    }

    @Test
    void marketNamesOfVenuesAreAdmitted() {
        assertThat(new SourceId(PricingFixture.source("kraken").venue(), "XBT/USD:perp_1.x-2"))
                .hasToString("kraken XBT/USD:perp_1.x-2");
    }
}
