package io.delever.price.feed;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;

/** Trades of one market as a venue writes them; size and number are the same. */
final class VenueTape {
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final Map<String, String> FORMS =
            Map.of(
                    "binance-spot",
                    "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":%3$d,\"s\":\"BTCUSDT\",\"a\":%1$d,\"p\":\"%2$s\",\"q\":\"%1$d\",\"f\":1,\"l\":2,\"T\":%3$d,\"m\":true,\"M\":true}}",
                    "binance-usdm",
                    "{\"e\":\"aggTrade\",\"E\":%3$d,\"a\":%1$d,\"s\":\"BTCUSDT\",\"p\":\"%2$s\",\"q\":\"%1$d\",\"f\":1,\"l\":2,\"T\":%3$d,\"m\":true}",
                    "coinbase-exchange",
                    "{\"type\":\"match\",\"trade_id\":%1$d,\"side\":\"sell\",\"size\":\"%1$d\",\"price\":\"%2$s\",\"product_id\":\"BTC-USD\",\"sequence\":%1$d,\"time\":\"%4$s\"}",
                    "kraken",
                    "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"side\":\"sell\",\"price\":%2$s,\"qty\":%1$d,\"ord_type\":\"market\",\"trade_id\":%1$d,\"timestamp\":\"%4$s\"}]}",
                    "okx",
                    "{\"arg\":{\"channel\":\"trades\",\"instId\":\"BTC-USDT\"},\"data\":[{\"instId\":\"BTC-USDT\",\"tradeId\":\"%1$d\",\"px\":\"%2$s\",\"sz\":\"%1$d\",\"side\":\"buy\",\"ts\":\"%3$d\",\"count\":\"1\"}]}");

    private VenueTape() {}

    /** The protocols whose trades have consecutive numbers and of which there are tapes. */
    static Iterable<String> names() {
        return FORMS.keySet().stream().sorted().toList();
    }

    /** The trade of each number. Its time is its number in milliseconds after the start. */
    static LongFunction<String> of(String name) {
        String form = Objects.requireNonNull(FORMS.get(name));
        return number -> {
            long millis = START_MILLIS + number;
            return form.formatted(
                    number,
                    "%d.%02d".formatted(30_000 + number % 1_000, number % 100),
                    millis,
                    Instant.ofEpochMilli(millis));
        };
    }
}
