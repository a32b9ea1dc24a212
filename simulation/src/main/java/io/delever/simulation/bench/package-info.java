/** Benchmarks, each beside what the machine itself can do, measured in the same run. */
@NullMarked
package io.delever.simulation.bench;

import org.jspecify.annotations.NullMarked;
