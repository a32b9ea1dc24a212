package io.delever.price.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Everything that can be configured about this service; a test pins the defaults. */
@ConfigMapping(prefix = "delever")
public interface PriceConfig {
    /** What a tick may be. */
    Pricing pricing();

    /** How much work may wait. */
    Queue queue();

    /** How prices leave. */
    Stream stream();

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
}
