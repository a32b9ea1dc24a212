package io.delever.liquidation.grpc;

import java.util.concurrent.Executor;

/**
 * Where answers are made and sent from.
 *
 * @param executor never the event loop; it may block
 */
public record Replies(Executor executor) {}
