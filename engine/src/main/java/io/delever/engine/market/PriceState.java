package io.delever.engine.market;

import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * What is known about the price of an instrument. Missing and stale are states, not numbers
 * (MKTS-006).
 */
public sealed interface PriceState {
    /** Every source takes part. */
    record Fresh(Price index, Price mark, long eventTimeNanos) implements PriceState {}

    /** Some sources are out, at least the minimum takes part; usable. */
    record Degraded(Price index, Price mark, long eventTimeNanos) implements PriceState {}

    /** Too few sources: the last good prices are for display, nothing is decided on them. */
    record Stale(Price lastIndex, Price lastMark, long eventTimeNanos) implements PriceState {}

    /** There never was a price. */
    record Missing() implements PriceState {}

    /** Whether a decision may be taken on it: fresh or degraded. */
    default boolean isUsable() {
        return switch (this) {
            case Fresh fresh -> true;
            case Degraded degraded -> true;
            case Stale stale -> false;
            case Missing missing -> false;
        };
    }

    /** The mark price, where it is usable. */
    default Optional<Price> usableMark() {
        return switch (this) {
            case Fresh fresh -> Optional.of(fresh.mark());
            case Degraded degraded -> Optional.of(degraded.mark());
            case Stale stale -> Optional.empty();
            case Missing missing -> Optional.empty();
        };
    }

    /** The index price, where it is usable. */
    default Optional<Price> usableIndex() {
        return switch (this) {
            case Fresh fresh -> Optional.of(fresh.index());
            case Degraded degraded -> Optional.of(degraded.index());
            case Stale stale -> Optional.empty();
            case Missing missing -> Optional.empty();
        };
    }
}
