package io.delever.simulation.margin;

import io.delever.engine.margin.PortfolioTerms;
import io.delever.engine.margin.ScenarioMargin;
import io.delever.engine.margin.ScenarioMargin.Shock;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import java.util.ArrayList;
import java.util.List;

/** Reads the terms of portfolio margin of the calculator's file. */
final class PortfolioReader {
    private static final int MAX_SCENARIOS = 256;
    private static final Money LEAST_MOVE = Money.parse("-1");
    private static final Money GREATEST_MOVE = Money.parse("10");

    private PortfolioReader() {}

    static PortfolioTerms terms(JsonPlace place) {
        place.withFields(
                "grid",
                "tails",
                "maintenanceLoss",
                "initialLoss",
                "maintenanceContingency",
                "initialContingency",
                "basisContingency",
                "concentrationStart",
                "concentrationContingency",
                "confidenceThreshold",
                "doubtFactor",
                "degradedConfidence");
        List<Shock> grid = new ArrayList<>();
        for (JsonPlace move : place.field("grid").elements(MAX_SCENARIOS)) {
            grid.add(Shock.full(factor(move)));
        }
        List<Shock> tails = new ArrayList<>();
        for (JsonPlace tail : place.field("tails").elements(MAX_SCENARIOS)) {
            tail.withFields("move", "damping");
            tails.add(new Shock(factor(tail.field("move")), share(tail, "damping")));
        }
        ScenarioMargin.Guard doubt =
                new ScenarioMargin.Guard(
                        share(place, "confidenceThreshold"), share(place, "doubtFactor"));
        ScenarioMargin.Guard noPeg = new ScenarioMargin.Guard(Ratio.ZERO, Ratio.ZERO);
        return place.checked(
                () ->
                        new PortfolioTerms(
                                new ScenarioMargin.Parameters(
                                        grid,
                                        tails,
                                        share(place, "maintenanceLoss"),
                                        share(place, "initialLoss"),
                                        share(place, "maintenanceContingency"),
                                        share(place, "initialContingency"),
                                        doubt,
                                        noPeg),
                                place.field("basisContingency").read(Rate::parse),
                                place.field("concentrationStart").read(Money::parse),
                                place.field("concentrationContingency").read(Rate::parse),
                                place.field("degradedConfidence").read(Rate::parse)));
    }

    private static Ratio share(JsonPlace place, String name) {
        JsonPlace field = place.field(name);
        Rate rate = field.read(Rate::parse);
        if (rate.compareTo(Rate.parse("10")) > 0) {
            throw field.wrong("must be at most 10, is " + rate);
        }
        return Ratio.of(rate);
    }

    private static Ratio factor(JsonPlace place) {
        Money move = place.read(Money::parse);
        if (move.compareTo(LEAST_MOVE) <= 0 || move.compareTo(GREATEST_MOVE) > 0) {
            throw place.wrong("a move must be above -1 and at most 10, is " + move);
        }
        return Ratio.ONE.plus(Ratio.of(move));
    }
}
