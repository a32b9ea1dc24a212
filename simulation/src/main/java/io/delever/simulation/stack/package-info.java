/** Starts, watches and stops PostgreSQL and the five services as processes of this machine. */
@NullMarked
package io.delever.simulation.stack;

import org.jspecify.annotations.NullMarked;
