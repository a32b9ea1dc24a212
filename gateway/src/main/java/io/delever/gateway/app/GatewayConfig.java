package io.delever.gateway.app;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operator may set, besides the addresses of the services and of the gateway
 * itself.
 */
@ConfigMapping(prefix = "delever")
public interface GatewayConfig {
    /** Who is asked who they are, and how. */
    AuthConfig auth();

    /** How much one client may ask for. */
    RateConfig rate();

    /** The record of every change. */
    AuditConfig audit();

    /** Further names under which this machine may be addressed; the loopback names always may. */
    Optional<List<String>> allowedHosts();

    /** Greatest size of a request's body. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** The services behind the gateway. */
    UpstreamConfig upstream();

    /** Server-sent events. */
    StreamConfig stream();

    /** How callers are recognised. */
    interface AuthConfig {
        /** Whether callers must show a token. */
        @WithDefault("required")
        AuthMode mode();

        /** The claim of a token that lists the accounts of a trader. */
        @WithDefault("accounts")
        String accountsClaim();

        /** The hashes of the API tokens of machines; absent where there are none. */
        Optional<Path> tokensFile();

        /** After which the tokens file is read again. */
        @WithDefault("5s")
        Duration reloadInterval();
    }

    /** Whether callers must show a token. */
    enum AuthMode {
        /** Every caller must. */
        REQUIRED,
        /** Nobody must: only on loopback, and only in the profiles demo, dev and test. */
        OPEN
    }

    /** How much one client may ask for; a read costs 1, other calls more (GATE-065). */
    interface RateConfig {
        /** Units of cost that come back in a second. */
        @WithDefault("200")
        int perSecond();

        /** Units of cost that may be spent at once. */
        @WithDefault("400")
        int burst();
    }

    /** The record of every change. */
    interface AuditConfig {
        /** Where it is kept; needed where callers must show a token. */
        Optional<Path> file();
    }

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

        /** Greatest number of streams that one client has open. */
        @WithDefault("16")
        int maxPerClient();

        /** After which a client of a stream must show again who it is. */
        @WithDefault("15m")
        Duration maxAge();

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
