package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.price.core.FeedStatus;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Feeds at full rate against cuts, garbage, repetitions and reordering for a while: three seconds,
 * or as long as {@code ./delever soak feeds --minutes N} says.
 */
class FeedSoakTest {
    private static final long SEED = 20_251_010;
    private static final int SAMPLES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long KIBIBYTE = 1_024;
    private static final long MOST_GROWTH = 4 * KIBIBYTE * KIBIBYTE;

    private final Vertx vertx = Vertx.vertx();
    private final List<VenuePair> pairs = new ArrayList<>();

    @AfterEach
    void stop() {
        pairs.forEach(VenuePair::close);
        vertx.close();
    }

    @Test
    @Covers("FEED-029")
    void memoryDoesNotGrowAndNothingIsLostUnnoticed() throws IOException {
        Duration length = Duration.parse(System.getProperty("delever.soak", "PT3S"));
        for (String name : VenueTape.names()) {
            pairs.add(new VenuePair(vertx, name, SEED));
        }
        Await.until("all have suffered", PATIENCE, () -> haveSuffered(2));
        long began = System.nanoTime();
        List<Long> live = new ArrayList<>(List.of(liveBytes()));
        for (int i = 1; i <= SAMPLES; i++) {
            long due = began + length.toNanos() / SAMPLES * i;
            Await.until(
                    "the next sample", length.plus(PATIENCE), () -> System.nanoTime() - due >= 0);
            live.add(liveBytes());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        pairs.forEach(VenuePair::settle);
        String report = report(took, live);
        System.out.print(report);
        Files.writeString(Path.of("target", "soak-feeds.txt"), report);
        long growth = live.getLast() - live.getFirst();
        assertThat(growth).as("bytes grown, live heap %s", live).isLessThan(MOST_GROWTH);
    }

    private boolean haveSuffered(int cuts) {
        return pairs.stream().allMatch(pair -> pair.hasSuffered(cuts));
    }

    /** What a full collection leaves. The venues and the feeds are in it. */
    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private String report(Duration took, List<Long> live) {
        StringBuilder text = new StringBuilder();
        double seconds = took.toMillis() / 1e3;
        long messages = pairs.stream().mapToLong(pair -> pair.meter.status().messages()).sum();
        text.append(
                String.format(
                        Locale.ROOT,
                        "soak of %.1f s, %,d messages, %,.0f/s through all feeds%n",
                        seconds,
                        messages,
                        messages / seconds));
        text.append(
                "live heap in KiB: %s%n"
                        .formatted(live.stream().map(bytes -> bytes / KIBIBYTE).toList()));
        for (VenuePair pair : pairs) {
            text.append(line(pair));
        }
        return text.toString();
    }

    private static String line(VenuePair pair) {
        FeedStatus status = pair.meter.status();
        return String.format(
                Locale.ROOT,
                "%-18s numbers %,d = handed over %,d + missing %,d; late %,d, rejected %,d,"
                        + " cuts %,d, connections %,d, %s%n",
                pair.name,
                pair.ledger.newest.get() - pair.ledger.first.get() + 1,
                status.ticks(),
                status.missing(),
                status.late(),
                status.rejections(),
                pair.venue.cuts.get(),
                status.connections(),
                status.state());
    }
}
