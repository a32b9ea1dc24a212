/**
 * Auto-deleveraging: who is closed against a bankrupt position, by how much
 * (docs/spec/deleveraging.md).
 */
@NullMarked
package io.delever.engine.deleveraging;

import org.jspecify.annotations.NullMarked;
