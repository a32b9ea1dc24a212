/** How well the statistics of sentiment and early warning do on recorded data (EVAL). */
@NullMarked
package io.delever.simulation.evaluation;

import org.jspecify.annotations.NullMarked;
