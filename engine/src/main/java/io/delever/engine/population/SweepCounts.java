package io.delever.engine.population;

/**
 * What a sweep had to do.
 *
 * @param accounts all accounts looked at
 * @param bracketed those that the first line did not show to be healthy
 * @param exact those of them that two-sided bounds did not settle either, decided exactly
 * @param notHealthy accounts in any other state than healthy
 */
public record SweepCounts(long accounts, long bracketed, long exact, long notHealthy) {}
