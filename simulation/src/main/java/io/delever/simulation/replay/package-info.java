/** The whole chain in one process on the market's own time, with the engine's rules only. */
@NullMarked
package io.delever.simulation.replay;

import org.jspecify.annotations.NullMarked;
