/** Runs liquidation cases: carries out what the engine decides, persisted first, through ports. */
@NullMarked
package io.delever.liquidation.core;

import org.jspecify.annotations.NullMarked;
