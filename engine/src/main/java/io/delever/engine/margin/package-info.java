/** What an account is worth, what it must hold, and what changes it. */
@NullMarked
package io.delever.engine.margin;

import org.jspecify.annotations.NullMarked;
