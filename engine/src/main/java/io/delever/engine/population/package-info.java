/** Very many accounts as columns of numbers: who need not be looked at, and who must be. */
@NullMarked
package io.delever.engine.population;

import org.jspecify.annotations.NullMarked;
