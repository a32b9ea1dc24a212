/** Wiring, configuration, start, stop and health. */
@NullMarked
package io.delever.liquidation.app;

import org.jspecify.annotations.NullMarked;
