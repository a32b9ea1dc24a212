package io.delever.margin.core;

import java.util.List;

/** Where the shards send changes of risk states. Called on shard threads; must not block. */
@FunctionalInterface
public interface RiskEventSink {
    /** Takes events in the order in which they happened. */
    void publish(List<RiskEvent> events);
}
