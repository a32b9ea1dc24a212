package io.delever.simulation.stack;

/**
 * The local stack did not start or cannot go on. The message says what failed and shows the last
 * lines of its log.
 */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * A failure.
     *
     * @param message what failed and what to do
     */
    public StackException(String message) {
        super(message);
        this.text = message;
    }

    /**
     * A failure caused by another.
     *
     * @param message what failed and what to do
     * @param cause what was thrown below
     */
    public StackException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    /** The message for a person. */
    public String text() {
        return text;
    }
}
