package io.delever.margin.core;

import io.delever.engine.margin.RiskTransition;
import java.util.List;

/** Where the shards send changes of risk states. Called on shard threads; must not block. */
@FunctionalInterface
public interface RiskEventSink {
    /** Takes events in the order in which they happened. */
    void publish(List<RiskTransition> events);
}
