package io.delever.engine.deleveraging;

import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.List;

/**
 * Who is closed by how much.
 *
 * @param policy the policy's name
 * @param allocations one for each winner that gives something, in the order of the queue
 * @param unallocated size that no winner's limits allowed, ≥ 0
 * @param budget severity × uncovered deficit (ADLQ-003)
 * @param taken sum of the PnL haircuts
 */
public record AdlPlan(
        String policy,
        List<AdlAllocation> allocations,
        Quantity unallocated,
        Money budget,
        Money taken) {
    public AdlPlan {
        allocations = List.copyOf(allocations);
    }
}
