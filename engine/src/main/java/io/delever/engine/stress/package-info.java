/**
 * What a push does to a market whose participants are leveraged: price impact and how fast to trade
 * against it.
 *
 * <p>Models here are {@code double}, computed with {@link StrictMath}; nothing decides about an
 * account on them. The rules stand in {@code docs/spec/stress.md}.
 */
@NullMarked
package io.delever.engine.stress;

import org.jspecify.annotations.NullMarked;
