/** The paper venue: an integer order book around a reference price. */
@NullMarked
package io.delever.simulation.venue;

import org.jspecify.annotations.NullMarked;
