/** Draws the accounts of a scenario from its stated distributions. */
@NullMarked
package io.delever.simulation.population;

import org.jspecify.annotations.NullMarked;
