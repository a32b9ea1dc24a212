/** The single-writer loop: observations in, scores out. Plain Java. */
@NullMarked
package io.delever.sentiment.core;

import org.jspecify.annotations.NullMarked;
