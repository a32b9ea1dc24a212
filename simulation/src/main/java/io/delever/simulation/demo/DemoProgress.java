package io.delever.simulation.demo;

/**
 * Where a replay stands.
 *
 * @param marketNanos the market's time
 * @param ticksSent ticks sent so far
 * @param ticks ticks in all
 * @param usablePrices instruments whose price can be used now
 * @param fills fills of makers that are booked
 * @param waitingFills fills of makers that are not booked yet
 * @param restarts how often a service had to be started again
 */
public record DemoProgress(
        long marketNanos,
        int ticksSent,
        int ticks,
        int usablePrices,
        int fills,
        int waitingFills,
        int restarts) {}
