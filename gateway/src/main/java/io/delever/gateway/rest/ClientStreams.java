package io.delever.gateway.rest;

import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** How many streams each client has open, and how long one may last (GATE-063). */
public final class ClientStreams {
    private final int maxPerClient;
    private final Duration maxAge;
    private final Map<String, Integer> open = new HashMap<>();

    /**
     * Limits.
     *
     * @param maxPerClient streams of one client at the same time, > 0
     * @param maxAge after which a client must show again who it is, > 0
     */
    public ClientStreams(int maxPerClient, Duration maxAge) {
        this.maxPerClient = maxPerClient;
        this.maxAge = maxAge;
    }

    /** After which a client must show again who it is. */
    Duration maxAge() {
        return maxAge;
    }

    /**
     * Takes a place for one more stream of a client.
     *
     * @throws ProblemException 429 where the client has as many as it may
     */
    synchronized Place open(String client) {
        int before = open.getOrDefault(client, 0);
        if (before >= maxPerClient) {
            throw new ProblemException(
                    Problem.of(
                                    429,
                                    "TOO_MANY_STREAMS",
                                    "this client has "
                                            + before
                                            + " streams open, the limit is "
                                            + maxPerClient)
                            .about(
                                    Optional.empty(),
                                    Optional.of(Integer.toString(before)),
                                    Optional.of(Integer.toString(maxPerClient))),
                    Optional.of(Duration.ofSeconds(5)));
        }
        open.put(client, before + 1);
        return new Place(client);
    }

    private synchronized void closed(String client) {
        open.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
    }

    /** One open stream; closing it twice counts once. */
    final class Place {
        private final String client;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Place(String client) {
            this.client = client;
        }

        void close() {
            if (closed.compareAndSet(false, true)) {
                closed(client);
            }
        }
    }
}
