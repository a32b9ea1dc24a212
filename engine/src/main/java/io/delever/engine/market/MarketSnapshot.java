package io.delever.engine.market;

import java.util.Map;
import java.util.Optional;

/** An immutable {@link MarketView}, for calculations from outside. */
public record MarketSnapshot(
        Map<InstrumentId, Instrument> instruments,
        Map<AssetId, Asset> assets,
        Map<InstrumentId, PriceState> prices,
        Map<InstrumentId, Contract> contracts)
        implements MarketView {
    private static final PriceState MISSING = new PriceState.Missing();

    /** A market of linear perpetuals of one unit of base. */
    public MarketSnapshot(
            Map<InstrumentId, Instrument> instruments,
            Map<AssetId, Asset> assets,
            Map<InstrumentId, PriceState> prices) {
        this(instruments, assets, prices, Map.of());
    }

    /**
     * Copies the maps and refuses contracts that do not fit their instruments (see {@link
     * Contract#checkFits}).
     */
    public MarketSnapshot {
        instruments = Map.copyOf(instruments);
        assets = Map.copyOf(assets);
        prices = Map.copyOf(prices);
        contracts = Map.copyOf(contracts);
        for (Map.Entry<InstrumentId, Contract> entry : contracts.entrySet()) {
            Instrument instrument = instruments.get(entry.getKey());
            if (instrument == null) {
                throw new IllegalArgumentException(
                        "instrument " + entry.getKey() + " of a contract is not listed");
            }
            entry.getValue().checkFits(instrument);
        }
    }

    @Override
    public Optional<Instrument> instrument(InstrumentId id) {
        return Optional.ofNullable(instruments.get(id));
    }

    @Override
    public Contract contractOf(InstrumentId id) {
        return contracts.getOrDefault(id, Contract.LINEAR);
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
