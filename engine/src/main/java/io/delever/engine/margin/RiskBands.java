package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Screens who need not be looked at after a price change (MARG-033). Each time an account is
 * valued, a band is drawn around every price it needs, so narrow that no combination of prices
 * within their bands can change its risk state or standing; it is valued again only when a price
 * leaves its band. The bands decide nothing: they may be too narrow, never too wide.
 */
final class RiskBands {
    private static final long ONE = FixedPoint.ONE_PPB;
    private static final long FEW = 1_000;

    /** Beyond this no band is drawn: every sum below must fit. */
    private static final long MOST_EXPOSURE = Long.MAX_VALUE / 64;

    private static final long MOST_LEVEL_PPM = 10 * FixedPoint.ONE_PPM;

    private final List<Rate> levels;
    private final Map<AccountId, Integer> versions = new HashMap<>();
    private final Map<InstrumentId, Watch> watches = new HashMap<>();

    /**
     * Draws bands that no border of a standing lies within either.
     *
     * @param borders further multiples of maintenance margin at which something changes
     */
    RiskBands(MarginParameters parameters, List<Rate> borders) {
        TreeSet<Rate> all = new TreeSet<>(borders);
        all.add(Rate.ONE);
        all.add(parameters.marginCallLevel());
        this.levels = List.copyOf(all);
    }

    /** One border of one account's band, × 10⁸. */
    private record Border(long e8, AccountId account, int version) {}

    /** Who waits for one price to fall below, or rise above, a border. */
    private static final class Watch {
        private final PriorityQueue<Border> floors =
                new PriorityQueue<>(Comparator.comparingLong(Border::e8).reversed());
        private final PriorityQueue<Border> ceilings =
                new PriorityQueue<>(Comparator.comparingLong(Border::e8));
        private Optional<Boolean> usable = Optional.empty();
    }

    /**
     * Whether everybody who needs this price must be looked at: it became usable or ceased to be,
     * or is seen for the first time.
     */
    boolean changesUsability(InstrumentId instrument, PriceState price) {
        Watch watch = watch(instrument);
        boolean changes = watch.usable.filter(before -> before == price.isUsable()).isEmpty();
        watch.usable = Optional.of(price.isUsable());
        return changes;
    }

    /** The accounts whose band this usable price has left; each is told once. */
    List<AccountId> crossed(InstrumentId instrument, PriceState price) {
        Optional<Price> mark = price.usableMark();
        Optional<Price> index = price.usableIndex();
        if (mark.isEmpty() || index.isEmpty()) {
            return List.of();
        }
        Watch watch = watch(instrument);
        List<AccountId> crossed = new ArrayList<>();
        long least = Math.min(mark.get().e8(), index.get().e8());
        while (!watch.floors.isEmpty() && watch.floors.peek().e8() > least) {
            take(watch.floors.poll(), crossed);
        }
        long greatest = Math.max(mark.get().e8(), index.get().e8());
        while (!watch.ceilings.isEmpty() && watch.ceilings.peek().e8() < greatest) {
            take(watch.ceilings.poll(), crossed);
        }
        return crossed;
    }

    /**
     * Draws the bands of an account anew.
     *
     * @param figures at the prices of {@code market}; empty where a needed price is not usable
     */
    void remember(AccountView account, MarketView market, Optional<MarginFigures> figures) {
        int version = versions.merge(account.id(), 1, Integer::sum);
        TreeSet<InstrumentId> needed = new TreeSet<>();
        for (Position position : account.positions()) {
            needed.add(position.instrument());
        }
        for (Map.Entry<AssetId, Money> balance : account.balances().entrySet()) {
            if (!balance.getValue().isZero()) {
                market.asset(balance.getKey()).flatMap(Asset::pricedBy).ifPresent(needed::add);
            }
        }
        boolean waits =
                needed.stream().anyMatch(instrument -> !market.priceOf(instrument).isUsable());
        if (waits) {
            return;
        }
        // Usable prices and yet no figures: beyond the admitted range, so any move may matter.
        long width = figures.map(known -> widthPpb(account, market, known)).orElse(0L);
        for (InstrumentId instrument : needed) {
            PriceState price = market.priceOf(instrument);
            long mark = price.usableMark().orElseThrow().e8();
            long index = price.usableIndex().orElseThrow().e8();
            long high = Math.max(mark, index);
            long low = Math.min(mark, index);
            Watch watch = watch(instrument);
            long down = FixedPoint.mulDiv(high, width, ONE, Rounding.FLOOR);
            long up = FixedPoint.mulDiv(low, width, ONE, Rounding.FLOOR);
            push(watch.floors, new Border(high - down, account.id(), version));
            push(watch.ceilings, new Border(low + up, account.id(), version));
        }
    }

    /**
     * The greatest relative move of every price at once that cannot change the state, in ppb, at
     * most 1. Equity moves by at most the value of all exposures times the move, maintenance margin
     * by at most the greatest tier rate of each position times its notional times the move; a few
     * units are kept back for rounding.
     */
    private long widthPpb(AccountView account, MarketView market, MarginFigures figures) {
        long exposure = 0;
        long marginSlope = 0;
        long terms = 4;
        for (PositionMargin position : figures.positions()) {
            long notional = position.notional().e8();
            long rate =
                    market.instrument(position.position().instrument())
                            .map(known -> known.tiers().tiers().getLast())
                            .map(last -> last.maintenanceMargin().ppm())
                            .orElse(FixedPoint.ONE_PPM);
            exposure += notional;
            if (exposure > MOST_EXPOSURE) {
                return 0;
            }
            marginSlope += FixedPoint.mulDiv(notional, rate, FixedPoint.ONE_PPM, Rounding.CEILING);
            terms++;
        }
        for (Map.Entry<AssetId, Money> balance : account.balances().entrySet()) {
            exposure += balanceExposure(market, balance.getKey(), balance.getValue());
            if (exposure > MOST_EXPOSURE) {
                return 0;
            }
            terms++;
        }
        return widthPpb(figures, exposure, marginSlope, terms);
    }

    private long widthPpb(MarginFigures figures, long exposure, long marginSlope, long terms) {
        if (levels.getLast().ppm() > MOST_LEVEL_PPM) {
            return 0;
        }
        long adjusted = figures.adjustedEquity().e8();
        long required = figures.maintenanceMargin().e8();
        long times =
                FixedPoint.mulDiv(levels.getLast().ppm(), 1, FixedPoint.ONE_PPM, Rounding.CEILING);
        long kept = 8 * terms * (1 + times);
        long width = share(Math.abs(figures.equity().e8()) - kept, exposure);
        for (Rate level : levels) {
            long asked =
                    FixedPoint.mulDiv(required, level.ppm(), FixedPoint.ONE_PPM, Rounding.FLOOR);
            long slope =
                    FixedPoint.mulDiv(
                            marginSlope, level.ppm(), FixedPoint.ONE_PPM, Rounding.CEILING);
            width = Math.min(width, share(Math.abs(adjusted - asked) - kept, exposure + slope));
        }
        return width;
    }

    /**
     * Value of a balance that has a price, marked up as a negative one would be; 0 for the unit of
     * account.
     */
    private static long balanceExposure(MarketView market, AssetId id, Money balance) {
        Optional<Asset> asset = market.asset(id).filter(known -> !known.isUnitOfAccount());
        if (asset.isEmpty() || balance.isZero()) {
            return 0;
        }
        long index =
                asset.get()
                        .pricedBy()
                        .flatMap(by -> market.priceOf(by).usableIndex())
                        .map(Price::e8)
                        .orElseThrow();
        long value =
                FixedPoint.mulDiv(balance.abs().e8(), index, FixedPoint.ONE_E8, Rounding.CEILING);
        long counted = FixedPoint.ONE_PPM - asset.get().haircut().ppm();
        return value > MOST_EXPOSURE / FixedPoint.ONE_PPM * counted
                ? MOST_EXPOSURE + 1
                : FixedPoint.mulDiv(value, FixedPoint.ONE_PPM, counted, Rounding.CEILING);
    }

    private static long share(long slack, long slope) {
        if (slack <= 0) {
            return 0;
        }
        if (slack >= slope) {
            return ONE;
        }
        return FixedPoint.mulDiv(slack, ONE, slope, Rounding.FLOOR);
    }

    private void take(Border border, List<AccountId> crossed) {
        if (isCurrent(border)) {
            crossed.add(border.account());
        }
    }

    private boolean isCurrent(Border border) {
        return versions.getOrDefault(border.account(), 0) == border.version();
    }

    /** Borders that were redrawn stay behind; now and then they are swept out. */
    private void push(PriorityQueue<Border> borders, Border border) {
        borders.add(border);
        if (borders.size() > 2L * versions.size() + FEW) {
            borders.removeIf(known -> !isCurrent(known));
        }
    }

    private Watch watch(InstrumentId instrument) {
        return watches.computeIfAbsent(instrument, id -> new Watch());
    }
}
