package io.delever.price.feed.protocol;

import static io.delever.price.feed.protocol.Feeds.market;
import static io.delever.price.feed.protocol.Feeds.protocol;
import static io.delever.price.feed.protocol.Feeds.read;
import static io.delever.price.feed.protocol.Feeds.rejections;
import static io.delever.price.feed.protocol.Feeds.ticks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolsTest {
    private static VenueProtocol of(String name) {
        return Feeds.sample(name);
    }

    private static List<String> ticksOf(String name, String text) {
        VenueProtocol protocol = of(name);
        FeedMessage message = read(protocol, text);
        assertThat(rejections(message)).isEmpty();
        assertThat(message.kind()).isEqualTo(FeedMessageKind.TICKS);
        return ticks(message, protocol);
    }

    @Test
    @Covers({"FEED-001", "FEED-003", "FEED-006"})
    void tradesOfEveryVenueAreReadExactly() {
        String binance = "TRADES BTCUSDT 3701055000000 x 510000 @1700000000120000000 #26129-26129";
        assertThat(ticksOf("binance-spot", Samples.BINANCE_TRADE)).containsExactly(binance);
        assertThat(ticksOf("binance-usdm", Samples.BINANCE_TRADE)).containsExactly(binance);
        assertThat(ticksOf("coinbase-exchange", Samples.EXCHANGE_MATCH))
                .containsExactly(
                        "TRADES BTC-USD 3700150000000 x 4000000 @1700000000244075000"
                                + " #881614-881614");
        assertThat(ticksOf("kraken", Samples.KRAKEN_TRADES))
                .containsExactly(
                        "TRADES BTC/USD 3702010000000 x 25000 @1700000000708706000"
                                + " #4665906-4665906",
                        "TRADES BTC/USD 3702020000000 x 100000000 @1700000000708707000"
                                + " #4665907-4665907");
        assertThat(ticksOf("okx", Samples.OKX_TRADE))
                .containsExactly(
                        "TRADES BTC-USDT 3703090000000 x 12060306 @1700000000897000000"
                                + " #130639472-130639474");
        assertThat(ticksOf("bybit", Samples.BYBIT_TRADE))
                .containsExactly("TRADES BTCUSDT 3704050000000 x 100000 @1700000000865000000");
    }

    @Test
    @Covers({"FEED-001", "FEED-006", "FEED-012"})
    void coinbaseTradesAreTakenOldestFirstWithTheNumberOfTheirMessage() {
        VenueProtocol protocol = of("coinbase");
        FeedMessage message = read(protocol, Samples.COINBASE_TRADES);
        assertThat(ticks(message, protocol))
                .containsExactly(
                        "TRADES ETH-USD 201240000000 x 10000000 @1700000000390000000 #11-11",
                        "TRADES ETH-USD 201250000000 x 30000000 @1700000000400000001 #12-12");
        assertThat(message.hasConnectionSequence()).isTrue();
        assertThat(message.connectionSequence()).isEqualTo(41);
    }

    @Test
    @Covers({"FEED-007", "FEED-006"})
    void quotesOfEveryVenueAreTheMeanOfBidAndAsk() {
        assertThat(ticksOf("binance-spot", Samples.BINANCE_SPOT_QUOTE))
                .containsExactly(
                        "QUOTES BTCUSDT 3701010500000 x 0 @%d #400900217-400900217"
                                .formatted(Feeds.ARRIVAL));
        assertThat(read(of("binance-spot"), Samples.BINANCE_SPOT_QUOTE).isTimedByVenue()).isFalse();
        assertThat(ticksOf("binance-usdm", Samples.BINANCE_USDM_QUOTE))
                .containsExactly(
                        "QUOTES ETHUSDT 201011000000 x 0 @1700000000121000000"
                                + " #400900217-400900217");
        assertThat(ticksOf("coinbase", Samples.COINBASE_TICKER))
                .containsExactly("QUOTES BTC-USD 3701220000000 x 0 @1700000001000000000");
        assertThat(ticksOf("coinbase-exchange", Samples.EXCHANGE_TICKER))
                .containsExactly(
                        "QUOTES ETH-USD 201300000000 x 0 @1700000000244075000"
                                + " #333938798-333938798");
        assertThat(ticksOf("kraken", Samples.KRAKEN_TICKER))
                .containsExactly("QUOTES ETH/USD 201402500000 x 0 @1700000000123456000");
        assertThat(ticksOf("okx", Samples.OKX_BEST))
                .containsExactly(
                        "QUOTES ETH-USDT-SWAP 201505500000 x 0 @1700000000802000000"
                                + " #363996337-363996337");
        assertThat(ticksOf("bybit", Samples.BYBIT_BEST))
                .containsExactly(
                        "QUOTES ETHUSDT 201651000000 x 0 @1700000000976000000"
                                + " #18521288-18521288");
    }

    @ParameterizedTest
    @CsvSource({
        "0.00000001, 0.00000002, 2",
        "0.00000002, 0.00000003, 2",
        "0.00000003, 0.00000004, 4",
        "1, 1, 100000000",
    })
    @Covers("FEED-007")
    void meanOfAQuoteIsRoundedHalfEven(String bid, String ask, long mean) {
        VenueProtocol protocol = of("kraken");
        FeedMessage message = read(protocol, krakenQuote(bid, ask));
        assertThat(message.count()).isEqualTo(1);
        assertThat(message.priceE8(0)).isEqualTo(mean);
    }

    private static String krakenQuote(String bid, String ask) {
        return "{\"channel\":\"ticker\",\"data\":[{\"symbol\":\"ETH/USD\",\"bid\":%s,\"ask\":%s}]}"
                .formatted(bid, ask);
    }

    @Test
    @Covers({"FEED-007", "FEED-004"})
    void quoteThatCannotBeIsRejectedWithItsReason() {
        VenueProtocol kraken = of("kraken");
        assertThat(rejections(read(kraken, krakenQuote("2", "1"))))
                .isEqualTo(Map.of(FeedRejection.CROSSED_QUOTE, 1));
        assertThat(rejections(read(kraken, krakenQuote("0", "1"))))
                .isEqualTo(Map.of(FeedRejection.NON_POSITIVE_PRICE, 1));
        assertThat(rejections(read(kraken, krakenQuote("1", "60000000000"))))
                .isEqualTo(Map.of(FeedRejection.NUMBER_TOO_LARGE, 1));
        assertThat(
                        rejections(
                                read(
                                        of("okx"),
                                        Samples.OKX_BEST.replace(
                                                "[[\"2015.06\",\"55154\",\"0\",\"2\"]]", "[]"))))
                .isEqualTo(Map.of(FeedRejection.ONE_SIDED_QUOTE, 1));
        assertThat(
                        rejections(
                                read(
                                        of("bybit"),
                                        Samples.BYBIT_BEST.replace(
                                                "[[\"2016.50\",\"0.006\"]]", "[]"))))
                .isEqualTo(Map.of(FeedRejection.ONE_SIDED_QUOTE, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "binance-spot | {\"result\":null,\"id\":1} | ACKNOWLEDGED",
                "binance-spot | {\"e\":\"serverShutdown\",\"E\":1} | CLOSING",
                "binance-spot | {\"e\":\"kline\",\"E\":1,\"s\":\"BTCUSDT\"} | IGNORED",
                "binance-spot | {\"error\":{\"code\":2,\"msg\":\"x\"},\"id\":1} | REJECTED",
                "binance-usdm | {\"code\":2,\"msg\":\"x\"} | REJECTED",
                "coinbase | {\"channel\":\"heartbeats\",\"sequence_num\":2} | HEARTBEAT",
                "coinbase | {\"channel\":\"subscriptions\",\"sequence_num\":1} | ACKNOWLEDGED",
                "coinbase | {\"channel\":\"candles\",\"sequence_num\":1} | IGNORED",
                "coinbase | {\"type\":\"error\",\"message\":\"x\"} | REJECTED",
                "coinbase-exchange | {\"type\":\"heartbeat\"} | HEARTBEAT",
                "coinbase-exchange | {\"type\":\"subscriptions\"} | ACKNOWLEDGED",
                "coinbase-exchange | {\"type\":\"l2update\"} | IGNORED",
                "coinbase-exchange | {\"type\":\"error\"} | REJECTED",
                "kraken | {\"channel\":\"heartbeat\"} | HEARTBEAT",
                "kraken | {\"method\":\"pong\"} | HEARTBEAT",
                "kraken | {\"channel\":\"status\",\"data\":[]} | ACKNOWLEDGED",
                "kraken | {\"method\":\"subscribe\",\"success\":true} | ACKNOWLEDGED",
                "kraken | {\"method\":\"subscribe\",\"success\":false} | REJECTED",
                "kraken | {\"channel\":\"book\",\"data\":[]} | IGNORED",
                "okx | pong | HEARTBEAT",
                "okx | {\"event\":\"subscribe\",\"arg\":{}} | ACKNOWLEDGED",
                "okx | {\"event\":\"channel-conn-count\",\"connCount\":\"2\"} | ACKNOWLEDGED",
                "okx | {\"event\":\"notice\",\"code\":\"64008\"} | CLOSING",
                "okx | {\"event\":\"error\",\"code\":\"60012\"} | REJECTED",
                "okx | {\"arg\":{\"channel\":\"books\",\"instId\":\"X\"},\"data\":[]} | IGNORED",
                "bybit | {\"success\":true,\"ret_msg\":\"pong\",\"op\":\"ping\"} | HEARTBEAT",
                "bybit | {\"op\":\"pong\",\"args\":[\"1\"]} | HEARTBEAT",
                "bybit | {\"success\":true,\"ret_msg\":\"\",\"op\":\"subscribe\"} | ACKNOWLEDGED",
                "bybit | {\"success\":false,\"ret_msg\":\"no\",\"op\":\"subscribe\"} | REJECTED",
                "bybit | {\"topic\":\"tickers.BTCUSDT\",\"data\":{}} | IGNORED",
                "bybit | {\"topic\":\"orderbook.1.BTCUSDT\",\"type\":\"delta\",\"data\":{}}"
                        + " | IGNORED",
            })
    @Covers("FEED-003")
    void messageWithoutAPriceIsKnownForWhatItIs(String name, String text, FeedMessageKind kind) {
        FeedMessage message = read(of(name), text);
        assertThat(message.kind()).isEqualTo(kind);
        assertThat(message.rejected()).isEqualTo(kind == FeedMessageKind.REJECTED ? 1 : 0);
    }

    @Test
    @Covers("FEED-011")
    void errorOfTheVenueKeepsTheBeginningOfItsWords() {
        FeedMessage message =
                read(of("kraken"), "{\"error\":\"no such pair\u0007 ö" + "x".repeat(300) + "\"}");
        // A control character breaks the text, so that one first.
        assertThat(rejections(message)).isEqualTo(Map.of(FeedRejection.MALFORMED, 1));
        message = read(of("kraken"), "{\"error\":\"no such pair ö" + "x".repeat(300) + "\"}");
        assertThat(rejections(message)).isEqualTo(Map.of(FeedRejection.VENUE_ERROR, 1));
        assertThat(message.venueError().orElseThrow())
                .startsWith("{\"error\":\"no such pair ?")
                .hasSizeLessThanOrEqualTo(160);
    }

    @Test
    @Covers("FEED-011")
    void marketAndMessageThatAreNotKnownAreCounted() {
        assertThat(
                        rejections(
                                read(
                                        of("okx"),
                                        Samples.OKX_TRADE.replace(
                                                "\"instId\":\"BTC-USDT\"},",
                                                "\"instId\":\"XYZ-USDT\"},"))))
                .isEqualTo(Map.of(FeedRejection.UNKNOWN_MARKET, 1));
        for (String name : Feeds.ALL.keySet()) {
            assertThat(rejections(read(of(name), "{\"hello\":\"world\"}")))
                    .isEqualTo(Map.of(FeedRejection.UNKNOWN_MESSAGE, 1));
            assertThat(rejections(read(of(name), "[1,2]")))
                    .isEqualTo(Map.of(FeedRejection.UNKNOWN_MESSAGE, 1));
        }
    }

    @Test
    @Covers({"FEED-005", "FEED-004"})
    void badPriceIsRejectedAloneAndTheOthersAreTaken() {
        VenueProtocol protocol = of("kraken");
        FeedMessage message = read(protocol, Samples.KRAKEN_TRADES.replace("37020.1", "\"abc\""));
        assertThat(message.kind()).isEqualTo(FeedMessageKind.TICKS);
        assertThat(ticks(message, protocol))
                .containsExactly(
                        "TRADES BTC/USD 3702020000000 x 100000000 @1700000000708707000"
                                + " #4665907-4665907");
        assertThat(rejections(message)).isEqualTo(Map.of(FeedRejection.BAD_NUMBER, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}}",
                "nonsense",
                "{\"a\"",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":tru}",
                "{\"a\":\"x}",
                "{\"a\":[1}",
                "{\"a\":[{]}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{a:1}",
                "pon",
                "pongx",
            })
    @Covers("FEED-005")
    void brokenTextIsRejectedAsAWhole(String text) {
        for (String name : Feeds.ALL.keySet()) {
            FeedMessage message = read(of(name), text);
            assertThat(message.kind()).as(name).isEqualTo(FeedMessageKind.REJECTED);
            assertThat(rejections(message)).as(name).isEqualTo(Map.of(FeedRejection.MALFORMED, 1));
        }
    }

    @Test
    @Covers("FEED-005")
    void everyCutMessageAndEveryTailIsRejectedAsAWhole() {
        Samples.ALL.forEach(
                (name, messages) -> {
                    VenueProtocol protocol = of(name);
                    for (String text : messages) {
                        for (int length = 0; length < text.length(); length++) {
                            FeedMessage cut = read(protocol, text.substring(0, length));
                            assertThat(cut.kind()).isEqualTo(FeedMessageKind.REJECTED);
                            assertThat(cut.count()).isZero();
                        }
                        assertThat(read(protocol, text + " x").count()).isZero();
                        assertThat(rejections(read(protocol, text + text)))
                                .containsOnlyKeys(FeedRejection.MALFORMED);
                    }
                });
    }

    @Test
    @Covers("FEED-008")
    void orderOfTheFieldsAndUnknownFieldsHaveNoMeaning() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (String name : Samples.ALL.keySet()) {
            VenueProtocol protocol = of(name);
            for (String text : Samples.ALL.get(name)) {
                if (text.startsWith("{")) {
                    String turned = turned(json.readTree(text)).toString();
                    FeedMessage expected = read(protocol, text);
                    FeedMessage actual = read(protocol, turned);
                    assertThat(actual.kind()).as(turned).isEqualTo(expected.kind());
                    assertThat(ticks(actual, protocol)).isEqualTo(ticks(expected, protocol));
                }
            }
        }
    }

    /** The same object with its fields in reverse order and a strange one in front of each. */
    private static JsonNode turned(JsonNode node) {
        ObjectMapper json = new ObjectMapper();
        if (node.isObject()) {
            var result = json.createObjectNode();
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.reverse(names);
            for (String name : names) {
                result.set("strange" + name, json.createArrayNode().add("}]\"\\").add(1.5));
                result.set(name, turned(node.get(name)));
            }
            return result;
        }
        if (node.isArray()) {
            var result = json.createArrayNode();
            node.forEach(each -> result.add(turned(each)));
            return result;
        }
        return node;
    }

    @Test
    @Covers("FEED-008")
    void fieldThatStandsTwiceOrNotAtAllIsRejected() {
        assertThat(
                        rejections(
                                read(
                                        of("bybit"),
                                        Samples.BYBIT_TRADE.replace(
                                                "\"p\":\"37040.50\"",
                                                "\"p\":\"37040.50\",\"p\":\"1\""))))
                .isEqualTo(Map.of(FeedRejection.DUPLICATE_FIELD, 1));
        assertThat(
                        rejections(
                                read(
                                        of("bybit"),
                                        Samples.BYBIT_TRADE.replace("\"p\":\"37040.50\",", ""))))
                .isEqualTo(Map.of(FeedRejection.MISSING_FIELD, 1));
    }

    @Test
    @Covers("FEED-009")
    void sizeIsCountedInBaseUnitsAndCut() {
        VenueProtocol protocol =
                protocol(
                        "okx",
                        new FeedMarkets(
                                List.of(market("BTC-USDT", "0.01"), market("ETH-USDT-SWAP", "1"))));
        assertThat(read(protocol, okxSize("3")).sizeE8(0)).isEqualTo(3_000_000);
        // 0.12060306 x 0.01 = 0.0012060306, cut to 8 decimals.
        assertThat(read(protocol, okxSize("0.12060306")).sizeE8(0)).isEqualTo(120_603);
        assertThat(read(protocol, okxSize("0.123456789")).sizeE8(0)).isEqualTo(123_456);
        assertThat(rejections(read(protocol, okxSize("-1"))))
                .isEqualTo(Map.of(FeedRejection.NEGATIVE_SIZE, 1));
        VenueProtocol large =
                protocol("okx", new FeedMarkets(List.of(market("BTC-USDT", "1000000000"))));
        assertThat(rejections(read(large, okxSize("90000000000"))))
                .isEqualTo(Map.of(FeedRejection.NUMBER_TOO_LARGE, 1));
        assertThat(read(large, okxSize("40")).sizeE8(0)).isEqualTo(4_000_000_000_000_000_000L);
    }

    private static String okxSize(String size) {
        return Samples.OKX_TRADE.replace("0.12060306", size);
    }

    @Test
    @Covers("FEED-004")
    void countOfTradesThatCannotBeIsRejected() {
        for (String count : List.of("0", "130639475")) {
            assertThat(
                            rejections(
                                    read(
                                            of("okx"),
                                            Samples.OKX_TRADE.replace(
                                                    "\"count\":\"3\"",
                                                    "\"count\":\"" + count + "\""))))
                    .isEqualTo(Map.of(FeedRejection.BAD_NUMBER, 1));
        }
    }

    @Test
    @Covers("FEED-004")
    void moreTradesThanAMessageMayHaveAreCounted() {
        String trade = Samples.KRAKEN_TRADES.replaceAll("^.*?\\[|,\\{.*$", "");
        String all =
                "{\"channel\":\"trade\",\"data\":["
                        + String.join(
                                ",", Collections.nCopies(FeedMessage.MAXIMUM_TICKS + 3, trade))
                        + "]}";
        FeedMessage message = read(of("kraken"), all);
        assertThat(message.count()).isEqualTo(FeedMessage.MAXIMUM_TICKS);
        assertThat(rejections(message)).isEqualTo(Map.of(FeedRejection.TOO_MANY_TICKS, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binance-spot", "binance-usdm", "okx", "bybit"})
    @Covers("FEED-002")
    void subscriptionNamesEveryMarketAndChannelOnceInRequestsOfBoundedSize(String name)
            throws Exception {
        String[] symbols = IntStream.range(0, 130).mapToObj(i -> "COIN" + i).toArray(String[]::new);
        VenueProtocol protocol = protocol(name, symbols);
        List<String> requests = protocol.subscribe(protocol.markets().all());
        Set<String> seen = new HashSet<>();
        int most = name.equals("bybit") ? 10 : 100;
        ObjectMapper json = new ObjectMapper();
        for (String request : requests) {
            JsonNode node = json.readTree(request);
            JsonNode list = node.has("params") ? node.get("params") : node.get("args");
            assertThat(list.size()).isBetween(1, most);
            list.forEach(each -> assertThat(seen.add(each.toString())).isTrue());
        }
        assertThat(seen).hasSize(260);
        assertThat(protocol.unsubscribe(protocol.markets().all())).hasSameSizeAs(requests);
    }

    @Test
    @Covers("FEED-002")
    void requestsAreThoseOfTheVenues() {
        assertThat(subscribe("binance-spot", "BTCUSDT"))
                .containsExactly(
                        "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@aggTrade\","
                                + "\"btcusdt@bookTicker\"],\"id\":1}");
        assertThat(subscribe("okx", "BTC-USDT"))
                .containsExactly(
                        "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"trades\","
                                + "\"instId\":\"BTC-USDT\"},{\"channel\":\"bbo-tbt\","
                                + "\"instId\":\"BTC-USDT\"}]}");
        assertThat(subscribe("bybit", "BTCUSDT"))
                .containsExactly(
                        "{\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\","
                                + "\"orderbook.1.BTCUSDT\"]}");
        assertThat(subscribe("kraken", "BTC/USD", "ETH/USD"))
                .containsExactly(
                        "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\","
                                + "\"snapshot\":false,\"symbol\":[\"BTC/USD\",\"ETH/USD\"]}}",
                        "{\"method\":\"subscribe\",\"params\":{\"channel\":\"ticker\","
                                + "\"event_trigger\":\"bbo\","
                                + "\"symbol\":[\"BTC/USD\",\"ETH/USD\"]}}");
        assertThat(subscribe("coinbase", "BTC-USD"))
                .containsExactly(
                        "{\"type\":\"subscribe\",\"channel\":\"heartbeats\"}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],"
                                + "\"channel\":\"market_trades\"}",
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],"
                                + "\"channel\":\"ticker\"}");
        assertThat(subscribe("coinbase-exchange", "BTC-USD"))
                .containsExactly(
                        "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],"
                                + "\"channels\":[\"heartbeat\",\"matches\",\"ticker\"]}");
    }

    private static List<String> subscribe(String name, String... symbols) {
        VenueProtocol protocol = protocol(name, symbols);
        return protocol.subscribe(protocol.markets().all());
    }

    @Test
    @Covers("FEED-002")
    void oneChannelAloneIsAskedForAlone() {
        Feeds.ALL.forEach(
                (name, make) -> {
                    VenueProtocol trades =
                            make.apply(Feeds.markets("X"), EnumSet.of(Channel.TRADES));
                    VenueProtocol quotes =
                            make.apply(Feeds.markets("X"), EnumSet.of(Channel.QUOTES));
                    String all = String.join("", trades.subscribe(trades.markets().all()));
                    assertThat(all).as(name).doesNotContainPattern("icker|bbo|orderbook");
                    String other = String.join("", quotes.subscribe(quotes.markets().all()));
                    assertThat(other).as(name).doesNotContainPattern("rade|matches");
                });
    }

    @Test
    @Covers("FEED-002")
    void marketsThatCannotBeAskedForAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeedMarkets(List.of()))
                .withMessageContaining("0, 1 to 512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feeds.markets("X", "Y", "X"))
                .withMessageContaining("X is named twice");
        assertThatIllegalArgumentException().isThrownBy(() -> market("a\"b", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> market("X", "0"))
                .withMessageContaining("more than 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KrakenProtocol(Feeds.markets("X"), List.of()))
                .withMessageContaining("trades or quotes");
    }
}
