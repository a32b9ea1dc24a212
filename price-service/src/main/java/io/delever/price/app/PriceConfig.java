package io.delever.price.app;

import io.delever.price.feed.protocol.Channel;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that can be configured about this service; a test pins the defaults. */
@ConfigMapping(prefix = "delever")
public interface PriceConfig {
    /** What a tick may be. */
    Pricing pricing();

    /** How much work may wait. */
    Queue queue();

    /** How prices leave. */
    Stream stream();

    /** The venues' public feeds by their names; none where nothing is configured. */
    Map<String, Feed> feeds();

    /** The patience of all feeds. */
    FeedPatience feedLimits();

    /** How candles are kept. */
    History history();

    /** Most instruments that may be listed. */
    @WithDefault("1024")
    int maximumInstruments();

    /** Limits of a tick (PRIC-012, PRIC-013, PRIC-016). */
    interface Pricing {
        /** Greatest admitted price, a decimal number. */
        @WithDefault("100000000")
        String greatestPrice();

        /** How far a venue's clock may be ahead of ours. */
        @WithDefault("1s")
        Duration futureSkew();

        /** How many times a price may differ from the source's own fresh last price. */
        @WithDefault("5")
        int jumpFactor();
    }

    /** Limits of the queue before the loop (PSVC-004). */
    interface Queue {
        /** Most batches. */
        @WithDefault("4096")
        int batches();

        /** Most ticks in all waiting batches together. */
        @WithDefault("262144")
        int ticks();

        /** Most ticks in one batch. */
        @WithDefault("16384")
        int ticksPerBatch();
    }

    /** Candles (PSVC-050 to PSVC-055). */
    interface History {
        /** How often they are written. */
        @WithDefault("1s")
        Duration writeInterval();

        /** Most complete candles that wait for the database. */
        @WithDefault("262144")
        int pending();

        /** How long candles of one second are kept. */
        @WithDefault("24h")
        Duration keepSeconds();

        /** How long candles of one minute are kept. */
        @WithDefault("720h")
        Duration keepMinutes();

        /** How long candles of five minutes are kept. */
        @WithDefault("2160h")
        Duration keepFiveMinutes();

        /** How long candles of one hour are kept. */
        @WithDefault("17520h")
        Duration keepHours();
    }

    /** The outgoing stream. */
    interface Stream {
        /** How often changes are published. */
        @WithDefault("5ms")
        Duration flushInterval();

        /** After this long without a change an empty batch says that the service lives. */
        @WithDefault("1s")
        Duration heartbeatInterval();

        /** Published batches that are kept for readers that resume. */
        @WithDefault("4096")
        int history();

        /** Most readers at a time. */
        @WithDefault("256")
        int maximumSubscriptions();
    }

    /** One connection to one venue. */
    interface Feed {
        /** How the venue speaks: one of the names in docs/spec/feeds.md. */
        String protocol();

        /** Where the venue is; the protocol's public address where it is not given. */
        Optional<URI> url();

        /** The venue of the sources that the prices belong to; the feed's name where not given. */
        Optional<String> venue();

        /** What of each market; with both, a trade older than the newest quote is not taken. */
        @WithDefault("quotes")
        Set<Channel> channels();

        /** What to subscribe to. */
        List<Market> markets();
    }

    /** One market of a feed. */
    interface Market {
        /** The venue's name of it. */
        String symbol();

        /** The market of the source that its prices belong to; the symbol where not given. */
        Optional<String> source();

        /** Base units of one unit of the venue's sizes, a decimal number. */
        @WithDefault("1")
        String contractSize();
    }

    /** How long a feed waits for what (FEED-026). */
    interface FeedPatience {
        /** Longest wait for a connection. */
        @WithDefault("10s")
        Duration connectTimeout();

        /** Wait after the first failure; half of it is chance. */
        @WithDefault("1s")
        Duration firstBackoff();

        /** Longest wait between attempts. */
        @WithDefault("30s")
        Duration longestBackoff();

        /** A connection that gave prices for so long lets the wait begin anew. */
        @WithDefault("1m")
        Duration stableAfter();

        /** Without any price for so long the connection is given up. */
        @WithDefault("30s")
        Duration tickSilence();

        /** A market without a price for so long is subscribed to anew. */
        @WithDefault("2m")
        Duration marketSilence();

        /** Longest time that a price waits for others to go with. */
        @WithDefault("2ms")
        Duration flushInterval();

        /** Most prices that go together. */
        @WithDefault("1024")
        int batchTicks();
    }
}
