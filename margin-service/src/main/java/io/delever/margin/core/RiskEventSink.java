package io.delever.margin.core;

import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import java.util.List;

/** Where the shards send what happened to accounts. Called on shard threads; must not block. */
public interface RiskEventSink {
    /** Takes changes of risk states in the order in which they happened. */
    void publish(List<RiskTransition> events);

    /** Takes changes of standings in the order in which they happened. */
    void publishStandings(List<StandingChange> changes);
}
