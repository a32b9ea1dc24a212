/** Wiring, configuration, health. Sees all other packages; nobody sees it. */
@NullMarked
package io.delever.price.app;

import org.jspecify.annotations.NullMarked;
