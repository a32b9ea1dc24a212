package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Position;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.RiskTier;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The check before trading (MARG-012, MARG-013). The order is taken as filled in whole at the worse
 * of its limit and the mark price, with the taker fee paid.
 *
 * <p>It passes where adjusted equity then covers the initial margin. An order that only reduces or
 * closes a position passes also where adjusted equity − maintenance margin does not shrink, and
 * where a needed price is not usable.
 */
public final class OrderCheck {
    private final AccountView account;
    private final Order order;
    private final Instrument instrument;
    private final MarketView market;
    private final MarginParameters parameters;
    private final AccountMargin before;
    private final Quantity held;

    private OrderCheck(
            AccountView account,
            Order order,
            Instrument instrument,
            MarketView market,
            MarginParameters parameters) {
        this.account = account;
        this.order = order;
        this.instrument = instrument;
        this.market = market;
        this.parameters = parameters;
        before = MarginCalculator.evaluate(account, market, parameters);
        held = account.position(instrument.id()).map(Position::size).orElse(Quantity.ZERO);
    }

    /** The verdict on one order of one account; reads only. */
    public static OrderVerdict check(
            AccountView account, Order order, MarketView market, MarginParameters parameters) {
        Optional<Instrument> listed = market.instrument(order.instrument());
        if (listed.isEmpty()) {
            return new OrderVerdict(
                    Optional.of(FillRule.unknown(order.instrument())),
                    Quantity.ZERO,
                    Optional.empty());
        }
        return new OrderCheck(account, order, listed.get(), market, parameters).verdict();
    }

    /**
     * The verdict on one order of an account with a standing: where it may only reduce, so must the
     * order (MARG-125).
     */
    public static OrderVerdict check(
            AccountView account,
            Order order,
            Standing standing,
            MarketView market,
            MarginParameters parameters) {
        if (!standing.mayOnlyReduce() || order.reduceOnly()) {
            return check(account, order, market, parameters);
        }
        Order reducing = new Order(order.instrument(), order.size(), order.limitPrice(), true);
        OrderVerdict verdict = check(account, reducing, market, parameters);
        return new OrderVerdict(
                verdict.refusal().map(refusal -> because(standing, account, refusal)),
                verdict.largestPassingSize(),
                verdict.marginAfter());
    }

    /** Nobody asked for reduce-only here, so the standing is the reason. */
    private static Refusal because(Standing standing, AccountView account, Refusal refusal) {
        if (refusal.reason() != RejectionReason.NOT_REDUCING) {
            return refusal;
        }
        return standing == Standing.REDUCE_ONLY
                ? new Refusal(
                        RejectionReason.ACCOUNT_REDUCE_ONLY,
                        "account " + account.id() + " may only reduce until it has recovered")
                : new Refusal(
                        RejectionReason.ACCOUNT_IN_LIQUIDATION,
                        "account " + account.id() + " is " + standing);
    }

    private OrderVerdict verdict() {
        Optional<Refusal> malformed = checkForm();
        if (malformed.isPresent()) {
            return new OrderVerdict(malformed, Quantity.ZERO, Optional.empty());
        }
        Quantity largest = largestPassing();
        Optional<Refusal> outOfRange = checkRange(order.size());
        if (outOfRange.isPresent()) {
            return new OrderVerdict(outOfRange, largest, Optional.empty());
        }
        AccountMargin after = MarginCalculator.evaluate(after(order.size()), market, parameters);
        return new OrderVerdict(refusal(order.size()), largest, Optional.of(after));
    }

    private Optional<Refusal> checkForm() {
        if (!order.size().isMultipleOf(instrument.lotSize())) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.NOT_A_LOT_MULTIPLE,
                            "size "
                                    + order.size()
                                    + " of "
                                    + instrument.id()
                                    + " is not a multiple of "
                                    + instrument.lotSize()));
        }
        if (order.limitPrice().e8() % instrument.tickSize().e8() != 0) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.NOT_A_TICK_MULTIPLE,
                            "price "
                                    + order.limitPrice()
                                    + " of "
                                    + instrument.id()
                                    + " is not a multiple of "
                                    + instrument.tickSize()));
        }
        return AdmittedRange.isAdmitted(order.limitPrice())
                ? Optional.empty()
                : AmountRule.tooLarge(
                        "limit price of " + instrument.id(),
                        order.limitPrice().e8(),
                        AdmittedRange.MAX_PRICE_E8);
    }

    /** Why an order of this size would not pass; size is in range and not 0. */
    private Optional<Refusal> refusal(Quantity size) {
        boolean reduces = FillRule.reduces(account.position(instrument.id()), size);
        if (order.reduceOnly() && !reduces) {
            return Optional.of(
                    FillRule.notReducing(instrument.id(), size, account.position(instrument.id())));
        }
        Optional<Price> mark = market.priceOf(instrument.id()).usableMark();
        if (mark.isEmpty() || before.figures().isEmpty()) {
            return reduces ? Optional.empty() : Optional.of(unpriced());
        }
        if (!reduces) {
            return checkGrowth()
                    .or(() -> WithdrawalRule.checkInitialMargin(after(size), market, parameters));
        }
        long slackBefore = slack(before.figures().get());
        return WithdrawalRule.checkInitialMargin(after(size), market, parameters)
                .filter(
                        lacking ->
                                MarginCalculator.evaluate(after(size), market, parameters)
                                        .figures()
                                        .filter(figures -> slack(figures) >= slackBefore)
                                        .isEmpty());
    }

    private Optional<Refusal> checkGrowth() {
        boolean inLiquidation =
                switch (before.state()) {
                    case LIQUIDATABLE, BANKRUPT -> true;
                    case HEALTHY, MARGIN_CALL, PRICE_UNAVAILABLE -> false;
                };
        if (inLiquidation) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.ACCOUNT_IN_LIQUIDATION,
                            "account " + account.id() + " is " + before.state()));
        }
        int count = account.positions().size();
        return held.isZero() && count >= parameters.maxPositionsPerAccount()
                ? Optional.of(
                        new Refusal(
                                RejectionReason.TOO_MANY_POSITIONS,
                                "account "
                                        + account.id()
                                        + " has "
                                        + count
                                        + " positions, the limit is "
                                        + parameters.maxPositionsPerAccount()))
                : Optional.empty();
    }

    private Refusal unpriced() {
        TreeSet<InstrumentId> needed = new TreeSet<>(before.unpriced());
        if (!market.priceOf(instrument.id()).isUsable()) {
            needed.add(instrument.id());
        }
        return new Refusal(
                RejectionReason.PRICE_UNAVAILABLE,
                "account " + account.id() + " needs a usable price of " + needed);
    }

    /**
     * The search runs where passing can only end once: beyond a passing size, towards the next size
     * at which a slope changes. Growing costs margin all the way, because a fill is never counted
     * as better than the mark.
     */
    private Quantity largestPassing() {
        long lot = instrument.lotSize().e8();
        long sign = order.size().signum();
        long highest = highestLots();
        long known = -1;
        long failing = highest + 1;
        for (long lots : cornersDescending(highest)) {
            if (lots == 0 || passes(lots, lot, sign)) {
                known = lots;
                break;
            }
            failing = lots;
        }
        while (failing - known > 1) {
            long middle = known + (failing - known) / 2;
            if (passes(middle, lot, sign)) {
                known = middle;
            } else {
                failing = middle;
            }
        }
        return new Quantity(known * lot * sign);
    }

    private boolean passes(long lots, long lot, long sign) {
        return refusal(new Quantity(lots * lot * sign)).isEmpty();
    }

    /**
     * Whole lots at which the order is flat, or the rest of the position stands at a tier border; 0
     * always.
     */
    private Iterable<Long> cornersDescending(long highest) {
        long lot = instrument.lotSize().e8();
        TreeSet<Long> corners = new TreeSet<>();
        corners.add(0L);
        corners.add(highest);
        boolean opposite = held.signum() == -order.size().signum();
        Optional<Price> mark = market.priceOf(instrument.id()).usableMark();
        if (opposite) {
            corners.add(FixedPoint.mulDiv(held.abs().e8(), 1, lot, Rounding.FLOOR));
        }
        if (opposite && mark.isPresent()) {
            for (RiskTier tier : instrument.tiers().tiers()) {
                addCorner(corners, tier.notionalFloor(), mark.get());
            }
        }
        corners.removeIf(lots -> lots > highest);
        return corners.descendingSet();
    }

    private void addCorner(Set<Long> corners, Money floor, Price mark) {
        long lot = instrument.lotSize().e8();
        boolean fits =
                FixedPoint.compareProducts(
                                floor.e8(), FixedPoint.ONE_E8, held.abs().e8(), mark.e8())
                        < 0;
        if (fits) {
            long left = FixedPoint.mulDiv(floor.e8(), FixedPoint.ONE_E8, mark.e8(), Rounding.DOWN);
            long lots = (held.abs().e8() - left) / lot;
            corners.add(lots);
            corners.add(lots + 1);
        }
    }

    /** The most whole lots whose fill, and the position after it, are in the admitted range. */
    private long highestLots() {
        long lot = instrument.lotSize().e8();
        long known = 0;
        long failing = FixedPoint.mulDiv(AdmittedRange.MAX_AMOUNT_E8, 1, lot, Rounding.FLOOR) + 1;
        while (failing - known > 1) {
            long middle = known + (failing - known) / 2;
            boolean fits = checkRange(new Quantity(middle * lot * order.size().signum())).isEmpty();
            known = fits ? middle : known;
            failing = fits ? failing : middle;
        }
        return known;
    }

    private Optional<Refusal> checkRange(Quantity size) {
        Price price = fillPrice();
        boolean fill =
                AdmittedRange.isValueWithin(
                        size.e8(), price.e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8);
        if (!fill) {
            return AmountRule.tooLarge(
                    "value of " + size.abs() + " x " + price + " of " + instrument.id() + "; size",
                    size.e8(),
                    AdmittedRange.MAX_TRADE_NOTIONAL_E8);
        }
        Quantity after = held.plus(size);
        boolean grows = after.abs().compareTo(held.abs()) > 0;
        return grows
                        && !AdmittedRange.isValueWithin(
                                after.e8(), price.e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8)
                ? AmountRule.tooLarge(
                        "value of the position after the order at " + price + "; size",
                        after.e8(),
                        AdmittedRange.MAX_TRADE_NOTIONAL_E8)
                : Optional.empty();
    }

    private AccountView after(Quantity size) {
        Price price = fillPrice();
        Money fee =
                price.times(size.abs(), Rounding.CEILING)
                        .times(instrument.takerFee(), Rounding.CEILING);
        return AfterTrade.fill(account, instrument, size, price, fee);
    }

    /** The worse of limit and mark; the limit where the mark is not usable. */
    private Price fillPrice() {
        Price limit = order.limitPrice();
        Price mark = market.priceOf(instrument.id()).usableMark().orElse(limit);
        boolean limitIsWorse =
                order.size().isLong() ? limit.compareTo(mark) > 0 : limit.compareTo(mark) < 0;
        return limitIsWorse ? limit : mark;
    }

    private static long slack(MarginFigures figures) {
        return figures.adjustedEquity().minus(figures.maintenanceMargin()).e8();
    }
}
