package io.delever.engine.liquidation;

import java.util.List;

/** What a command does to the fund: the events to apply, in order, and the answer. */
public record FundDecision(List<FundEvent> events, FundReply reply) {
    public FundDecision {
        events = List.copyOf(events);
    }
}
