/** Counters and gauges. */
@NullMarked
package io.delever.sentiment.metrics;

import org.jspecify.annotations.NullMarked;
