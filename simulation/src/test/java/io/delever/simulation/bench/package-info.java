@NullMarked
package io.delever.simulation.bench;

import org.jspecify.annotations.NullMarked;
