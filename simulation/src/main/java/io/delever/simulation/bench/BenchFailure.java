package io.delever.simulation.bench;

/** A benchmark whose result is wrong; its time means nothing. */
final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    BenchFailure(String text) {
        super(text);
        this.text = text;
    }

    String text() {
        return text;
    }
}
