package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.market.PriceState;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * October 10 2025, 20:50 to 22:50 UTC, by the closing trades of each second: markets of which the
 * perpetual fell to half of the two spot venues, and what the index and its state say.
 */
class RecordedVenuesTest {
    private static final Path BARS =
            Path.of(System.getProperty("basedir", "."))
                    .resolve("../../shared/data/02_venues_2025-10-10")
                    .resolve("trade_bars_1s_2050_2250utc.csv.gz");
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final String PERPETUAL = "binance-delivery";
    private static final long STALE = 20 * SECOND;

    /** 21:14 UTC. */
    private static final long CRASH = 1_760_130_840L * SECOND;

    private static final List<String> BASES =
            List.of("AAVE", "ATOM", "AVAX", "DOT", "FIL", "UNI", "WIF");
    private static final FrozenLimit FROZEN = new FrozenLimit(10 * SECOND, Rate.parse("0.02"));

    /** Closing trades by second and venue, for each base asset. */
    private static final Map<String, SortedMap<Long, Map<String, Tick>>> CLOSES = new HashMap<>();

    @BeforeAll
    static void readTheRecording() throws IOException {
        assumeTrue(Files.exists(BARS), "skipped: no recorded data at " + BARS);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(BARS)),
                                StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(RecordedVenuesTest::addBar);
        }
    }

    private static void addBar(String line) {
        String[] bar = line.split(",", -1);
        String base = bar[1].replaceFirst("-?USD(_PERP)?$", "");
        if (BASES.contains(base)) {
            long end = Long.parseLong(bar[2]) * NANOS_PER_MILLI + SECOND - 1;
            CLOSES.computeIfAbsent(base, key -> new TreeMap<>())
                    .computeIfAbsent(end, key -> new TreeMap<>())
                    .put(bar[0], new Tick(bar[0], base, FixedPoint.parseE8(bar[6]), 0, end));
        }
    }

    private static IndexDefinition definition(
            String base, Optional<FrozenLimit> frozen, String... venues) {
        List<IndexSource> sources = new ArrayList<>();
        for (String venue : venues) {
            long weight = venue.equals(PERPETUAL) ? 1 : 2;
            sources.add(new IndexSource(new SourceId(new VenueId(venue), base), weight, STALE));
        }
        return new IndexDefinition(
                X_PERP,
                sources,
                2,
                Rate.parse("0.01"),
                Price.parse("0.0001"),
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEDIAN,
                        new IndexWeights.Fixed(),
                        Rate.ONE,
                        Rate.ZERO,
                        frozen));
    }

    /** The market second by second, and the newest trade of each venue in it. */
    private static final class Market {
        private final PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
        private final Map<String, Observation> newest = new TreeMap<>();

        Market(String base, Optional<FrozenLimit> frozen) {
            engine.apply(definition(base, frozen, "coinbase", "gemini", PERPETUAL));
        }

        IndexPrice price(long now, Iterable<Tick> ticks) {
            for (Tick tick : ticks) {
                assertThat(
                                engine.onTick(
                                        new Tick(
                                                tick.venue(),
                                                tick.market(),
                                                tick.priceE8(),
                                                0,
                                                now),
                                        now))
                        .isNotNull();
                newest.put(tick.venue(), new Observation(new Price(tick.priceE8()), now));
            }
            assertThat(engine.advance(now)).hasSizeLessThanOrEqualTo(1);
            return engine.price(X_PERP).orElseThrow();
        }

        Optional<Price> median(long now, boolean withPerpetual) {
            return PriceAverages.median(
                    newest.entrySet().stream()
                            .filter(each -> withPerpetual || !each.getKey().equals(PERPETUAL))
                            .map(Map.Entry::getValue)
                            .filter(seen -> seen.isFresh(now, STALE))
                            .map(Observation::price)
                            .toList());
        }

        /** Absent unless both are fresh. */
        Optional<Price> medianOfTwo(long now, String one, String other) {
            List<Price> fresh =
                    newest.entrySet().stream()
                            .filter(each -> List.of(one, other).contains(each.getKey()))
                            .map(Map.Entry::getValue)
                            .filter(seen -> seen.isFresh(now, STALE))
                            .map(Observation::price)
                            .toList();
            return fresh.size() < 2 ? Optional.empty() : PriceAverages.median(fresh);
        }

        private List<Price> freshSpot(long now) {
            return newest.entrySet().stream()
                    .filter(each -> !each.getKey().equals(PERPETUAL))
                    .map(Map.Entry::getValue)
                    .filter(seen -> seen.isFresh(now, STALE))
                    .map(Observation::price)
                    .toList();
        }

        /** Whether the perpetual is farther than 5 % from each spot venue that is fresh. */
        boolean isPerpetualAlone(long now) {
            Optional<Observation> perpetual = Optional.ofNullable(newest.get(PERPETUAL));
            List<Price> spot = freshSpot(now);
            return perpetual.isPresent()
                    && perpetual.get().isFresh(now, STALE)
                    && !spot.isEmpty()
                    && spot.stream()
                            .noneMatch(
                                    each ->
                                            isWithin(
                                                    perpetual.get().price(),
                                                    each,
                                                    Rate.parse("0.05")));
        }

        /** The price of the perpetual in ppm of the lowest spot venue. */
        long perpetualShare(long now) {
            long lowest = freshSpot(now).stream().mapToLong(Price::e8).min().orElseThrow();
            return FixedPoint.mulDiv(
                    Optional.ofNullable(newest.get(PERPETUAL)).orElseThrow().price().e8(),
                    FixedPoint.ONE_PPM,
                    lowest,
                    Rounding.HALF_EVEN);
        }
    }

    /** While the perpetual is within 5 % of a spot venue it is one of the honest ones. */
    @ParameterizedTest
    @FieldSource("BASES")
    @Covers({"PRIC-021", "PRIC-022", "PRIC-079"})
    void theIndexStaysWithinOnePercentOfTheHonestVenues(String base) {
        Market market = new Market(base, Optional.empty());
        Rate one = Rate.parse("0.01");
        int broken = 0;
        int usable = 0;
        long lowest = FixedPoint.ONE_PPM;
        for (Map.Entry<Long, Map<String, Tick>> second :
                CLOSES.getOrDefault(base, new TreeMap<>()).entrySet()) {
            long now = second.getKey();
            IndexPrice price = market.price(now, second.getValue().values());
            boolean isBroken = market.isPerpetualAlone(now);
            Optional<Price> index = price.state().usableIndex();
            if (isBroken) {
                broken++;
                lowest = Math.min(lowest, market.perpetualShare(now));
            }
            if (index.isPresent()) {
                usable++;
                Price honest = market.median(now, !isBroken).orElseThrow();
                assertThat(isWithin(index.get(), honest, one))
                        .as("%s at %d: index %s, honest %s", base, now, index.get(), honest)
                        .isTrue();
                assertThat(price.sourcesUsed()).isGreaterThanOrEqualTo(2);
            } else {
                assertThat(price.exclusions()).hasSizeGreaterThanOrEqualTo(2);
            }
        }
        assertThat(lowest).as("the perpetual fell").isLessThan(700_000);
        assertThat(usable).isGreaterThan(1_000);
        assertThat(broken).isGreaterThan(100);
    }

    private static boolean isWithin(Price price, Price reference, Rate limit) {
        long distance = Math.abs(price.e8() - reference.e8());
        // Half a tick is what the index is rounded by.
        return FixedPoint.compareProducts(
                        distance - 5_000, FixedPoint.ONE_PPM, limit.ppm(), reference.e8())
                <= 0;
    }

    /**
     * From 21:14 on Gemini says its last price again every second. Ten seconds later, whenever the
     * two others are fresh and 5 % away from it, it is named frozen.
     */
    @ParameterizedTest
    @FieldSource("BASES")
    @Covers("PRIC-076")
    void aVenueThatKeepsSendingItsLastPriceIsNamedFrozen(String base) {
        Market market = new Market(base, Optional.of(FROZEN));
        Optional<Tick> last = Optional.empty();
        int away = 0;
        for (Map.Entry<Long, Map<String, Tick>> second :
                CLOSES.getOrDefault(base, new TreeMap<>()).entrySet()) {
            long now = second.getKey();
            Map<String, Tick> ticks = new TreeMap<>(second.getValue());
            Optional<Tick> fresh = Optional.ofNullable(ticks.remove("gemini"));
            last = now < CRASH && fresh.isPresent() ? fresh : last;
            (now < CRASH ? fresh : last).ifPresent(tick -> ticks.put("gemini", tick));
            IndexPrice price = market.price(now, ticks.values());
            Optional<Price> others = market.medianOfTwo(now, "coinbase", PERPETUAL);
            if (now >= CRASH + FROZEN.afterNanos()
                    && others.isPresent()
                    && !isWithin(
                            new Price(last.orElseThrow().priceE8()),
                            others.get(),
                            Rate.parse("0.05"))) {
                away++;
                assertThat(price.exclusions())
                        .as("%s at %d", base, now)
                        .contains(excluded(base, "gemini", ExclusionReason.FROZEN));
            }
        }
        assertThat(away).isGreaterThan(500);
    }

    /** All but Coinbase go silent at 21:14: the state says so as soon as they are stale. */
    @ParameterizedTest
    @FieldSource("BASES")
    @Covers({"PRIC-020", "PRIC-028", "PRIC-031"})
    void withOneVenueLeftTheStateSaysSo(String base) {
        Market market = new Market(base, Optional.of(FROZEN));
        int alone = 0;
        for (Map.Entry<Long, Map<String, Tick>> second :
                CLOSES.getOrDefault(base, new TreeMap<>()).entrySet()) {
            long now = second.getKey();
            Map<String, Tick> ticks = new TreeMap<>(second.getValue());
            if (now >= CRASH) {
                ticks.keySet().retainAll(List.of("coinbase"));
            }
            IndexPrice price = market.price(now, ticks.values());
            if (now > CRASH + STALE) {
                alone++;
                assertThat(price.state()).isInstanceOf(PriceState.Stale.class);
                assertThat(price.state().usableMark()).isEmpty();
                assertThat(price.exclusions())
                        .contains(
                                excluded(base, "gemini", ExclusionReason.STALE),
                                excluded(base, PERPETUAL, ExclusionReason.STALE));
            }
        }
        assertThat(alone).isGreaterThan(3_000);
    }

    private static SourceExclusion excluded(String base, String venue, ExclusionReason reason) {
        return new SourceExclusion(new SourceId(new VenueId(venue), base), reason);
    }
}
