/** Cases and the insurance fund in PostgreSQL. */
@NullMarked
package io.delever.liquidation.persistence;

import org.jspecify.annotations.NullMarked;
