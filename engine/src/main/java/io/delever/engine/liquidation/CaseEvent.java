package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import java.util.List;

/**
 * What happened to a case. Hosts persist the events of a decision, together with what they mean for
 * the insurance fund, before they carry out the next action; {@link LiquidationCase#apply} over
 * them gives the case back.
 */
public sealed interface CaseEvent {
    /** When it was decided, nanoseconds since the Unix epoch. */
    long timeNanos();

    /**
     * A case began.
     *
     * @param equity of the account at that time
     * @param maintenanceMargin of the account at that time
     */
    record Opened(
            CaseId caseId, AccountId account, Money equity, Money maintenanceMargin, long timeNanos)
            implements CaseEvent {}

    /** A needed price is not usable (LIQD-003). */
    record Frozen(List<InstrumentId> unpriced, long retryAtNanos, long timeNanos)
            implements CaseEvent {
        /** Copies the list. */
        public Frozen {
            unpriced = List.copyOf(unpriced);
        }
    }

    /** Every needed price is usable again (LIQD-004). */
    record Unfrozen(long timeNanos) implements CaseEvent {}

    /** The next step is this order. */
    record OrderPlanned(int step, OrderPlan plan, String explanation, long timeNanos)
            implements CaseEvent {}

    /** The fund holds {@code amount} for this step's order. */
    record FundReserved(int step, AssetId asset, Money amount, long timeNanos)
            implements CaseEvent {}

    /** The fund could not reserve; the order was never sent. */
    record OrderAbandoned(int step, long retryAtNanos, long timeNanos) implements CaseEvent {}

    /**
     * The order has ended at the venue.
     *
     * @param fills each with its fee, none booked yet
     * @param rejectReason empty unless rejected
     */
    record OrderEnded(
            int step, OrderStatus status, List<CaseFill> fills, String rejectReason, long timeNanos)
            implements CaseEvent {
        /** Copies the list. */
        public OrderEnded {
            fills = List.copyOf(fills);
        }
    }

    /** Margin-service acknowledged a fill; its fee belongs to the fund from here on. */
    record FillBooked(int step, String fillId, AssetId asset, Money fee, long timeNanos)
            implements CaseEvent {}

    /** Margin-service refused a fill (LIQD-034). */
    record FillRefused(int step, String fillId, String reason, long timeNanos)
            implements CaseEvent {}

    /**
     * Every fill of the order is answered.
     *
     * @param released ≥ 0, what of the reservation was not used (LIQD-024)
     * @param nextAtNanos when the account is observed again
     */
    record OrderFinished(int step, AssetId asset, Money released, long nextAtNanos, long timeNanos)
            implements CaseEvent {}

    /** Nothing could be ordered now. */
    record AttemptFailed(WaitReason reason, String explanation, long retryAtNanos, long timeNanos)
            implements CaseEvent {}

    /** The next step is this ADL. */
    record AdlPlanned(
            int step,
            AdlTerms terms,
            List<AdlAllocation> allocations,
            String explanation,
            long timeNanos)
            implements CaseEvent {
        /** Copies the list. */
        public AdlPlanned {
            allocations = List.copyOf(allocations);
        }
    }

    /** The counterparty's side of a leg is booked. {@code leg} counts from 0. */
    record AdlCounterpartyBooked(int step, int leg, long timeNanos) implements CaseEvent {}

    /** The counterparty's side of a leg was refused; the leg is dropped (LIQD-053). */
    record AdlLegRefused(int step, int leg, String reason, long timeNanos) implements CaseEvent {}

    /** The case's account's side of a leg is booked too. */
    record AdlLegBooked(int step, int leg, long timeNanos) implements CaseEvent {}

    /** Every leg of the ADL step is answered. */
    record AdlFinished(int step, long nextAtNanos, long timeNanos) implements CaseEvent {}

    /** ADL found nobody, or its rounds are used up (LIQD-054). */
    record AdlPaused(String reason, long untilNanos, long timeNanos) implements CaseEvent {}

    /** The next step is a draw on the fund. */
    record DrawPlanned(int step, AssetId asset, Money deficit, String explanation, long timeNanos)
            implements CaseEvent {}

    /**
     * The fund paid.
     *
     * @param amount ≥ 0, at most the deficit
     * @param released ≥ 0, what the fund held for this case and holds no more; it is released
     *     before the amount is drawn
     */
    record FundDrawn(int step, AssetId asset, Money amount, Money released, long timeNanos)
            implements CaseEvent {}

    /** Margin-service acknowledged the settlement. */
    record SettlementBooked(int step, long timeNanos) implements CaseEvent {}

    /** Margin-service refused the settlement (LIQD-062). */
    record SettlementRefused(int step, String reason, long retryAtNanos, long timeNanos)
            implements CaseEvent {}

    /** The fund cannot pay what is left (LIQD-061). */
    record Uncovered(Money deficit, long retryAtNanos, long timeNanos) implements CaseEvent {}

    /** The permitted number of steps is used up (LIQD-043). */
    record StepsExhausted(int limit, long retryAtNanos, long timeNanos) implements CaseEvent {}

    /**
     * The case ended.
     *
     * @param released what the fund still held for it, per asset, each > 0; it is free again
     */
    record Closed(CaseOutcome outcome, List<Held> released, String explanation, long timeNanos)
            implements CaseEvent {
        /** Copies the list. */
        public Closed {
            released = List.copyOf(released);
        }
    }

    /** Money the fund holds for a case. */
    record Held(AssetId asset, Money amount) {}
}
