package io.delever.margin.core;

import java.time.InstantSource;

/**
 * What the core is given from outside.
 *
 * @param clock where commands without a time and latencies get theirs
 * @param metrics who counts
 * @param riskEvents where changes of risk states go
 */
public record Surroundings(InstantSource clock, MarginMetrics metrics, RiskEventSink riskEvents) {}
