package io.delever.engine.market;

import java.util.Map;
import java.util.Optional;

/** An immutable {@link MarketView}, for calculations from outside. */
public record MarketSnapshot(
        Map<InstrumentId, Instrument> instruments,
        Map<AssetId, Asset> assets,
        Map<InstrumentId, PriceState> prices)
        implements MarketView {
    private static final PriceState MISSING = new PriceState.Missing();

    /** Copies the maps. */
    public MarketSnapshot {
        instruments = Map.copyOf(instruments);
        assets = Map.copyOf(assets);
        prices = Map.copyOf(prices);
    }

    @Override
    public Optional<Instrument> instrument(InstrumentId id) {
        return Optional.ofNullable(instruments.get(id));
    }

    @Override
    public Optional<Asset> asset(AssetId id) {
        return Optional.ofNullable(assets.get(id));
    }

    @Override
    public PriceState priceOf(InstrumentId id) {
        return prices.getOrDefault(id, MISSING);
    }
}
