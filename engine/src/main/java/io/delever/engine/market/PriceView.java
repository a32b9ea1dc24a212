package io.delever.engine.market;

/** Where prices come from: all that changes between two ticks. */
@FunctionalInterface
public interface PriceView {
    /** The newest price state; {@link PriceState.Missing} where nothing is known. */
    PriceState priceOf(InstrumentId id);
}
