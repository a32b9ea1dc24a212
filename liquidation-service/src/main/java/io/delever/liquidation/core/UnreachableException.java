package io.delever.liquidation.core;

/**
 * Somebody did not answer, or said that it could not take the call now. Nothing is known about the
 * effect of the call; it is made again with the same id.
 */
public final class UnreachableException extends RuntimeException {
    private final Peer peer;

    /** Says who did not answer, and how it showed. */
    public UnreachableException(Peer peer, String message, Throwable cause) {
        super(message, cause);
        this.peer = peer;
    }

    /** Says who did not answer, and how it showed. */
    public UnreachableException(Peer peer, String message) {
        super(message);
        this.peer = peer;
    }

    /** Who did not answer. */
    public Peer peer() {
        return peer;
    }

    /** Whom the service depends on. */
    public enum Peer {
        /** margin-service. */
        MARGIN,
        /** The venue. */
        VENUE,
        /** The database. */
        STORE
    }
}
