/** What is counted and timed, for Prometheus. */
@NullMarked
package io.delever.liquidation.metrics;

import org.jspecify.annotations.NullMarked;
