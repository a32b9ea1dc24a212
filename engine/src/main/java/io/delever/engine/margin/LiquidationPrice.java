package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Position;
import io.delever.engine.market.Contract;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * The mark price at which the account is just not liquidatable: at it safe, one unit (10⁻⁸) beyond
 * not (MARG-010). All other marks and every index stay as they are. For display, never a trigger.
 *
 * <p>It is searched on the exact slack, adjusted equity − maintenance margin, so tiers and
 * roundings are all in it. What is not linear in the mark is searched by {@link BorderSearch}.
 */
final class LiquidationPrice {
    private final Position position;
    private final Contract contract;
    private final TierTable tiers;

    /** Adjusted equity − maintenance margin without the position, less the cost of the position. */
    private final long restE8;

    private LiquidationPrice(Position position, Contract contract, TierTable tiers, long restE8) {
        this.position = position;
        this.contract = contract;
        this.tiers = tiers;
        this.restE8 = restE8;
    }

    /**
     * Empty without a position in the instrument, where another price is not usable, and where no
     * admitted price is the border.
     */
    static Optional<Price> of(
            AccountView account,
            InstrumentId instrument,
            MarketView market,
            MarginParameters parameters) {
        Optional<Position> held = account.position(instrument);
        boolean direct =
                !account.isPortfolioMargined()
                        && parameters.profitWeight().equals(Rate.ONE)
                        && !market.contractOf(instrument).isInverse();
        if (held.isPresent() && !direct) {
            return new BorderSearch(account, held.get(), market, parameters).find();
        }
        Valuation others = Valuation.without(account, instrument, market);
        if (held.isEmpty() || !others.isPriced()) {
            return Optional.empty();
        }
        Position position = held.get();
        long room = AdmittedRange.MAX_AMOUNT_E8 - others.grossE8() - position.cost().abs().e8();
        Instrument traded = MarginCalculator.listed(market, instrument);
        Contract contract = market.contractOf(instrument);
        long highest = highestPriceE8(contract.units(position.size()), room);
        if (highest < 1) {
            return Optional.empty();
        }
        long rest = others.slackE8() - position.cost().e8();
        return new LiquidationPrice(position, contract, traded.tiers(), rest).search(highest);
    }

    private Optional<Price> search(long highest) {
        boolean isLong = position.size().isLong();
        long safe = isLong ? highest : 1;
        long unsafe = isLong ? 1 : highest;
        if (!isSafe(safe) || isSafe(unsafe)) {
            return Optional.empty();
        }
        // Invariant: `safe` is safe and `unsafe` is not; they end side by side.
        while (Math.abs(safe - unsafe) > 1) {
            long middle = unsafe + (safe - unsafe) / 2;
            if (isSafe(middle)) {
                safe = middle;
            } else {
                unsafe = middle;
            }
        }
        return Optional.of(new Price(safe));
    }

    private boolean isSafe(long priceE8) {
        Price price = new Price(priceE8);
        long value = contract.value(position.size(), price, Rounding.FLOOR).e8();
        long notional = contract.notional(position.size(), price).e8();
        long margin = tiers.maintenanceMarginE8(notional);
        return restE8 + value >= margin;
    }

    /** The highest admitted price at which every figure of the account is in range. */
    private static long highestPriceE8(Quantity units, long roomE8) {
        long size = units.abs().e8();
        boolean anyPrice =
                FixedPoint.compareProducts(
                                roomE8, FixedPoint.ONE_E8, AdmittedRange.MAX_PRICE_E8, size)
                        >= 0;
        return anyPrice
                ? AdmittedRange.MAX_PRICE_E8
                : FixedPoint.mulDiv(roomE8, FixedPoint.ONE_E8, size, Rounding.FLOOR);
    }
}
