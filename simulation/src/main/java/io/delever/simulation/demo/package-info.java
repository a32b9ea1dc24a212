/**
 * The demo: pushes a scenario into the running services over gRPC, feeds ticks, and sums up what
 * happened.
 */
@NullMarked
package io.delever.simulation.demo;

import org.jspecify.annotations.NullMarked;
