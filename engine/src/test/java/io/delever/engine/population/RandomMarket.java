package io.delever.engine.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A market of a few instruments with tiers, prices that move, and accounts around every line. */
final class RandomMarket implements MarketView {
    static final AssetId USD = new AssetId("USD");
    static final MarginParameters PARAMETERS = new MarginParameters(new Rate(1_200_000), 64);

    private static final int INSTRUMENTS = 12;

    private final SplittableRandom random;
    private final List<InstrumentId> ids = new ArrayList<>();
    private final Map<InstrumentId, Instrument> instruments = new HashMap<>();
    private final Map<AssetId, Asset> assets = new TreeMap<>();
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();

    RandomMarket(SplittableRandom random) {
        this.random = random;
        assets.put(USD, new Asset(USD, Rate.ZERO, Optional.empty()));
        for (int i = 0; i < INSTRUMENTS; i++) {
            InstrumentId id = new InstrumentId("I" + i + "-PERP");
            AssetId base = new AssetId("A" + i);
            ids.add(id);
            list(id, base);
            Rate haircut = new Rate(random.nextInt(3) * 75_000L);
            assets.put(base, new Asset(base, haircut, Optional.of(id)));
            // From 0.0001 to 100,000, with a part of the last decimals.
            long price = Math.round(Math.pow(10, 4 + random.nextDouble() * 9));
            prices.put(id, fresh(price));
        }
    }

    /** Lists an instrument, perhaps anew, with other tiers. */
    void list(InstrumentId id, AssetId base) {
        List<RiskTier> tiers = new ArrayList<>();
        long floor = 0;
        long rate = 2_000L + random.nextInt(20_000);
        int count = 1 + random.nextInt(6);
        for (int k = 0; k < count; k++) {
            tiers.add(new RiskTier(new Money(floor), new Rate(2 * rate), new Rate(rate)));
            floor += (1 + random.nextInt(40_000)) * FixedPoint.ONE_E8;
            rate += random.nextInt(15_000);
        }
        instruments.put(
                id,
                new Instrument(
                        id,
                        base,
                        USD,
                        new Price(1),
                        new Quantity(1),
                        TierTable.of(tiers),
                        Rate.ZERO,
                        Rate.ZERO));
    }

    List<InstrumentId> ids() {
        return ids;
    }

    /** Moves a price by a random share of at most this many ppm. */
    void move(InstrumentId id, int mostPpm) {
        long before = priceOf(id).usableMark().map(Price::e8).orElse(FixedPoint.ONE_E8);
        long step = random.nextLong(-mostPpm, mostPpm + 1L);
        prices.put(id, fresh(Math.max(1_000, Math.round(before * (1 + step / 1e6)))));
    }

    void miss(InstrumentId id) {
        Price last = new Price(FixedPoint.ONE_E8);
        prices.put(id, new PriceState.Stale(last, last, 1));
    }

    /** An account whose equity lies around its requirement, often by a few units or none. */
    AccountSnapshot account(String name) {
        AccountId id = new AccountId(name);
        List<Position> positions = new ArrayList<>();
        int count = random.nextInt(7);
        int from = random.nextInt(INSTRUMENTS);
        for (int i = 0; i < count; i++) {
            positions.add(position(ids.get((from + i) % INSTRUMENTS)));
        }
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int which = random.nextInt(INSTRUMENTS);
            long price =
                    priceOf(ids.get(which)).usableIndex().map(Price::e8).orElse(FixedPoint.ONE_E8);
            double value = (random.nextInt(4) == 0 ? -1 : 1) * random.nextDouble() * 3_000e8;
            balances.put(new AssetId("A" + which), new Money(Math.round(value * 1e8 / price)));
        }
        if (prices.values().stream().allMatch(PriceState::isUsable)) {
            AccountSnapshot bare = new AccountSnapshot(id, balances, positions, Map.of());
            long slack = ExactReference.of(bare, this).slack().longValueExact();
            balances.put(USD, new Money(extra() - slack));
        } else {
            balances.put(USD, new Money(random.nextLong(1_000 * FixedPoint.ONE_E8)));
        }
        return new AccountSnapshot(id, balances, positions, Map.of());
    }

    private long extra() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextLong(-3, 4);
            case 2 -> random.nextLong(-100_000, 100_000);
            case 3 -> random.nextLong(-500 * FixedPoint.ONE_E8, 0);
            default -> random.nextLong(3_000 * FixedPoint.ONE_E8);
        };
    }

    private Position position(InstrumentId id) {
        long price = priceOf(id).usableMark().map(Price::e8).orElse(FixedPoint.ONE_E8);
        double value = Math.exp(random.nextDouble() * 12) * 1e8;
        long size = Math.max(1, Math.round(value / price * 1e8));
        Quantity signed = new Quantity(random.nextInt(3) == 0 ? -size : size);
        long entry = Math.max(1, Math.round(price * (0.95 + random.nextDouble() / 10)));
        return new Position(id, signed, new Price(entry).times(signed, Rounding.CEILING));
    }

    private PriceState fresh(long priceE8) {
        long mark = priceE8 + random.nextLong(priceE8 / 1_000 + 1);
        return new PriceState.Fresh(new Price(priceE8), new Price(mark), 1);
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
        return prices.getOrDefault(id, new PriceState.Missing());
    }
}
