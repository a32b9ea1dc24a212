package io.delever.gateway.client;

import java.time.Instant;

/**
 * Whether a service behind the gateway answers.
 *
 * @param upstream the service
 * @param state what the last check found
 * @param since when the state last changed
 */
public record UpstreamStatus(Upstream upstream, State state, Instant since) {
    /** What a check can find. */
    public enum State {
        /** It answers and says that it serves. */
        SERVING,
        /** It answers and says that it does not serve yet or any more. */
        NOT_SERVING,
        /** It does not answer within the deadline. */
        UNREACHABLE
    }

    /** Whether calls can be expected to succeed. */
    public boolean serving() {
        return state == State.SERVING;
    }
}
