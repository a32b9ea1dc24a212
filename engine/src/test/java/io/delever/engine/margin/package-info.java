/** Tests of the margin rules; {@link io.delever.engine.margin.Fixtures} reads like the spec. */
@NullMarked
package io.delever.engine.margin;

import org.jspecify.annotations.NullMarked;
