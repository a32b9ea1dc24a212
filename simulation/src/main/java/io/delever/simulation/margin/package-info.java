/** {@code ./delever margin FILE}: the margins of a list of accounts, JSON in, JSON out. */
@NullMarked
package io.delever.simulation.margin;

import org.jspecify.annotations.NullMarked;
