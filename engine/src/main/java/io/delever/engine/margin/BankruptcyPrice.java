package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * The price at which closing a position uses up its share of the account's equity; shares go by
 * maintenance margin by tiers (MARG-011). A position's maintenance margin is never 0, so the share
 * always exists.
 */
public final class BankruptcyPrice {
    /** For calculations that do not look at the risk state. */
    static final MarginParameters ANY_PARAMETERS = new MarginParameters(Rate.ONE, 1);

    private BankruptcyPrice() {}

    /**
     * Long: mark − share ÷ |size|, rounded up; short: mark + share ÷ |size|, rounded down. The
     * share is rounded down first, so that a close at this price never takes more than the share.
     * Empty without figures, without a position in the instrument, and where no positive, admitted
     * price does it.
     */
    public static Optional<Price> of(AccountMargin margin, InstrumentId instrument) {
        if (margin.figures().isEmpty()) {
            return Optional.empty();
        }
        MarginFigures figures = margin.figures().get();
        return find(figures, instrument)
                .flatMap(
                        position ->
                                priceOf(position, share(figures, position.maintenanceMargin())));
    }

    /**
     * What closing {@code closed} (signed: − sells from a long, + buys back a short) must bring at
     * least, so that the close takes no more than its share: −closed × mark − equity × released
     * maintenance margin ÷ maintenance margin, rounded up. Negative where the close may cost money.
     * Empty where {@code closed} does not reduce the position.
     */
    static Optional<Money> closeValue(
            AccountMargin margin, Instrument instrument, Quantity closed) {
        if (margin.figures().isEmpty()) {
            return Optional.empty();
        }
        MarginFigures figures = margin.figures().get();
        return find(figures, instrument.id())
                .filter(held -> reduces(held.position().size(), closed))
                .map(held -> closeValue(figures, held, instrument, closed));
    }

    private static Money closeValue(
            MarginFigures figures, PositionMargin held, Instrument instrument, Quantity closed) {
        Quantity left = held.position().size().plus(closed).abs();
        Price index = held.settlementIndex();
        Money after =
                inUnit(
                        instrument
                                .tiers()
                                .maintenanceMargin(held.contract().notional(left, held.mark())),
                        index);
        Money released = held.maintenanceMargin().minus(after);
        Money atMark =
                inUnit(
                        held.contract().value(closed.negate(), held.mark(), Rounding.CEILING),
                        index);
        return atMark.minus(share(figures, released));
    }

    private static Money inUnit(Money amount, Price index) {
        return new Money(
                FixedPoint.mulDiv(amount.e8(), index.e8(), FixedPoint.ONE_E8, Rounding.CEILING));
    }

    private static Optional<Price> priceOf(PositionMargin held, Money share) {
        Optional<Price> price =
                held.contract().isInverse() ? inverse(held, share) : linear(held, share);
        return price.filter(AdmittedRange::isAdmitted);
    }

    private static Optional<Price> linear(PositionMargin held, Money share) {
        long size = held.contract().units(held.position().size()).abs().e8();
        boolean fits =
                FixedPoint.compareProducts(
                                share.abs().e8(), FixedPoint.ONE_E8, Long.MAX_VALUE / 4, size)
                        <= 0;
        if (!fits) {
            return Optional.empty();
        }
        long distance = FixedPoint.mulDiv(share.e8(), FixedPoint.ONE_E8, size, Rounding.FLOOR);
        long mark = held.mark().e8();
        long price =
                held.position().size().isLong()
                        ? Math.subtractExact(mark, distance)
                        : Math.addExact(mark, distance);
        return Optional.of(price).filter(e8 -> e8 > 0).map(Price::new);
    }

    /**
     * Face ÷ (face ÷ mark ± share in coin): a long's rounded up, a short's down, from a share
     * rounded down, so that a close never takes more than the share (MARG-108).
     */
    private static Optional<Price> inverse(PositionMargin held, Money share) {
        boolean isLong = held.position().size().isLong();
        Ratio face = Ratio.of(held.contract().units(held.position().size()).abs());
        Ratio coin = Ratio.of(share).dividedBy(Ratio.of(held.settlementIndex()));
        Ratio now = face.dividedBy(Ratio.of(held.mark()));
        Ratio then = isLong ? now.plus(coin) : now.minus(coin);
        if (then.signum() <= 0) {
            return Optional.empty();
        }
        Ratio price = face.dividedBy(then);
        Ratio greatest = Ratio.of(new Price(AdmittedRange.MAX_PRICE_E8));
        if (price.compareTo(greatest) > 0) {
            return Optional.empty();
        }
        long e8 = price.units(FixedPoint.ONE_E8, isLong ? Rounding.CEILING : Rounding.FLOOR);
        return Optional.of(e8).filter(found -> found > 0).map(Price::new);
    }

    private static Money share(MarginFigures figures, Money maintenanceMargin) {
        long all =
                figures.positions().stream()
                        .mapToLong(position -> position.maintenanceMargin().e8())
                        .sum();
        return new Money(
                FixedPoint.mulDiv(
                        figures.equity().e8(), maintenanceMargin.e8(), all, Rounding.FLOOR));
    }

    private static boolean reduces(Quantity held, Quantity closed) {
        return closed.signum() == -held.signum() && closed.abs().compareTo(held.abs()) <= 0;
    }

    private static Optional<PositionMargin> find(MarginFigures figures, InstrumentId instrument) {
        return figures.positions().stream()
                .filter(margin -> margin.position().instrument().equals(instrument))
                .findFirst();
    }
}
