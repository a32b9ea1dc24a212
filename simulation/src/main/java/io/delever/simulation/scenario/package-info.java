/** What a scenario file says, checked: instruments, population, venue, market source. */
@NullMarked
package io.delever.simulation.scenario;

import org.jspecify.annotations.NullMarked;
