package io.delever.gateway.app;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operator may set, besides the addresses of the services and of the gateway
 * itself.
 */
@StaticInitSafe
@ConfigMapping(prefix = "delever")
public interface GatewayConfig {
    /**
     * Serve hosts other than this machine although nobody is asked who they are. Never in
     * production.
     */
    @WithDefault("false")
    boolean insecure();

    /** Further names under which this machine may be addressed; the loopback names always may. */
    Optional<List<String>> allowedHosts();

    /** Greatest size of a request's body. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** The services behind the gateway. */
    UpstreamConfig upstream();

    /** Server-sent events. */
    StreamConfig stream();

    /** Work with the services behind the gateway. */
    interface UpstreamConfig {
        /** Deadline of one call. */
        @WithDefault("3s")
        Duration callTimeout();

        /** Pause between two checks whether a service answers. */
        @WithDefault("1s")
        Duration checkInterval();

        /** First pause after a stream was lost. */
        @WithDefault("200ms")
        Duration reconnectDelayMin();

        /** Greatest pause after a stream was lost. */
        @WithDefault("3s")
        Duration reconnectDelayMax();
    }

    /** Limits on each stream. */
    interface StreamConfig {
        /** Greatest number of readers of one stream. */
        @WithDefault("256")
        int maxReaders();

        /** Greatest number of live values kept for one stream. */
        @WithDefault("200000")
        int maxValues();

        /**
         * Greatest number of ended values (healthy accounts, closed cases) kept for readers who
         * resume.
         */
        @WithDefault("10000")
        int maxEndedValues();

        /** Greatest number of values in one event. */
        @WithDefault("1000")
        int maxValuesPerEvent();

        /** Pause after which a quiet connection gets a sign of life. */
        @WithDefault("10s")
        Duration heartbeat();

        /** A reader that takes nothing for this many heartbeats is let go. */
        @WithDefault("6")
        int maxUnreadHeartbeats();
    }
}
