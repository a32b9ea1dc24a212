package io.delever.price.feed.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickOutcome;
import io.delever.testing.Covers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How fast messages are read, beside a plain scan of the same bytes by Jackson, and how fast an
 * index of ten sources follows. A few runs here check the results; {@code ./delever bench feeds}
 * makes more of them and longer ones, and shows the figures.
 */
class FeedSpeedTest {
    private static final int MESSAGES = 4_096;
    private static final int SOURCES = 10;
    private static final String PRICE = "37010.55";
    private static final int RUNS = Integer.getInteger("delever.bench.runs", 2);
    private static final int PASSES = Integer.getInteger("delever.bench.passes", 2);
    private static final double WANTED_PER_SECOND = 1e6;
    private static final double WANTED_NANOS = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** One message with one trade at each venue. */
    private static final Map<String, String> TRADES =
            new TreeMap<>(
                    Map.of(
                            "binance-spot",
                            Samples.BINANCE_TRADE,
                            "binance-usdm",
                            Samples.BINANCE_TRADE,
                            "coinbase",
                            "{\"channel\":\"market_trades\",\"client_id\":\"\","
                                + "\"timestamp\":\"2023-11-14T22:13:20.5Z\",\"sequence_num\":41,"
                                + "\"events\":[{\"type\":\"update\",\"trades\":[{"
                                + "\"trade_id\":\"12\",\"product_id\":\"ETH-USD\","
                                + "\"price\":\"37010.55\",\"size\":\"0.3\",\"side\":\"BUY\","
                                + "\"time\":\"2023-11-14T22:13:20.400000001Z\"}]}]}",
                            "coinbase-exchange",
                            Samples.EXCHANGE_MATCH.replace("37001.5", PRICE),
                            "kraken",
                            "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{"
                                    + "\"symbol\":\"BTC/USD\",\"side\":\"sell\",\"price\":37010.55,"
                                    + "\"qty\":2.5e-4,\"ord_type\":\"market\",\"trade_id\":4665906,"
                                    + "\"timestamp\":\"2023-11-14T22:13:20.708706Z\"}]}",
                            "okx",
                            Samples.OKX_TRADE.replace("37030.9", PRICE),
                            "bybit",
                            Samples.BYBIT_TRADE.replace("37040.50", PRICE)));

    private long sink;

    /** Messages that differ in their price, one after another. */
    private static final class Stream {
        final byte[] bytes;
        final int[] starts = new int[MESSAGES + 1];
        final long[] pricesE8 = new long[MESSAGES];

        Stream(String message) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < MESSAGES; i++) {
                String price = "%05d.%02d".formatted(30_000 + i * 37 % 10_000, (i * 61 + 11) % 100);
                pricesE8[i] = new BigDecimal(price).movePointRight(8).longValueExact();
                all.writeBytes(message.replace(PRICE, price).getBytes(StandardCharsets.UTF_8));
                starts[i + 1] = all.size();
            }
            bytes = all.toByteArray();
        }
    }

    @Test
    @Covers("FEED-030")
    void tradesAreReadRightAndTheirSpeedIsShown() throws IOException {
        StringBuilder report = new StringBuilder(head());
        for (Map.Entry<String, String> trade : TRADES.entrySet()) {
            VenueProtocol protocol = Feeds.sample(trade.getKey());
            Stream stream = new Stream(trade.getValue());
            assertRight(protocol, stream);
            double[] read = rates(() -> read(protocol, stream));
            double[] scan = rates(() -> scan(stream));
            report.append(line(trade.getKey() + ": one trade read", read, "M/s", 1e-6))
                    .append(best(read) >= WANTED_PER_SECOND ? "  >= 1: met" : "  >= 1: MISSED")
                    .append(
                            String.format(
                                    Locale.ROOT,
                                    ", %.1f times the scan, %d bytes%n",
                                    best(read) / best(scan),
                                    stream.starts[1]))
                    .append(line("  beside it: Jackson scans the same", scan, "M/s", 1e-6))
                    .append('\n');
        }
        double[] index = index();
        report.append(line("index of ten sources after a tick", index, "ns", 1))
                .append(index[0] < WANTED_NANOS ? "  < 1000: met" : "  < 1000: MISSED")
                .append('\n');
        System.out.print(report);
        Files.writeString(Path.of("target", "bench-feeds.txt"), report);
        assertThat(sink).isNotZero();
    }

    private static void assertRight(VenueProtocol protocol, Stream stream) {
        FeedMessage message = new FeedMessage();
        for (int i = 0; i < MESSAGES; i++) {
            protocol.read(
                    stream.bytes, stream.starts[i], stream.starts[i + 1], Feeds.ARRIVAL, message);
            assertThat(message.rejections()).isEmpty();
            assertThat(message.count()).isEqualTo(1);
            assertThat(message.priceE8(0)).isEqualTo(stream.pricesE8[i]);
        }
    }

    private interface Pass {
        void run() throws IOException;
    }

    /** Messages per second of each run, the slowest first. */
    private static double[] rates(Pass pass) throws IOException {
        double[] rates = new double[RUNS];
        for (int warm = 0; warm < RUNS; warm++) {
            pass.run();
        }
        for (int run = 0; run < RUNS; run++) {
            long began = System.nanoTime();
            for (int i = 0; i < PASSES; i++) {
                pass.run();
            }
            rates[run] = (double) MESSAGES * PASSES * 1e9 / (System.nanoTime() - began);
        }
        Arrays.sort(rates);
        return rates;
    }

    private void read(VenueProtocol protocol, Stream stream) {
        FeedMessage message = new FeedMessage();
        for (int i = 0; i < MESSAGES; i++) {
            protocol.read(
                    stream.bytes, stream.starts[i], stream.starts[i + 1], Feeds.ARRIVAL, message);
            sink += message.priceE8(0);
        }
    }

    private void scan(Stream stream) throws IOException {
        for (int i = 0; i < MESSAGES; i++) {
            int from = stream.starts[i];
            try (JsonParser parser =
                    JSON.createParser(stream.bytes, from, stream.starts[i + 1] - from)) {
                while (parser.nextToken() != null) {
                    sink++;
                }
            }
        }
    }

    /**
     * Nanoseconds of a tick that is decided, taken and followed by the index, the fastest first.
     */
    private double[] index() {
        PriceEngine engine = new PriceEngine(new PricingLimits(Price.parse("100000000"), 0, 5));
        engine.apply(definition());
        double[] nanos = new double[RUNS];
        long now = Feeds.ARRIVAL;
        List<Tick> ticks = new ArrayList<>();
        for (int run = -1; run < RUNS; run++) {
            ticks.clear();
            for (int i = 0; i < MESSAGES * PASSES; i++) {
                long price = 3_700_000_000_000L + i % 1_000 * 1_000_000L;
                ticks.add(new Tick("v" + i % SOURCES, "BTC-USD", price, 100, ++now));
            }
            long began = System.nanoTime();
            for (Tick tick : ticks) {
                TickOutcome outcome = engine.onTick(tick, tick.eventTimeNanos());
                sink += engine.advance(tick.eventTimeNanos()).size();
                sink += outcome instanceof TickOutcome.Accepted ? 1 : 0;
            }
            nanos[Math.max(0, run)] = (double) (System.nanoTime() - began) / ticks.size();
        }
        assertFollows(engine, now);
        Arrays.sort(nanos);
        return nanos;
    }

    private static IndexDefinition definition() {
        List<IndexSource> sources = new ArrayList<>();
        for (int i = 0; i < SOURCES; i++) {
            sources.add(
                    new IndexSource(
                            new SourceId(new VenueId("v" + i), "BTC-USD"), 1 + i, 10_000_000_000L));
        }
        return new IndexDefinition(
                new InstrumentId("BTC-PERP"), sources, 3, Rate.parse("0.05"), Price.parse("0.01"));
    }

    /** When all sources say the same, the index says it too. */
    private static void assertFollows(PriceEngine engine, long last) {
        long now = last;
        for (int i = 0; i < SOURCES; i++) {
            engine.onTick(new Tick("v" + i, "BTC-USD", 3_712_345_000_000L, 1, ++now), now);
        }
        engine.advance(now);
        assertThat(engine.price(new InstrumentId("BTC-PERP")).orElseThrow().state().toString())
                .contains("37123.45")
                .contains("Fresh");
    }

    private static double best(double[] rates) {
        return rates[rates.length - 1];
    }

    private static String line(String name, double[] values, String unit, double scale) {
        boolean isTime = Objects.equals(unit, "ns");
        double best = isTime ? values[0] : best(values);
        return String.format(
                Locale.ROOT,
                "%-40s best %8.2f  median %8.2f  %s",
                name,
                best * scale,
                values[values.length / 2] * scale,
                unit);
    }

    private static String head() {
        return String.format(
                Locale.ROOT,
                "%s %s, %d processors, load %.1f before the run, JDK %s, one thread, %d runs of"
                        + " %,d%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"),
                RUNS,
                MESSAGES * PASSES);
    }
}
