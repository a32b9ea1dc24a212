package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an account in portfolio mode must hold: positions with the same base are one risk group, in
 * which what gains in a scenario offsets what loses (MARG-114, MARG-115). A position's value moves
 * with the group by its signed notional in every contract: an inverse one pays face × move ÷ mark
 * once its coin is valued at the moved price.
 *
 * @param initialMargin rounded up, at least the maintenance margin
 * @param maintenanceMargin rounded up
 */
record PortfolioRequirement(Money initialMargin, Money maintenanceMargin) {
    /** Empty where a requirement is beyond the admitted range. */
    static Optional<PortfolioRequirement> of(
            List<PositionMargin> positions, MarketView market, PortfolioTerms terms) {
        Map<AssetId, List<PositionMargin>> groups = new TreeMap<>();
        for (PositionMargin position : positions) {
            AssetId base = MarginCalculator.listed(market, position.position().instrument()).base();
            groups.computeIfAbsent(base, group -> new ArrayList<>()).add(position);
        }
        Ratio initial = Ratio.ZERO;
        Ratio maintenance = Ratio.ZERO;
        for (List<PositionMargin> group : groups.values()) {
            ScenarioMargin.Result left =
                    ScenarioMargin.evaluate(group(group, market, terms), terms.grid());
            Ratio both = contingencies(group, terms);
            Ratio kept = both.minus(left.maintenanceMargin()).max(Ratio.ZERO);
            maintenance = maintenance.plus(kept);
            initial = initial.plus(both.minus(left.initialMargin()).max(kept));
        }
        Ratio limit = Ratio.of(new Money(AdmittedRange.MAX_AMOUNT_E8));
        return initial.compareTo(limit) > 0
                ? Optional.empty()
                : Optional.of(
                        new PortfolioRequirement(
                                initial.money(Rounding.CEILING),
                                maintenance.money(Rounding.CEILING)));
    }

    /** In units of account: the spot price is 1 and sizes are signed notionals. */
    private static ScenarioMargin.Group group(
            List<PositionMargin> positions, MarketView market, PortfolioTerms terms) {
        List<ScenarioMargin.Perpetual> legs = new ArrayList<>();
        for (PositionMargin position : positions) {
            Ratio notional = Ratio.of(position.notional());
            Ratio confidence =
                    Ratio.of(confidence(market.priceOf(position.position().instrument()), terms));
            legs.add(
                    new ScenarioMargin.Perpetual(
                            position.position().size().isLong() ? notional : notional.negate(),
                            Ratio.ONE,
                            confidence));
        }
        return new ScenarioMargin.Group(
                Ratio.ZERO, Ratio.ONE, Ratio.ONE, Ratio.ONE, legs, List.of());
    }

    private static Rate confidence(PriceState state, PortfolioTerms terms) {
        return switch (state) {
            case PriceState.Fresh _ -> Rate.ONE;
            case PriceState.Degraded _ -> terms.degradedConfidence();
            case PriceState.Stale _ -> Rate.ZERO;
            case PriceState.Missing _ -> Rate.ZERO;
        };
    }

    /** Of basis, on the offset part, and of concentration, on the gross above the start. */
    private static Ratio contingencies(List<PositionMargin> positions, PortfolioTerms terms) {
        Ratio longs = Ratio.ZERO;
        Ratio shorts = Ratio.ZERO;
        for (PositionMargin position : positions) {
            Ratio notional = Ratio.of(position.notional());
            if (position.position().size().isLong()) {
                longs = longs.plus(notional);
            } else {
                shorts = shorts.plus(notional);
            }
        }
        Ratio start = Ratio.of(terms.concentrationStart());
        Ratio above = longs.plus(shorts).minus(start).max(Ratio.ZERO);
        return longs.min(shorts)
                .times(Ratio.of(terms.basis()))
                .plus(above.times(Ratio.of(terms.concentration())));
    }
}
