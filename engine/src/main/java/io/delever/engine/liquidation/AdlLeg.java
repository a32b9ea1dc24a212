package io.delever.engine.liquidation;

/**
 * One allocation of an ADL step and how far it got.
 *
 * @param allocation who and how much
 * @param stage which sides are booked
 */
public record AdlLeg(AdlAllocation allocation, Stage stage) {
    /** How far a leg got. */
    public enum Stage {
        /** Nothing booked. */
        PLANNED,
        /** The counterparty's side is booked, the case's account's not yet (LIQD-052). */
        COUNTERPARTY_BOOKED,
        /** Both sides are booked. */
        BOOKED,
        /** The counterparty's side was refused; nothing is booked (LIQD-053). */
        REFUSED
    }

    AdlLeg with(Stage next) {
        return new AdlLeg(allocation, next);
    }
}
