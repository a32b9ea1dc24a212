package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a position is from its end; for display, never a trigger (MARG-111). Everybody who shows
 * these figures takes them from here.
 *
 * @param liquidationPrice where the part of the account that holds it is just not liquidatable
 * @param bankruptcyPrice where closing it uses up its share of the equity
 * @param distancePpm move of the mark to the liquidation price as a share of the mark, rounded
 *     down; negative where it is passed already
 * @param distanceInVolatilityPpm the same in units of recent volatility, rounded down
 */
public record PositionOutlook(
        Optional<Price> liquidationPrice,
        Optional<Price> bankruptcyPrice,
        OptionalLong distancePpm,
        OptionalLong distanceInVolatilityPpm) {

    /**
     * Every figure of the position in an instrument.
     *
     * @param volatility recent volatility of the instrument, for example of one day; empty where it
     *     is not known
     */
    public static PositionOutlook of(
            AccountView account,
            InstrumentId instrument,
            MarketView market,
            MarginParameters parameters,
            Optional<Rate> volatility) {
        Optional<Price> liquidation =
                MarginCalculator.liquidationPrice(account, instrument, market, parameters);
        Optional<Price> mark = market.priceOf(instrument).usableMark();
        OptionalLong distance =
                liquidation.isEmpty() || mark.isEmpty()
                        ? OptionalLong.empty()
                        : distance(
                                mark.get(),
                                liquidation.get(),
                                account.position(instrument).orElseThrow().size().isLong());
        return new PositionOutlook(
                liquidation,
                MarginCalculator.bankruptcyPrice(account, instrument, market, parameters),
                distance,
                inVolatility(distance, volatility));
    }

    private static OptionalLong distance(Price mark, Price border, boolean isLong) {
        long move = isLong ? mark.e8() - border.e8() : border.e8() - mark.e8();
        boolean fits =
                FixedPoint.compareProducts(
                                Math.abs(move),
                                FixedPoint.ONE_PPM,
                                Long.MAX_VALUE / FixedPoint.ONE_PPM,
                                mark.e8())
                        < 0;
        return fits
                ? OptionalLong.of(
                        FixedPoint.mulDiv(move, FixedPoint.ONE_PPM, mark.e8(), Rounding.FLOOR))
                : OptionalLong.empty();
    }

    private static OptionalLong inVolatility(OptionalLong distance, Optional<Rate> volatility) {
        if (distance.isEmpty() || volatility.isEmpty() || volatility.get().ppm() == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                FixedPoint.mulDiv(
                        distance.getAsLong(),
                        FixedPoint.ONE_PPM,
                        volatility.get().ppm(),
                        Rounding.FLOOR));
    }
}
