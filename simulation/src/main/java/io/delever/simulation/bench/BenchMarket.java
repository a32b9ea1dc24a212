package io.delever.simulation.bench;

import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A market of 256 instruments from liquid to thin, whose prices move between two sweeps. */
final class BenchMarket implements MarketView {
    static final int INSTRUMENTS = 256;
    static final AssetId USD = new AssetId("USD");
    static final AssetId COIN = new AssetId("C0");

    private static final long E8 = 100_000_000L;
    private static final long[] FLOORS = {0, 50_000, 600_000, 3_000_000, 12_000_000, 70_000_000};
    private static final long[] MAINTENANCE_PPM = {4_000, 5_000, 10_000, 25_000, 50_000, 100_000};

    private final List<Instrument> list = new ArrayList<>();
    private final Map<InstrumentId, Instrument> instruments = new HashMap<>();
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();
    private final Map<AssetId, Asset> assets;
    private final long[] priceE8 = new long[INSTRUMENTS];

    BenchMarket(SplittableRandom random) {
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = instrument(i);
            list.add(instrument);
            instruments.put(instrument.id(), instrument);
            priceE8[i] = Math.round(Math.exp(random.nextDouble(0, 11)) * E8);
            publish(i);
        }
        Asset usd = new Asset(USD, Rate.ZERO, Optional.empty());
        Asset coin = new Asset(COIN, new Rate(50_000), Optional.of(list.getFirst().id()));
        assets = Map.of(USD, usd, COIN, coin);
    }

    Instrument instrumentAt(int index) {
        return list.get(index);
    }

    Price priceAt(int index) {
        return new Price(priceE8[index]);
    }

    /** Moves one price by at most so many ppm. */
    void move(int index, int mostPpm, SplittableRandom random) {
        long step = Math.max(1, priceE8[index] / 1_000_000);
        priceE8[index] = Math.max(1_000, priceE8[index] + step * random.nextInt(-mostPpm, mostPpm));
        publish(index);
    }

    private void publish(int index) {
        Price price = new Price(priceE8[index]);
        prices.put(list.get(index).id(), new PriceState.Fresh(price, price, 1));
    }

    /** The thinner the market, the lower its floors and the higher its rates. */
    private static Instrument instrument(int index) {
        int thin = index == 0 ? 1 : index < 20 ? 2 : index < 100 ? 4 : 10;
        List<RiskTier> tiers = new ArrayList<>();
        for (int k = 0; k < FLOORS.length; k++) {
            long rate = Math.min(500_000, MAINTENANCE_PPM[k] * (1 + thin / 2));
            Money floor = new Money(FLOORS[k] / thin * E8);
            tiers.add(new RiskTier(floor, new Rate(2 * rate), new Rate(rate)));
        }
        return new Instrument(
                new InstrumentId("C" + index + "-PERP"),
                new AssetId("C" + index),
                USD,
                new Price(1),
                new Quantity(1),
                TierTable.of(tiers),
                new Rate(500),
                new Rate(5_000));
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
        return Optional.ofNullable(prices.get(id)).orElseGet(PriceState.Missing::new);
    }
}
