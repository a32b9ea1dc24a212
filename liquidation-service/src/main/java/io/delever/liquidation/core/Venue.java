package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.MarketDepth;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.market.InstrumentId;
import java.util.List;
import java.util.Optional;

/** Where positions are closed. Every method may throw {@link UnreachableException}. */
public interface Venue {
    /** What is visible now. */
    MarketDepth depth(InstrumentId instrument);

    /** Sends an order; the same id again gives the first outcome and opens no second order. */
    Outcome submit(CaseAction.SubmitOrder order);

    /** The outcome of an order; empty where the venue never took it. */
    Optional<Outcome> find(String clientOrderId);

    /**
     * How an order ended.
     *
     * @param fills in the order of execution
     * @param rejectReason empty unless rejected
     */
    record Outcome(OrderStatus status, List<OrderFill> fills, String rejectReason) {
        /** Copies the list. */
        public Outcome {
            fills = List.copyOf(fills);
        }
    }
}
