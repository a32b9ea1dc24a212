/**
 * What a push does to a market whose participants are leveraged: price impact and how fast to trade
 * against it, chain reactions of forced sales in one instrument ({@link LiquidationMap}) and
 * through accounts that share margin and collateral ({@link Cascade}), and how losses run through a
 * network of debts ({@link Clearing}, {@link DebtRank}).
 *
 * <p>Models here are {@code double}, computed with {@link StrictMath}; nothing decides about an
 * account on them. The rules stand in {@code docs/spec/stress.md}.
 */
@NullMarked
package io.delever.engine.stress;

import org.jspecify.annotations.NullMarked;
