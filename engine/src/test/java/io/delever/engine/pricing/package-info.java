@NullMarked
package io.delever.engine.pricing;

import org.jspecify.annotations.NullMarked;
