/** What the rules of pricing say about a recorded day, with figures and plots. */
@NullMarked
package io.delever.simulation.prices;

import org.jspecify.annotations.NullMarked;
