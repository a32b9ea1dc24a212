package io.delever.engine.market;

import java.util.Optional;

/** What a calculation may know of the market: parameters and the newest price states. */
public interface MarketView extends PriceView {
    /** The listed instrument. */
    Optional<Instrument> instrument(InstrumentId id);

    /**
     * How the value of an instrument follows its price: a linear perpetual of one unit of base,
     * unless the market says otherwise.
     */
    default Contract contractOf(InstrumentId id) {
        return Contract.LINEAR;
    }

    /** The listed asset. */
    Optional<Asset> asset(AssetId id);
}
