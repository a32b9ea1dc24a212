package io.delever.engine.liquidation;

import io.delever.engine.money.Money;

/**
 * A fill of a case's order and how far it got.
 *
 * @param fill as the venue reported it
 * @param fee ≥ 0, what the account pays to the insurance fund for it (LIQD-025)
 * @param stage whether margin-service has answered
 */
public record CaseFill(OrderFill fill, Money fee, Stage stage) {
    /** How far a fill got. */
    public enum Stage {
        /** Known and persisted; margin-service has not answered. */
        RECORDED,
        /** Margin-service acknowledged it. */
        BOOKED,
        /** Margin-service refused it (LIQD-034). */
        REFUSED
    }

    CaseFill with(Stage next) {
        return new CaseFill(fill, fee, next);
    }
}
