package io.delever.price.core;

/** The writer does not run or does not answer in time. */
public final class LoopUnavailableException extends RuntimeException {
    LoopUnavailableException(String message) {
        super(message);
    }
}
