package io.delever.gateway.client;

import java.time.Duration;

/**
 * Limits on the work with the services behind the gateway.
 *
 * @param callTimeout deadline of one unary call
 * @param checkInterval pause between two checks whether a service answers
 * @param reconnectDelayMin first pause after a stream was lost; doubles with each attempt
 * @param reconnectDelayMax greatest pause after a stream was lost
 */
public record UpstreamSettings(
        Duration callTimeout,
        Duration checkInterval,
        Duration reconnectDelayMin,
        Duration reconnectDelayMax) {}
