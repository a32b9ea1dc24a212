package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * October 10 2025, 20:50 to 22:50 UTC, second by second: two spot venues with weight 2 each and a
 * coin-margined perpetual with weight 1 that fell to less than half of them.
 */
class RecordedCrashTest {
    private static final Path BARS =
            Path.of(System.getProperty("basedir", "."))
                    .resolve("../../shared/data/02_venues_2025-10-10")
                    .resolve("trade_bars_1s_2050_2250utc.csv.gz");
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long SPOT_STALENESS = 60 * SECOND;
    private static final long PERP_STALENESS = 10 * SECOND;
    private static final String PERP_VENUE = "binance-delivery";
    private static final List<String> BASES = List.of("AAVE", "AVAX", "DOT", "UNI", "FIL");
    private static final List<String> HONEST_VENUES = List.of("coinbase", "gemini");

    /** Ticks of one second, in order of time, for each instrument's base asset. */
    private static final Map<String, SortedMap<Long, List<Tick>>> TICKS = new HashMap<>();

    @BeforeAll
    static void readTheRecording() throws IOException {
        assumeTrue(Files.exists(BARS), "skipped: no recorded data at " + BARS);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(BARS)),
                                StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(RecordedCrashTest::addBar);
        }
    }

    private static void addBar(String line) {
        String[] bar = line.split(",", -1);
        String base = bar[1].replaceFirst("-?USD(_PERP)?$", "");
        boolean wanted = HONEST_VENUES.contains(bar[0]) || bar[0].equals(PERP_VENUE);
        if (!wanted || !BASES.contains(base)) {
            return;
        }
        long second = Long.parseLong(bar[2]) * NANOS_PER_MILLI;
        List<Tick> ticks =
                TICKS.computeIfAbsent(base, key -> new TreeMap<>())
                        .computeIfAbsent(second, key -> new ArrayList<>());
        // The lowest price first, so that it is really said, and the last one at the end.
        ticks.add(new Tick(bar[0], bar[1], FixedPoint.parseE8(bar[5]), 0, second));
        ticks.add(new Tick(bar[0], bar[1], FixedPoint.parseE8(bar[6]), 0, second + SECOND - 1));
    }

    private static IndexDefinition definition(String base) {
        return new IndexDefinition(
                X_PERP,
                List.of(
                        source("coinbase", base + "-USD", 2, SPOT_STALENESS),
                        source("gemini", base + "USD", 2, SPOT_STALENESS),
                        source(PERP_VENUE, base + "USD_PERP", 1, PERP_STALENESS)),
                2,
                Rate.parse("0.05"),
                Price.parse("0.0001"));
    }

    private static IndexSource source(
            String venue, String market, long weight, long stalenessNanos) {
        return new IndexSource(new SourceId(new VenueId(venue), market), weight, stalenessNanos);
    }

    @ParameterizedTest
    @FieldSource("BASES")
    @Covers({"PRIC-022", "PRIC-032", "PRIC-033"})
    void indexNeverFollowsThePerpetualThatCollapsed(String base) {
        PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
        engine.apply(definition(base));
        Map<String, Observation> honest = new HashMap<>();
        long lowestHonest = Long.MAX_VALUE;
        long lowestPerp = Long.MAX_VALUE;
        long lowestIndex = Long.MAX_VALUE;
        int usable = 0;
        int all = 0;
        for (List<Tick> second : TICKS.getOrDefault(base, new TreeMap<>()).values()) {
            second.sort((a, b) -> Long.compare(a.eventTimeNanos(), b.eventTimeNanos()));
            for (Tick tick : second) {
                long now = tick.eventTimeNanos();
                boolean taken = engine.onTick(tick, now) instanceof TickOutcome.Accepted;
                if (tick.venue().equals(PERP_VENUE)) {
                    lowestPerp = Math.min(lowestPerp, tick.priceE8());
                } else {
                    lowestHonest = Math.min(lowestHonest, tick.priceE8());
                    if (taken) {
                        honest.put(tick.venue(), new Observation(new Price(tick.priceE8()), now));
                    }
                }
                assertThat(engine.advance(now)).hasSizeLessThanOrEqualTo(1);
                all++;
                var index = engine.price(X_PERP).orElseThrow().state().usableIndex();
                if (index.isPresent()) {
                    usable++;
                    lowestIndex = Math.min(lowestIndex, index.get().e8());
                    assertWithinTheHonest(index.get(), honest, now);
                }
            }
        }
        assertThat(lowestPerp).as("the perpetual did collapse").isLessThan(lowestHonest * 2 / 3);
        assertThat(lowestIndex).isGreaterThanOrEqualTo(lowestHonest);
        // For the rest two sources contradict each other and the price is stale: nobody is closed.
        assertThat(usable).as("usable of %d", all).isGreaterThan(all / 4);
    }

    private static void assertWithinTheHonest(
            Price index, Map<String, Observation> honest, long now) {
        long halfTick = 5_000;
        long[] fresh =
                honest.values().stream()
                        .filter(seen -> seen.isFresh(now, SPOT_STALENESS))
                        .mapToLong(seen -> seen.price().e8())
                        .sorted()
                        .toArray();
        assertThat(fresh).isNotEmpty();
        assertThat(index.e8()).isBetween(fresh[0] - halfTick, fresh[fresh.length - 1] + halfTick);
    }
}
