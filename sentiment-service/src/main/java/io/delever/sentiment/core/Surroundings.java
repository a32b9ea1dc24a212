package io.delever.sentiment.core;

import java.time.InstantSource;

/**
 * What the loop needs from outside.
 *
 * @param clock the time now
 * @param history where scores are kept
 * @param metrics what is counted
 */
public record Surroundings(InstantSource clock, ScoreHistory history, LoopMetrics metrics) {}
