/** Exact fixed-point numbers: every product keeps a 128-bit intermediate and names its rounding. */
@NullMarked
package io.delever.engine.money;

import org.jspecify.annotations.NullMarked;
