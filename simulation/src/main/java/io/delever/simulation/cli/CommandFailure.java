package io.delever.simulation.cli;

/**
 * A command ends here with a message for the person who typed it and an exit code; no stack trace
 * is shown.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * A failure with its exit code.
     *
     * @param exitCode 1 for a result that does not hold or a bad input file, 2 for a wrong call
     * @param message what, which id or place, the value and the limit
     */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
