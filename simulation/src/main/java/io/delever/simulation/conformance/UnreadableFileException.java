package io.delever.simulation.conformance;

/** A file that is no list of examples; says where. */
final class UnreadableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableFileException(String message) {
        super(message);
    }
}
