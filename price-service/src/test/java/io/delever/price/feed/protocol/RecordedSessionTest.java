package io.delever.price.feed.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import io.delever.testing.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorded sessions, each message also read with Jackson and BigDecimal as the judge. */
class RecordedSessionTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("delever.samples", "../../shared/data/08_ws_samples"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void recordingsAreThere() {
        assumeTrue(
                Files.isDirectory(SAMPLES),
                "no recorded sessions in " + SAMPLES.toAbsolutePath() + " (-Ddelever.samples=…)");
    }

    @Test
    @Covers({"FEED-001", "FEED-006", "FEED-007"})
    void binanceSpotSessionGivesThePricesThatTheJudgeSees() throws IOException {
        assertAgreement("binance-spot", "BINANCE.ws.1.0", RecordedSessionTest::binance);
    }

    @Test
    @Covers({"FEED-001", "FEED-006", "FEED-007"})
    void binanceFuturesSessionsGiveThePricesThatTheJudgeSees() throws IOException {
        assertAgreement("binance-usdm", "BINANCE_FUTURES.ws.1.0", RecordedSessionTest::binance);
        assertAgreement("binance-usdm", "BINANCE_DELIVERY.ws.1.0", RecordedSessionTest::binance);
    }

    @Test
    @Covers({"FEED-001", "FEED-006", "FEED-007"})
    void coinbaseSessionGivesThePricesThatTheJudgeSees() throws IOException {
        assertAgreement(
                "coinbase-exchange", "COINBASE.ws.28.0", RecordedSessionTest::coinbaseExchange);
    }

    @Test
    @Covers({"FEED-001", "FEED-006", "FEED-007"})
    void okxSessionGivesThePricesThatTheJudgeSees() throws IOException {
        assertAgreement("okx", "OKX.ws.1.0", RecordedSessionTest::okx);
    }

    @Test
    @Covers("FEED-011")
    void obsoleteProtocolsGiveNoPriceAndAreCounted() throws IOException {
        Map<FeedMessageKind, Integer> kraken =
                kinds("kraken", "KRAKEN.ws.48.0", "KRAKEN.ws.49.0", "KRAKEN.ws.50.0");
        assertThat(kraken).doesNotContainKey(FeedMessageKind.TICKS);
        assertThat(kraken.get(FeedMessageKind.REJECTED)).isGreaterThan(4_000);
        Map<FeedMessageKind, Integer> bybit = kinds("bybit", "BYBIT.ws.25.0", "BYBIT.ws.26.0");
        assertThat(bybit).doesNotContainKeys(FeedMessageKind.TICKS, FeedMessageKind.REJECTED);
        assertThat(bybit.get(FeedMessageKind.IGNORED)).isGreaterThan(4_000);
    }

    @Test
    @Covers("FEED-010")
    void sessionOfAnyVenueIsReadByEveryProtocol() throws IOException {
        try (var files = Files.list(SAMPLES.resolve("cryptofeed"))) {
            for (Path file : files.filter(f -> f.toString().contains(".ws.")).sorted().toList()) {
                List<String> messages = messages(file);
                for (String name : Feeds.ALL.keySet()) {
                    VenueProtocol protocol = Feeds.sample(name);
                    for (String text : messages.subList(0, Math.min(400, messages.size()))) {
                        FeedMessage message = Feeds.read(protocol, text);
                        assertThat(message.kind() == FeedMessageKind.REJECTED)
                                .isEqualTo(message.rejected() > 0 && message.count() == 0);
                    }
                }
            }
        }
    }

    @Test
    @Covers({"FEED-003", "FEED-007"})
    void messagesOfThePresentProtocolsAreUnderstood() throws IOException {
        assertThat(fixture("okx", "okx/test_data/ws_trades.json", "BTC-USD"))
                .containsExactly(
                        "TRADES BTC-USD 4221990000000 x 12060306 @1630048897897000000"
                                + " #130639472-130639474");
        assertThat(fixture("okx", "okx/test_data/ws_bbo_tbt.json", "BTC-USDT"))
                .containsExactly(
                        "QUOTES BTC-USDT 847697500000 x 0 @1597026383085000000"
                                + " #123456-123456");
        assertThat(fixture("okx", "okx/test_data/ws_tickers.json", "BTC-USDT"))
                .containsExactly("QUOTES BTC-USDT 944443500000 x 0 @1597026383085000000");
        assertThat(fixture("bybit", "bybit/test_data/ws_orderbook_snapshot.json", "BTCUSDT"))
                .containsExactly(
                        "QUOTES BTCUSDT 2745050000000 x 0 @1709891679000000000"
                                + " #123456789-123456789");
        assertThat(fixture("coinbase", "coinbase/test_data/ws_market_trades.json", "BTC-USD"))
                .containsExactly(
                        "TRADES BTC-USD 6890050000000 x 150000 @1775572202789012000"
                                + " #995098700-995098700",
                        "TRADES BTC-USD 6890000000000 x 5000000 @1775572202800000000"
                                + " #995098701-995098701");
        assertThat(fixture("coinbase", "coinbase/test_data/ws_ticker.json", "BTC-USD"))
                .containsExactly("QUOTES BTC-USD 6890050000000 x 0 @1775572203000000000");
        assertThat(fixture("kraken", "kraken/test_data/ws_trade_update.json", "BTC/USD"))
                .containsExactly(
                        "TRADES BTC/USD 10594420000000 x 27625 @1696613755440295000"
                                + " #10218208-10218208",
                        "TRADES BTC/USD 10591050000000 x 12460 @1696613756123456000"
                                + " #10218209-10218209");
        assertThat(fixture("kraken", "kraken/test_data/ws_ticker_snapshot.json", "BTC/USD"))
                .containsExactly("QUOTES BTC/USD 10594425000000 x 0 @1671960659123456000");
    }

    private static List<String> fixture(String name, String path, String symbol)
            throws IOException {
        VenueProtocol protocol = Feeds.protocol(name, symbol);
        for (String line : lines(SAMPLES.resolve("nautilus_market_data_fixtures.jsonl.gz"))) {
            JsonNode node = JSON.readTree(line);
            if (node.get("path").asText().endsWith(path)) {
                return Feeds.ticks(Feeds.read(protocol, node.get("json").toString()), protocol);
            }
        }
        throw new AssertionError("no fixture " + path);
    }

    private static void assertAgreement(
            String name, String file, Function<JsonNode, List<Expected>> judge) throws IOException {
        List<String> messages = messages(SAMPLES.resolve("cryptofeed/" + file + ".txt.gz"));
        List<Expected> expected = new ArrayList<>();
        for (String text : messages) {
            expected.addAll(judge.apply(tree(text)));
        }
        Set<String> symbols = new TreeSet<>();
        expected.forEach(each -> symbols.add(each.symbol()));
        VenueProtocol protocol = Feeds.protocol(name, symbols.toArray(String[]::new));
        List<Expected> actual = new ArrayList<>();
        for (String text : messages) {
            FeedMessage message = Feeds.read(protocol, text);
            assertThat(message.rejections())
                    .as(text)
                    .doesNotContainKeys(FeedRejection.BAD_NUMBER, FeedRejection.BAD_TIME);
            for (int i = 0; i < message.count(); i++) {
                actual.add(
                        new Expected(
                                protocol.markets().get(message.market(i)).symbol(),
                                message.priceE8(i),
                                message.sizeE8(i),
                                message.isTimedByVenue() ? message.eventTimeNanos(i) : 0));
            }
        }
        assertThat(expected).hasSizeGreaterThan(80);
        assertThat(actual).isEqualTo(expected);
    }

    private record Expected(String symbol, long priceE8, long sizeE8, long nanos) {}

    private static List<Expected> binance(JsonNode message) {
        JsonNode data = message.path("data");
        String symbol = data.path("s").asText();
        if (data.path("e").asText().equals("aggTrade")) {
            return List.of(
                    new Expected(
                            symbol, e8(data.get("p")), e8(data.get("q")), count(data.get("T"))));
        }
        if (message.path("stream").asText().endsWith("@bookTicker")) {
            return List.of(
                    new Expected(
                            symbol, mean(data.get("b"), data.get("a")), 0, count(data.get("T"))));
        }
        return List.of();
    }

    private static List<Expected> coinbaseExchange(JsonNode message) {
        String symbol = message.path("product_id").asText();
        return switch (message.path("type").asText()) {
            case "match", "last_match" ->
                    List.of(
                            new Expected(
                                    symbol,
                                    e8(message.get("price")),
                                    e8(message.get("size")),
                                    nanos(message.get("time"))));
            case "ticker" ->
                    List.of(
                            new Expected(
                                    symbol,
                                    mean(message.get("best_bid"), message.get("best_ask")),
                                    0,
                                    nanos(message.get("time"))));
            default -> List.of();
        };
    }

    private static List<Expected> okx(JsonNode message) {
        List<Expected> expected = new ArrayList<>();
        String channel = message.path("arg").path("channel").asText();
        String symbol = message.path("arg").path("instId").asText();
        for (JsonNode item : message.path("data")) {
            if (channel.equals("trades")) {
                expected.add(
                        new Expected(
                                symbol,
                                e8(item.get("px")),
                                e8(item.get("sz")),
                                count(item.get("ts"))));
            } else if (channel.equals("tickers")) {
                expected.add(
                        new Expected(
                                symbol,
                                mean(item.get("bidPx"), item.get("askPx")),
                                0,
                                count(item.get("ts"))));
            }
        }
        return expected;
    }

    private static long e8(JsonNode value) {
        return new BigDecimal(value.asText()).movePointRight(8).longValueExact();
    }

    private static long mean(JsonNode bid, JsonNode ask) {
        return new BigDecimal(bid.asText())
                .add(new BigDecimal(ask.asText()))
                .divide(BigDecimal.TWO)
                .setScale(8, RoundingMode.HALF_EVEN)
                .movePointRight(8)
                .longValueExact();
    }

    private static long count(JsonNode value) {
        return value == null ? 0 : value.asLong() * 1_000_000L;
    }

    private static long nanos(JsonNode value) {
        Instant instant = Instant.parse(value.asText());
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static Map<FeedMessageKind, Integer> kinds(String name, String... files)
            throws IOException {
        VenueProtocol protocol = Feeds.sample(name);
        Map<FeedMessageKind, Integer> kinds = new EnumMap<>(FeedMessageKind.class);
        for (String file : files) {
            for (String text : messages(SAMPLES.resolve("cryptofeed/" + file + ".txt.gz"))) {
                kinds.merge(Feeds.read(protocol, text).kind(), 1, Integer::sum);
            }
        }
        return kinds;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }

    /** What was received: a time, a colon, the message. */
    private static List<String> messages(Path file) throws IOException {
        return lines(file).stream()
                .filter(line -> line.matches("\\d+\\.\\d+: .+"))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
