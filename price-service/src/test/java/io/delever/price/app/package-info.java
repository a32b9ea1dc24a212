/** Tests of the configuration. */
@NullMarked
package io.delever.price.app;

import org.jspecify.annotations.NullMarked;
