package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Contract;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Searches the liquidation price by valuing the whole account at other marks of one instrument:
 * inverse contracts, profit that counts in part, and margin by scenarios (MARG-107). Needs the
 * instrument's own mark.
 */
final class BorderSearch {
    private final AccountView account;
    private final Position position;
    private final MarketView market;
    private final MarginParameters parameters;

    BorderSearch(
            AccountView account,
            Position position,
            MarketView market,
            MarginParameters parameters) {
        this.account = account;
        this.position = position;
        this.market = market;
        this.parameters = parameters;
    }

    /** Empty where the account is not priced now, and where no admitted price is the border. */
    Optional<Price> find() {
        Optional<Price> mark = market.priceOf(position.instrument()).usableMark();
        if (mark.isEmpty() || !isPriced(mark.get().e8())) {
            return Optional.empty();
        }
        boolean isLong = position.size().isLong();
        long now = mark.get().e8();
        long highest = lastThat(this::isPriced, now, AdmittedRange.MAX_PRICE_E8);
        long lowest = lastThat(this::isPriced, now, 1);
        if (isSafe(now)) {
            long worst = isLong ? lowest : highest;
            return isSafe(worst)
                    ? Optional.empty()
                    : Optional.of(new Price(lastThat(this::isSafe, now, worst)));
        }
        long best = isLong ? highest : lowest;
        return isSafe(best)
                ? Optional.of(new Price(lastThat(this::isSafe, best, now)))
                : Optional.empty();
    }

    /**
     * From {@code known}, for which it holds, toward {@code end}: {@code end} where it holds there,
     * else a price for which it holds while it does not for the next one.
     */
    private static long lastThat(LongPredicate holds, long known, long end) {
        if (holds.test(end)) {
            return end;
        }
        long good = known;
        long bad = end;
        while (Math.abs(good - bad) > 1) {
            long middle = bad + (good - bad) / 2;
            if (holds.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private boolean isPriced(long markE8) {
        return at(markE8).isPriced();
    }

    private boolean isSafe(long markE8) {
        Valuation valuation = at(markE8);
        return valuation.isPriced() && valuation.slackE8() >= 0;
    }

    private Valuation at(long markE8) {
        return Valuation.of(account, new At(new Price(markE8)), parameters);
    }

    /** The market with another mark of the instrument; its index stays. */
    private final class At implements MarketView {
        private final PriceState state;

        At(Price mark) {
            Price index = market.priceOf(position.instrument()).usableIndex().orElseThrow();
            state = new PriceState.Fresh(index, mark, 0);
        }

        @Override
        public Optional<Instrument> instrument(InstrumentId id) {
            return market.instrument(id);
        }

        @Override
        public Contract contractOf(InstrumentId id) {
            return market.contractOf(id);
        }

        @Override
        public Optional<Asset> asset(AssetId id) {
            return market.asset(id);
        }

        @Override
        public PriceState priceOf(InstrumentId id) {
            return id.equals(position.instrument()) ? state : market.priceOf(id);
        }
    }
}
