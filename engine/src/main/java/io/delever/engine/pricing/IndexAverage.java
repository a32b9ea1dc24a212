package io.delever.engine.pricing;

/** How the sources that take part become one price (PRIC-023, PRIC-071). */
public enum IndexAverage {
    /** The price at which half of the weight is reached. */
    WEIGHTED_MEDIAN,
    /** Σ weight × price ÷ Σ weight. */
    WEIGHTED_MEAN
}
