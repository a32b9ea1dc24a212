/** Where ticks come from: recorded bars or a seeded process. */
@NullMarked
package io.delever.simulation.market;

import org.jspecify.annotations.NullMarked;
