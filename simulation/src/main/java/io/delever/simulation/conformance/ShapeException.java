package io.delever.simulation.conformance;

/** An example whose input is not understood; it counts as a failure of that example. */
final class ShapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ShapeException(String message) {
        super(message);
    }
}
