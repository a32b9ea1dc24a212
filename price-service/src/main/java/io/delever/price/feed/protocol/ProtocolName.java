package io.delever.price.feed.protocol;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;

/** The protocols by their names in the configuration, each with the venue's public address. */
public enum ProtocolName {
    /** Binance spot. */
    BINANCE_SPOT("binance-spot", "wss://stream.binance.com:9443/stream"),
    /** Binance USD-M futures. */
    BINANCE_USDM("binance-usdm", "wss://fstream.binance.com/stream"),
    /** Coinbase Advanced Trade. */
    COINBASE("coinbase", "wss://advanced-trade-ws.coinbase.com"),
    /** Coinbase Exchange. */
    COINBASE_EXCHANGE("coinbase-exchange", "wss://ws-feed.exchange.coinbase.com"),
    /** Kraken, version 2. */
    KRAKEN("kraken", "wss://ws.kraken.com/v2"),
    /** OKX, version 5. */
    OKX("okx", "wss://ws.okx.com:8443/ws/v5/public"),
    /** Bybit, version 5; the address is that of spot. */
    BYBIT("bybit", "wss://stream.bybit.com/v5/public/spot");

    private final String text;
    private final URI url;

    ProtocolName(String text, String url) {
        this.text = text;
        this.url = URI.create(url);
    }

    /**
     * The protocol of this name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static ProtocolName parse(String text) {
        return Arrays.stream(values())
                .filter(name -> name.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no protocol is named %s; there are %s"
                                                .formatted(text, Arrays.toString(values()))));
    }

    /** Where the venue's public feed is. */
    public URI url() {
        return url;
    }

    /** The protocol with these markets and channels. */
    public VenueProtocol protocol(FeedMarkets markets, Collection<Channel> channels) {
        return switch (this) {
            case BINANCE_SPOT ->
                    new BinanceProtocol(BinanceProtocol.Product.SPOT, markets, channels);
            case BINANCE_USDM ->
                    new BinanceProtocol(BinanceProtocol.Product.USD_M, markets, channels);
            case COINBASE -> new CoinbaseProtocol(markets, channels);
            case COINBASE_EXCHANGE -> new CoinbaseExchangeProtocol(markets, channels);
            case KRAKEN -> new KrakenProtocol(markets, channels);
            case OKX -> new OkxProtocol(markets, channels);
            case BYBIT -> new BybitProtocol(markets, channels);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
