/** The contract {@code delever.price.v1}: proto in, engine types inside, proto out. */
@NullMarked
package io.delever.price.grpc;

import org.jspecify.annotations.NullMarked;
