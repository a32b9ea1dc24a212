/** What is traded and at which price: instruments, assets, risk tiers, price states. */
@NullMarked
package io.delever.engine.market;

import org.jspecify.annotations.NullMarked;
