package io.delever.simulation.bench;

import java.util.Optional;

/**
 * One measured figure.
 *
 * @param name what was measured
 * @param value best of the runs
 * @param median median of the runs, in the same unit
 * @param unit of the value
 * @param limit what bounds it, where there is such a thing
 * @param aim what the value should reach; empty for a figure that only informs
 */
record Figure(
        String name,
        double value,
        double median,
        String unit,
        Optional<Limit> limit,
        Optional<Aim> aim) {
    /**
     * A limit of the machine, from the same run.
     *
     * @param name which limit
     * @param share value as a share of the limit, 1 is all of it
     */
    record Limit(String name, double share) {}

    /**
     * What is aimed at.
     *
     * @param value in the unit of the figure
     * @param atMost whether less is better
     */
    record Aim(double value, boolean atMost) {}

    static Figure of(String name, Runs runs, String unit) {
        return new Figure(
                name, runs.best(), runs.median(), unit, Optional.empty(), Optional.empty());
    }

    Figure beside(String limitName, double share) {
        return new Figure(name, value, median, unit, Optional.of(new Limit(limitName, share)), aim);
    }

    Figure atLeast(double wanted) {
        return new Figure(name, value, median, unit, limit, Optional.of(new Aim(wanted, false)));
    }

    Figure atMost(double wanted) {
        return new Figure(name, value, median, unit, limit, Optional.of(new Aim(wanted, true)));
    }

    /** Whether the aim is reached; empty where there is none. */
    Optional<Boolean> isMet() {
        return aim.map(
                wanted -> wanted.atMost() ? value <= wanted.value() : value >= wanted.value());
    }
}
