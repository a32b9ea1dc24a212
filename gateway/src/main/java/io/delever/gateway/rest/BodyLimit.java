package io.delever.gateway.rest;

import io.delever.gateway.rest.problem.Problem;
import java.util.Optional;

/**
 * The greatest size of a request's body.
 *
 * @param bytes the limit, > 0
 */
public record BodyLimit(long bytes) {
    /** The answer to a body beyond it; {@code size} is what is known of the body's size. */
    Problem exceeded(String size) {
        return Problem.of(
                        413,
                        "BODY_TOO_LARGE",
                        "the body has " + size + " bytes, the limit is " + bytes)
                .about(Optional.empty(), Optional.of(size), Optional.of(Long.toString(bytes)));
    }
}
