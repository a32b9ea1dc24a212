/**
 * The single writer of all prices and what it hands to readers. Plain Java: a bounded queue, the
 * engine, and ports that adapters implement.
 */
@NullMarked
package io.delever.price.core;

import org.jspecify.annotations.NullMarked;
