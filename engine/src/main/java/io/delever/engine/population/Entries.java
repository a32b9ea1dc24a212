package io.delever.engine.population;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * One account as entries of a row. What cannot be shown so (no usable price yet, sums near the
 * admitted range, too many keys) becomes a row with the base NaN: nothing is ever said about it
 * without exact arithmetic.
 */
final class Entries {
    /**
     * Gross value up to which a row may be screened: prices may rise 256 times and it still fits.
     */
    private static final double MOST_GROSS = AdmittedRange.MAX_AMOUNT_E8 / (4 * KeyTable.MOST_MOVE);

    private static final double UNIT = 1e8;

    /**
     * Units that one entry may lose to rounding in exact arithmetic, at most: value, notional and
     * its requirement, each to the next unit.
     */
    private static final double UNITS_AN_ENTRY = 4;

    final double level;
    char[] keys = new char[8];
    float[] sizes = new float[8];
    int count;
    float base;
    double cash;

    private double gross;
    private double amounts;
    private boolean shown;

    Entries(double level) {
        this.level = level;
    }

    /** Units kept back for the exact rounding of so many entries at this level. */
    static double roundingUnits(int entries, double level) {
        return UNITS_AN_ENTRY * (1 + level) * (entries + 1);
    }

    /** Takes over an account at these prices. */
    void read(AccountView account, MarketView market, KeyTable table) {
        count = 0;
        cash = 0;
        gross = 0;
        amounts = 0;
        shown = true;
        for (Map.Entry<AssetId, Money> balance : account.balances().entrySet()) {
            add(market.asset(balance.getKey()), balance.getValue().e8(), market, table);
        }
        for (Position position : account.positions()) {
            add(position, market, table);
        }
        shown &= gross <= MOST_GROSS;
        if (!shown) {
            count = 0;
            cash = Double.NaN;
            base = Float.NaN;
            return;
        }
        double exact = cash + level * amounts - roundingUnits(count, level);
        base = Math.nextDown(Math.nextDown((float) (exact - Math.abs(exact) * 0x1p-24)));
    }

    private void add(Optional<Asset> listed, long balance, MarketView market, KeyTable table) {
        if (balance == 0) {
            return;
        }
        if (listed.isEmpty()) {
            shown = false;
            return;
        }
        Asset asset = listed.get();
        if (asset.isUnitOfAccount()) {
            cash += balance;
            gross += Math.abs((double) balance);
            return;
        }
        Optional<Price> index = market.priceOf(asset.pricedBy().orElseThrow()).usableIndex();
        Optional<Character> key = index.flatMap(at -> table.ofBalance(asset, at, balance));
        if (key.isEmpty()) {
            shown = false;
            return;
        }
        double share = 1 - asset.haircut().ppm() / 1e6;
        push(key.get(), balance);
        gross += Math.abs((double) balance) * (index.get().e8() / UNIT) / share;
    }

    private void add(Position position, MarketView market, KeyTable table) {
        Optional<Instrument> listed = market.instrument(position.instrument());
        Optional<Price> mark = market.priceOf(position.instrument()).usableMark();
        long size = position.size().e8();
        Optional<Character> key =
                listed.isEmpty() || mark.isEmpty()
                        ? Optional.empty()
                        : table.ofPosition(listed.get(), mark.get(), size);
        if (key.isEmpty()) {
            shown = false;
            return;
        }
        push(key.get(), size);
        double cost = position.cost().e8();
        cash -= cost;
        amounts += table.amountOf(key.get());
        gross += Math.abs(cost) + Math.abs((double) size) * (mark.get().e8() / UNIT);
    }

    private void push(char key, long size) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        keys[count] = key;
        sizes[count++] = Math.abs((float) size);
    }
}
