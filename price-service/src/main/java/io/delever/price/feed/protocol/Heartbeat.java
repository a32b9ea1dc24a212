package io.delever.price.feed.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * How a connection is kept and known to live (FEED-014).
 *
 * @param pingEvery how often a ping is sent
 * @param pingText the venue's own ping message; without one a WebSocket ping frame is sent
 * @param silenceLimit without any message or pong for so long the connection is dead
 */
public record Heartbeat(Duration pingEvery, Optional<String> pingText, Duration silenceLimit) {
    /** Refuses a silence limit that no ping could keep. */
    public Heartbeat {
        if (pingEvery.compareTo(Duration.ZERO) <= 0 || silenceLimit.compareTo(pingEvery) <= 0) {
            throw new IllegalArgumentException(
                    "ping every %s, more than 0 and less than the silence limit %s"
                            .formatted(pingEvery, silenceLimit));
        }
    }
}
