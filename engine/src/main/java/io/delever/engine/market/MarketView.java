package io.delever.engine.market;

import java.util.Optional;

/** What a calculation may know of the market: parameters and the newest price states. */
public interface MarketView extends PriceView {
    /** The listed instrument. */
    Optional<Instrument> instrument(InstrumentId id);

    /** The listed asset. */
    Optional<Asset> asset(AssetId id);
}
