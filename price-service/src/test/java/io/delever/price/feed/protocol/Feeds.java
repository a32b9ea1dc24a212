package io.delever.price.feed.protocol;

import io.delever.engine.market.VenueId;
import io.delever.engine.money.Quantity;
import io.delever.engine.pricing.SourceId;
import io.delever.price.core.FeedRejection;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Every protocol with markets, and what a message means to it. */
public final class Feeds {
    /** When every message of these tests arrives: 14 November 2023 22:13:20 UTC. */
    public static final long ARRIVAL = 1_700_000_000_000_000_000L;

    private static final Set<Channel> BOTH = EnumSet.allOf(Channel.class);

    /** Each protocol by its name. */
    public static final Map<String, BiFunction<FeedMarkets, Set<Channel>, VenueProtocol>> ALL =
            Map.of(
                    "binance-spot",
                    (markets, channels) ->
                            new BinanceProtocol(BinanceProtocol.Product.SPOT, markets, channels),
                    "binance-usdm",
                    (markets, channels) ->
                            new BinanceProtocol(BinanceProtocol.Product.USD_M, markets, channels),
                    "coinbase",
                    CoinbaseProtocol::new,
                    "coinbase-exchange",
                    CoinbaseExchangeProtocol::new,
                    "kraken",
                    KrakenProtocol::new,
                    "okx",
                    OkxProtocol::new,
                    "bybit",
                    BybitProtocol::new);

    private Feeds() {}

    /** A protocol with both channels of the markets that the samples speak of. */
    public static VenueProtocol sample(String name) {
        return protocol(name, Objects.requireNonNull(Samples.SYMBOLS.get(name)));
    }

    /** A protocol with both channels of these symbols. */
    public static VenueProtocol protocol(String name, String... symbols) {
        return protocol(name, markets(symbols));
    }

    static VenueProtocol protocol(String name, FeedMarkets markets) {
        return Objects.requireNonNull(ALL.get(name)).apply(markets, BOTH);
    }

    /** Markets in base units. */
    public static FeedMarkets markets(String... symbols) {
        return new FeedMarkets(Stream.of(symbols).map(symbol -> market(symbol, "1")).toList());
    }

    static FeedMarket market(String symbol, String contractSize) {
        return new FeedMarket(
                symbol, new SourceId(new VenueId("venue"), symbol), Quantity.parse(contractSize));
    }

    /** What a text means. */
    public static FeedMessage read(VenueProtocol protocol, String text) {
        return read(protocol, text.getBytes(StandardCharsets.UTF_8));
    }

    static FeedMessage read(VenueProtocol protocol, byte[] bytes) {
        FeedMessage message = new FeedMessage();
        protocol.read(bytes, 0, bytes.length, ARRIVAL, message);
        return message;
    }

    /** The prices of a message in a form that is easy to compare. */
    public static List<String> ticks(FeedMessage message, VenueProtocol protocol) {
        return Stream.iterate(0, i -> i < message.count(), i -> i + 1)
                .map(i -> tick(message, i, protocol))
                .toList();
    }

    private static String tick(FeedMessage message, int i, VenueProtocol protocol) {
        String numbers =
                message.isNumbered(i)
                        ? " #" + message.firstSequence(i) + "-" + message.lastSequence(i)
                        : "";
        return "%s %s %d x %d @%d%s"
                .formatted(
                        message.channel(i),
                        protocol.markets().get(message.market(i)).symbol(),
                        message.priceE8(i),
                        message.sizeE8(i),
                        message.eventTimeNanos(i),
                        numbers);
    }

    /** The rejections of a message as a plain map. */
    static Map<FeedRejection, Integer> rejections(FeedMessage message) {
        return Map.copyOf(message.rejections());
    }
}
