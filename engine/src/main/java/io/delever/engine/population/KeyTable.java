package io.delever.engine.population;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.money.Price;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one unit of each kind of entry is worth and needs at the prices of one sweep. A kind (a key)
 * is an instrument, a side and a range of sizes that lies in one tier at the price the key was made
 * with; or an asset and a sign. Key 0 fills up rows and counts nothing.
 *
 * <p>Maintenance margin is convex in the notional, so between the two ends of a range it lies below
 * the line {@code most × notional − amount} that is not below it at either end, and above the
 * tangent {@code least × notional − amount}; both hold at every price, and are equal at the price
 * of the key. Where a price is missing, or far away, or where a listing was replaced, every figure
 * is NaN, which no comparison accepts.
 */
final class KeyTable {
    /** Keys are 16 bits. */
    static final int MOST_KEYS = 1 << 16;

    /** How many times a price may have risen or fallen since the key: all sums stay in range. */
    static final double MOST_MOVE = 256;

    /**
     * Share of every term that is kept back in a line: more than the rounding of a size to 24 bits
     * and of all sums in 53 bits.
     */
    static final double KEPT_BACK = 0x1p-22;

    private static final double PPM = 1e6;
    private static final double UNIT = 1e8;

    private final double level;
    private final Map<InstrumentId, Group> groups = new HashMap<>();
    private final Map<AssetId, Holding> holdings = new HashMap<>();
    private final List<Group> allGroups = new ArrayList<>();
    private final List<Holding> allHoldings = new ArrayList<>();
    private int size = 1;

    double[] line = new double[1];
    double[] worth = new double[1];
    double[] counted = new double[1];
    double[] most = new double[1];
    double[] least = new double[1];
    double[] amount = new double[1];
    boolean[] unusable = new boolean[1];

    /**
     * @param level multiple of maintenance margin that a healthy account covers
     */
    KeyTable(double level) {
        this.level = level;
    }

    /** The keys of one listing of one instrument: for each tier long, then short. */
    private static final class Group {
        private final Instrument instrument;
        private final double price;
        private final int first;
        private final long[] borders;
        private final double[] amounts;

        private Group(Instrument instrument, double price, int first) {
            this.instrument = instrument;
            this.price = price;
            this.first = first;
            List<RiskTier> tiers = instrument.tiers().tiers();
            borders = new long[tiers.size()];
            amounts = new double[tiers.size()];
            for (int k = 1; k < borders.length; k++) {
                double floor = tiers.get(k).notionalFloor().e8();
                borders[k] = (long) Math.min(floor / price, AdmittedRange.MAX_AMOUNT_E8);
                amounts[k] = amounts[k - 1] + floor * (rate(tiers, k) - rate(tiers, k - 1));
            }
        }
    }

    /** The keys of one listing of one asset: a positive balance, then a debt. */
    private record Holding(Asset asset, double price, int first) {}

    int size() {
        return size;
    }

    /**
     * The key of a position of this size in the instrument as it is listed now; empty where there
     * are too many keys.
     */
    Optional<Character> ofPosition(Instrument instrument, Price mark, long sizeE8) {
        Group group = groups.get(instrument.id());
        if (group == null || !group.instrument.equals(instrument) || isFar(group, mark)) {
            int needed = 2 * instrument.tiers().tiers().size();
            if (size + needed > MOST_KEYS) {
                return Optional.empty();
            }
            group = new Group(instrument, mark.e8() / UNIT, size);
            grow(needed);
            groups.put(instrument.id(), group);
            allGroups.add(group);
        }
        long magnitude = Math.abs(sizeE8);
        int tier = 0;
        while (tier + 1 < group.borders.length && group.borders[tier + 1] <= magnitude) {
            tier++;
        }
        return Optional.of((char) (group.first + 2 * tier + (sizeE8 < 0 ? 1 : 0)));
    }

    /** The key of a balance other than in the unit of account. */
    Optional<Character> ofBalance(Asset asset, Price index, long balanceE8) {
        Holding holding = holdings.get(asset.id());
        if (holding == null || !holding.asset().equals(asset)) {
            if (size + 2 > MOST_KEYS) {
                return Optional.empty();
            }
            holding = new Holding(asset, index.e8() / UNIT, size);
            grow(2);
            holdings.put(asset.id(), holding);
            allHoldings.add(holding);
        }
        return Optional.of((char) (holding.first() + (balanceE8 < 0 ? 1 : 0)));
    }

    /** The amount that the tier of a key takes off maintenance margin, in units of money. */
    double amountOf(char key) {
        return amount[key];
    }

    /** Computes the figures of every key at these prices. */
    void price(MarketView market) {
        for (Group group : allGroups) {
            price(group, market);
        }
        for (Holding holding : allHoldings) {
            price(holding, market);
        }
    }

    /** Beyond this the ranges no longer fit the tiers well; new entries get new keys. */
    private static boolean isFar(Group group, Price mark) {
        double ratio = mark.e8() / UNIT / group.price;
        return ratio > 1.25 || ratio < 0.8;
    }

    private static double rate(List<RiskTier> tiers, int k) {
        return tiers.get(k).maintenanceMargin().ppm() / PPM;
    }

    private void grow(int keys) {
        size += keys;
        if (size > line.length) {
            int capacity = Math.max(2 * line.length, size);
            line = Arrays.copyOf(line, capacity);
            worth = Arrays.copyOf(worth, capacity);
            counted = Arrays.copyOf(counted, capacity);
            most = Arrays.copyOf(most, capacity);
            least = Arrays.copyOf(least, capacity);
            amount = Arrays.copyOf(amount, capacity);
            unusable = Arrays.copyOf(unusable, capacity);
        }
    }

    private void price(Group group, MarketView market) {
        Instrument instrument = group.instrument;
        PriceState state = market.priceOf(instrument.id());
        Optional<Price> mark = state.usableMark();
        boolean listed = market.instrument(instrument.id()).filter(instrument::equals).isPresent();
        double price = listed ? figure(mark, group.price) : Double.NaN;
        List<RiskTier> tiers = instrument.tiers().tiers();
        int last = tiers.size() - 1;
        for (int k = 0; k <= last; k++) {
            double slope = k == last ? rate(tiers, last) : upper(group, k, k + 1, price);
            if (k > 0) {
                slope = Math.max(slope, upper(group, k, k, price));
            }
            for (int side = 0; side < 2; side++) {
                int key = group.first + 2 * k + side;
                worth[key] = side == 0 ? price : -price;
                counted[key] = worth[key];
                most[key] = slope * price;
                least[key] = rate(tiers, k) * price;
                amount[key] = group.amounts[k];
                unusable[key] = listed && mark.isEmpty();
                line[key] =
                        worth[key] - level * most[key] - KEPT_BACK * (price + level * most[key]);
            }
        }
    }

    /** (Maintenance margin + amount of tier k) ÷ notional, at border {@code at} of the sizes. */
    private static double upper(Group group, int k, int at, double price) {
        double notional = Math.max(1, group.borders[at]) * price;
        return (maintenance(group, notional) + group.amounts[k]) / notional;
    }

    /** The greatest of the lines of all tiers, which is the margin of the one that holds. */
    private static double maintenance(Group group, double notional) {
        List<RiskTier> tiers = group.instrument.tiers().tiers();
        double greatest = 0;
        for (int k = 0; k < tiers.size(); k++) {
            greatest = Math.max(greatest, rate(tiers, k) * notional - group.amounts[k]);
        }
        return greatest;
    }

    private void price(Holding holding, MarketView market) {
        Asset asset = holding.asset();
        Optional<Price> index = market.priceOf(asset.pricedBy().orElseThrow()).usableIndex();
        boolean listed = market.asset(asset.id()).filter(asset::equals).isPresent();
        double price = listed ? figure(index, holding.price()) : Double.NaN;
        double share = 1 - asset.haircut().ppm() / PPM;
        for (int side = 0; side < 2; side++) {
            int key = holding.first() + side;
            worth[key] = side == 0 ? price : -price;
            counted[key] = side == 0 ? price * share : -price / share;
            unusable[key] = listed && index.isEmpty();
            line[key] = counted[key] - KEPT_BACK * Math.abs(counted[key]);
        }
    }

    private static double figure(Optional<Price> price, double before) {
        return price.filter(AdmittedRange::isAdmitted)
                .map(known -> known.e8() / UNIT)
                .filter(known -> known <= MOST_MOVE * before && known >= before / MOST_MOVE)
                .orElse(Double.NaN);
    }
}
