/**
 * Liquidation cases: what is done, in which order, to an account that can no longer carry its risk,
 * and the insurance fund that pays where the account cannot. Pure decide and apply; hosts observe,
 * persist and carry out.
 */
@NullMarked
package io.delever.engine.liquidation;

import org.jspecify.annotations.NullMarked;
