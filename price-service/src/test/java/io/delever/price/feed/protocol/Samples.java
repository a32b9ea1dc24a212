package io.delever.price.feed.protocol;

import java.util.List;
import java.util.Map;

/** Messages of every kind in the present protocols, written for these tests. */
public final class Samples {
    /** The markets that the messages speak of. */
    public static final Map<String, String[]> SYMBOLS =
            Map.of(
                    "binance-spot", new String[] {"BTCUSDT", "ETHUSDT"},
                    "binance-usdm", new String[] {"BTCUSDT", "ETHUSDT"},
                    "coinbase", new String[] {"BTC-USD", "ETH-USD"},
                    "coinbase-exchange", new String[] {"BTC-USD", "ETH-USD"},
                    "kraken", new String[] {"BTC/USD", "ETH/USD"},
                    "okx", new String[] {"BTC-USDT", "ETH-USDT-SWAP"},
                    "bybit", new String[] {"BTCUSDT", "ETHUSDT"});

    static final String BINANCE_TRADE =
            "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1700000000123,"
                    + "\"s\":\"BTCUSDT\",\"a\":26129,\"p\":\"37010.55000000\",\"q\":\"0.00510000\","
                    + "\"f\":27781,\"l\":27785,\"T\":1700000000120,\"m\":true,\"M\":true}}";
    static final String BINANCE_SPOT_QUOTE =
            "{\"stream\":\"btcusdt@bookTicker\",\"data\":{\"u\":400900217,\"s\":\"BTCUSDT\","
                + "\"b\":\"37010.10000000\",\"B\":\"3.2\",\"a\":\"37010.11000000\",\"A\":\"4.1\"}}";
    static final String BINANCE_USDM_QUOTE =
            "{\"e\":\"bookTicker\",\"u\":400900217,\"E\":1700000000125,\"T\":1700000000121,"
                + "\"s\":\"ETHUSDT\",\"b\":\"2010.10\",\"B\":\"31\",\"a\":\"2010.12\",\"A\":\"40\"}";
    static final String COINBASE_TRADES =
            "{\"channel\":\"market_trades\",\"client_id\":\"\","
                + "\"timestamp\":\"2023-11-14T22:13:20.5Z\",\"sequence_num\":41,\"events\":["
                + "{\"type\":\"update\",\"trades\":[{\"trade_id\":\"12\",\"product_id\":\"ETH-USD\","
                + "\"price\":\"2012.50\",\"size\":\"0.3\",\"side\":\"BUY\","
                + "\"time\":\"2023-11-14T22:13:20.400000001Z\"},{\"trade_id\":\"11\","
                + "\"product_id\":\"ETH-USD\",\"price\":\"2012.4\",\"size\":\"0.1\","
                + "\"side\":\"SELL\",\"time\":\"2023-11-14T22:13:20.39Z\"}]}]}";
    static final String COINBASE_TICKER =
            "{\"channel\":\"ticker\",\"client_id\":\"\",\"timestamp\":\"2023-11-14T22:13:21Z\","
                    + "\"sequence_num\":42,\"events\":[{\"type\":\"update\",\"tickers\":[{"
                    + "\"type\":\"ticker\",\"product_id\":\"BTC-USD\",\"price\":\"37012.2\","
                    + "\"best_bid\":\"37012.19\",\"best_bid_quantity\":\"1.5\","
                    + "\"best_ask\":\"37012.21\",\"best_ask_quantity\":\"0.5\"}]}]}";
    static final String EXCHANGE_MATCH =
            "{\"type\":\"match\",\"trade_id\":881614,\"maker_order_id\":\"a\",\"taker_order_id\":"
                    + "\"b\",\"side\":\"sell\",\"size\":\"0.04\",\"price\":\"37001.5\","
                    + "\"product_id\":\"BTC-USD\",\"sequence\":333938799,"
                    + "\"time\":\"2023-11-14T22:13:20.244075Z\"}";
    static final String EXCHANGE_TICKER =
            "{\"type\":\"ticker\",\"sequence\":333938798,\"product_id\":\"ETH-USD\","
                + "\"price\":\"2013\",\"best_bid\":\"2012.99\",\"best_bid_size\":\"2\","
                + "\"best_ask\":\"2013.01\",\"best_ask_size\":\"3\",\"side\":\"buy\","
                + "\"time\":\"2023-11-14T22:13:20.244075Z\",\"trade_id\":88,\"last_size\":\"1\"}";
    static final String KRAKEN_TRADES =
            "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
                    + "\"side\":\"sell\",\"price\":37020.1,\"qty\":2.5e-4,\"ord_type\":\"market\","
                    + "\"trade_id\":4665906,\"timestamp\":\"2023-11-14T22:13:20.708706Z\"},"
                    + "{\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":37020.2,\"qty\":1,"
                    + "\"ord_type\":\"limit\",\"trade_id\":4665907,"
                    + "\"timestamp\":\"2023-11-14T22:13:20.708707Z\"}]}";
    static final String KRAKEN_TICKER =
            "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"ETH/USD\","
                    + "\"bid\":2014.01,\"bid_qty\":7.4,\"ask\":2014.04,\"ask_qty\":13.6,"
                    + "\"last\":2014.02,\"volume\":997038.9,\"vwap\":2010.1,\"low\":1990.0,"
                    + "\"high\":2030.0,\"change\":-0.5,\"change_pct\":-0.16,"
                    + "\"timestamp\":\"2023-11-14T22:13:20.123456Z\"}]}";
    static final String OKX_TRADE =
            "{\"arg\":{\"channel\":\"trades\",\"instId\":\"BTC-USDT\"},\"data\":[{"
                    + "\"instId\":\"BTC-USDT\",\"tradeId\":\"130639474\",\"px\":\"37030.9\","
                    + "\"sz\":\"0.12060306\",\"side\":\"buy\",\"ts\":\"1700000000897\","
                    + "\"count\":\"3\",\"source\":\"0\",\"seqId\":1234}]}";
    static final String OKX_BEST =
            "{\"arg\":{\"channel\":\"bbo-tbt\",\"instId\":\"ETH-USDT-SWAP\"},\"data\":[{"
                    + "\"asks\":[[\"2015.06\",\"55154\",\"0\",\"2\"]],"
                    + "\"bids\":[[\"2015.05\",\"57745\",\"0\",\"2\"]],"
                    + "\"ts\":\"1700000000802\",\"seqId\":363996337}]}";
    static final String BYBIT_TRADE =
            "{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":1700000000868,"
                + "\"data\":[{\"T\":1700000000865,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"0.001\","
                + "\"p\":\"37040.50\",\"L\":\"PlusTick\","
                + "\"i\":\"20f43950-d8dd-5b31-9112-a178eb6023af\",\"BT\":false,\"RPI\":false}]}";
    static final String BYBIT_BEST =
            "{\"topic\":\"orderbook.1.ETHUSDT\",\"type\":\"snapshot\",\"ts\":1700000000978,"
                    + "\"data\":{\"s\":\"ETHUSDT\",\"b\":[[\"2016.50\",\"0.006\"]],"
                    + "\"a\":[[\"2016.52\",\"0.029\"]],\"u\":18521288,\"seq\":7961638724},"
                    + "\"cts\":1700000000976}";

    /** Messages of each protocol, of every kind. */
    public static final Map<String, List<String>> ALL =
            Map.of(
                    "binance-spot",
                    List.of(
                            BINANCE_TRADE,
                            BINANCE_SPOT_QUOTE,
                            "{\"result\":null,\"id\":1}",
                            "{\"error\":{\"code\":2,\"msg\":\"Invalid request\"},\"id\":1}",
                            "{\"e\":\"serverShutdown\",\"E\":1700000000000}"),
                    "binance-usdm",
                    List.of(
                            BINANCE_TRADE,
                            BINANCE_USDM_QUOTE,
                            "{\"code\":2,\"msg\":\"Invalid request: unknown property\"}"),
                    "coinbase",
                    List.of(
                            COINBASE_TRADES,
                            COINBASE_TICKER,
                            "{\"channel\":\"heartbeats\",\"timestamp\":\"2023-11-14T22:13:21Z\","
                                    + "\"sequence_num\":43,\"events\":[{\"current_time\":\"x\","
                                    + "\"heartbeat_counter\":\"3049\"}]}",
                            "{\"channel\":\"subscriptions\",\"sequence_num\":0,\"events\":["
                                    + "{\"subscriptions\":{\"ticker\":[\"BTC-USD\"]}}]}",
                            "{\"type\":\"error\",\"message\":\"rate limit exceeded\"}"),
                    "coinbase-exchange",
                    List.of(
                            EXCHANGE_MATCH,
                            EXCHANGE_TICKER,
                            "{\"type\":\"heartbeat\",\"last_trade_id\":0,\"product_id\":"
                                + "\"BTC-USD\",\"sequence\":1,\"time\":\"2023-11-14T22:13:21Z\"}",
                            "{\"type\":\"subscriptions\",\"channels\":[]}",
                            "{\"type\":\"error\",\"message\":\"Failed to subscribe\"}"),
                    "kraken",
                    List.of(
                            KRAKEN_TRADES,
                            KRAKEN_TICKER,
                            "{\"channel\":\"heartbeat\"}",
                            "{\"method\":\"pong\",\"time_in\":\"2023-11-14T22:13:21.1Z\"}",
                            "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{"
                                    + "\"api_version\":\"v2\",\"system\":\"online\"}]}",
                            "{\"method\":\"subscribe\",\"success\":true,\"result\":{}}",
                            "{\"error\":\"Currency pair not supported\",\"method\":\"subscribe\","
                                    + "\"success\":false}"),
                    "okx",
                    List.of(
                            OKX_TRADE,
                            OKX_BEST,
                            "pong",
                            "{\"event\":\"subscribe\",\"arg\":{\"channel\":\"trades\"}}",
                            "{\"event\":\"error\",\"code\":\"60012\",\"msg\":\"Invalid request\"}",
                            "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"soon closed\"}"),
                    "bybit",
                    List.of(
                            BYBIT_TRADE,
                            BYBIT_BEST,
                            "{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"1\","
                                    + "\"op\":\"ping\"}",
                            "{\"success\":true,\"ret_msg\":\"subscribe\",\"op\":\"subscribe\"}",
                            "{\"success\":false,\"ret_msg\":\"error:handler not found\","
                                    + "\"op\":\"subscribe\"}"));

    private Samples() {}
}
