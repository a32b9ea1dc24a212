/** The service from outside: one boot, a real PostgreSQL, plain gRPC clients. */
@NullMarked
package io.delever.price;

import org.jspecify.annotations.NullMarked;
