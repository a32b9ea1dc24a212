package io.delever.margin.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The configuration of margin-service; README.md explains each value. */
@ConfigMapping(prefix = "delever")
public interface MarginConfig {
    /** The shards and what may wait for them. */
    Shards shards();

    /** The durable journal. */
    Journal journal();

    /** The price stream. */
    Prices prices();

    /** What margin calculations need beside the listed parameters. */
    Margin margin();

    /** The streams of risk events and of standings. */
    RiskEvents riskEvents();

    /** What callers may ask for at once. */
    Calls calls();

    /** See {@link #shards}. */
    interface Shards {
        /** Number of shards; fixed at the first start on a database. */
        @WithDefault("2")
        int count();

        /** Most transfers that are on their way at once. */
        @WithDefault("8192")
        int maxOpenTransfers();

        /** Most commands and reads that wait for one shard. */
        @WithDefault("8192")
        int queueCapacity();
    }

    /** See {@link #journal}. */
    interface Journal {
        /** Most entries in one commit. */
        @WithDefault("2048")
        int maxBatch();

        /** Most entries of a shard that wait for a commit. */
        @WithDefault("16384")
        int maxPending();

        /** After this long without an answer from the database new commands are not taken. */
        @WithDefault("1s")
        Duration stallLimit();

        /** First wait after a failed commit. */
        @WithDefault("50ms")
        Duration retryMin();

        /** Longest wait between two attempts to commit. */
        @WithDefault("1s")
        Duration retryMax();

        /** How often the claim on the journal is confirmed, or tried for again. */
        @WithDefault("1s")
        Duration claimInterval();
    }

    /** See {@link #prices}. */
    interface Prices {
        /** After this long without a message every price is stale. */
        @WithDefault("10s")
        Duration silenceLimit();

        /** First wait before the stream is opened again. */
        @WithDefault("100ms")
        Duration retryMin();

        /** Longest wait before the stream is opened again. */
        @WithDefault("2s")
        Duration retryMax();
    }

    /** See {@link #margin}. */
    interface Margin {
        /** Margin call below this multiple of maintenance margin, in ppm. */
        @WithDefault("1200000")
        long callLevelPpm();

        /** Further warnings below these multiples of maintenance margin, in ppm, falling. */
        Optional<List<Long>> furtherWarningsPpm();

        /**
         * Only risk may be reduced below this multiple; half way from call level to 1 if absent.
         */
        OptionalLong reduceOnlyPpm();

        /** What must be there above the call level before an account is let go, in ppm of it. */
        @WithDefault("50000")
        long hysteresisPpm();

        /** From a margin call to its deadline. */
        @WithDefault("4h")
        Duration callPeriod();

        /** Most open positions of one account. */
        @WithDefault("64")
        int maxPositions();
    }

    /** See {@link #riskEvents}. */
    interface RiskEvents {
        /** How many events a reader may fall behind before it gets a snapshot. */
        @WithDefault("65536")
        int ringCapacity();
    }

    /** See {@link #calls}. */
    interface Calls {
        /** Most commands in one request of the command stream. */
        @WithDefault("1024")
        int maxBatch();

        /** Most requests of one command stream that wait for their response. */
        @WithDefault("8")
        int maxInFlight();

        /** Longest wait for a read whose caller gave no deadline. */
        @WithDefault("10s")
        Duration readLimit();

        /** What a caller that was turned away is told to wait. */
        @WithDefault("250ms")
        Duration retryAfter();
    }
}
