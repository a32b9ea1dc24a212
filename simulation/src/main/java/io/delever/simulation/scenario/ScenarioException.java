package io.delever.simulation.scenario;

/**
 * A scenario or a recorded file is not usable. The message names the file, the place in it, the
 * value and the limit.
 */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * A failure with its message.
     *
     * @param message place, value and limit
     */
    public ScenarioException(String message) {
        super(message);
        this.text = message;
    }

    /**
     * A failure caused by another.
     *
     * @param message place, value and limit
     * @param cause what was thrown below
     */
    public ScenarioException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    /** The message for a person. */
    public String text() {
        return text;
    }
}
