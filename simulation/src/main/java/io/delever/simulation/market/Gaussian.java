package io.delever.simulation.market;

import java.util.SplittableRandom;

/**
 * Normal numbers from a seeded sequence, the same on every machine: the polar form of Box and
 * Muller with strict functions only, two uniform numbers for each normal one.
 */
public final class Gaussian {
    private final SplittableRandom random;

    /** Draws from this sequence. */
    public Gaussian(SplittableRandom random) {
        this.random = random;
    }

    /** The next number, mean 0, standard deviation 1. */
    public double next() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
