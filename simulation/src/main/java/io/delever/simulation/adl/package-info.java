/** What each policy of auto-deleveraging would take from whom: {@code ./delever adl}. */
@NullMarked
package io.delever.simulation.adl;

import org.jspecify.annotations.NullMarked;
