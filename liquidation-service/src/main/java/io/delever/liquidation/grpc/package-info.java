/** The service's own gRPC interfaces, and its calls to margin-service and to the venue. */
@NullMarked
package io.delever.liquidation.grpc;

import org.jspecify.annotations.NullMarked;
