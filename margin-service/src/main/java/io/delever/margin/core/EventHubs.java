package io.delever.margin.core;

import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import java.util.List;

/**
 * Everything that is told of accounts, for readers.
 *
 * @param risk changes of risk states
 * @param standings changes of standings
 */
public record EventHubs(RiskEventHub risk, StandingHub standings) implements RiskEventSink {
    @Override
    public void publish(List<RiskTransition> events) {
        risk.publish(events);
    }

    @Override
    public void publishStandings(List<StandingChange> changes) {
        standings.publish(changes);
    }
}
