/** Positions and balances of one account, and what a fill does to them. */
@NullMarked
package io.delever.engine.account;

import org.jspecify.annotations.NullMarked;
