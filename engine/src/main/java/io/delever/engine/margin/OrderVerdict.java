package io.delever.engine.margin;

import io.delever.engine.money.Quantity;
import java.util.Optional;

/**
 * Whether an order may trade.
 *
 * @param refusal empty where it passes
 * @param largestPassingSize greatest size of the order's sign that would pass, in whole lots; 0
 *     where none would
 * @param marginAfter how the account would stand after the whole order; empty where the order is
 *     not well formed or its value is out of the admitted range
 */
public record OrderVerdict(
        Optional<Refusal> refusal,
        Quantity largestPassingSize,
        Optional<AccountMargin> marginAfter) {
    /** Whether it may trade. */
    public boolean passes() {
        return refusal.isEmpty();
    }
}
