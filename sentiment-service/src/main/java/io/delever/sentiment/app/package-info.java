/** Configuration, wiring and health; sees all other packages, nobody sees it. */
@NullMarked
package io.delever.sentiment.app;

import org.jspecify.annotations.NullMarked;
