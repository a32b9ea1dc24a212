/** Score history and adjustments in PostgreSQL. */
@NullMarked
package io.delever.sentiment.persistence;

import org.jspecify.annotations.NullMarked;
