package io.delever.gateway.rest.problem;

import java.time.Duration;
import java.util.Optional;

/** Ends a request with an error answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;

    /** Ends a request that must not be sent again unchanged. */
    public ProblemException(Problem problem) {
        this(problem, Optional.empty());
    }

    /** Ends a request that may be sent again after a while. */
    public ProblemException(Problem problem, Optional<Duration> retryAfter) {
        super(problem.detail());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    /** The answer. */
    public Problem problem() {
        return problem;
    }

    /** When the request may be sent again; empty where it must not be sent again unchanged. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
