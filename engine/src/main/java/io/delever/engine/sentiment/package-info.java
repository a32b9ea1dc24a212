/**
 * How nervous the market is: streaming signals, a score from 0 (extreme fear) to 100 (extreme
 * greed) with its contributions, and the bounded adjustment that initial margin may take.
 *
 * <p>Statistics here are {@code double}, computed with {@link StrictMath} in a fixed order, so the
 * same observations give the same score on every machine. Nothing decides on a {@code double}:
 * {@link ScoreConverter} is the one way out. The rules stand in {@code docs/spec/sentiment.md}.
 */
@NullMarked
package io.delever.engine.sentiment;

import org.jspecify.annotations.NullMarked;
