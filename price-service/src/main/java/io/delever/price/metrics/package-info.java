/** What the core tells about itself, as Micrometer meters. */
@NullMarked
package io.delever.price.metrics;

import org.jspecify.annotations.NullMarked;
