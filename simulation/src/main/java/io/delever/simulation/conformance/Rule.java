package io.delever.simulation.conformance;

/** Computes the figures of one kind of example with the engine. */
@FunctionalInterface
interface Rule {
    /**
     * The figures of an example.
     *
     * @throws ShapeException where the input is not understood
     */
    Figure.Named compute(Input input, References references);
}
