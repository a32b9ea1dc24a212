package io.delever.simulation.conformance;

import io.delever.engine.margin.ScenarioMargin;
import io.delever.engine.margin.ScenarioMargin.Collateral;
import io.delever.engine.margin.ScenarioMargin.Group;
import io.delever.engine.margin.ScenarioMargin.Guard;
import io.delever.engine.margin.ScenarioMargin.Parameters;
import io.delever.engine.margin.ScenarioMargin.Perpetual;
import io.delever.engine.margin.ScenarioMargin.Result;
import io.delever.engine.margin.ScenarioMargin.Shock;
import io.delever.engine.money.Ratio;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Margin of a portfolio by scenarios; where an example is silent, with its source's parameters. */
final class PortfolioRules {
    private static final List<Ratio> USUAL_GRID =
            Stream.of("1.18", "1.135", "1.09", "1.045", "1", "0.955", "0.91", "0.865", "0.82")
                    .map(BigDecimal::new)
                    .map(Ratio::of)
                    .toList();

    /** Damped so that each counts like a fifth of the widest move of the grid. */
    private static final List<Shock> USUAL_TAILS =
            Stream.of("0.34", "0.67", "1.5", "2", "3", "4")
                    .map(BigDecimal::new)
                    .map(Ratio::of)
                    .map(PortfolioRules::tail)
                    .toList();

    private PortfolioRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("portfolio_margin", (input, _) -> portfolio(input));
        rules.put("depeg_loss_factor", (input, _) -> portfolio(input));
        rules.put("scenario_grid", (input, _) -> grid(input));
    }

    private static Shock tail(Ratio factor) {
        Ratio move = factor.minus(Ratio.ONE).abs();
        return new Shock(factor, Ratio.of(36, 1_000).dividedBy(move));
    }

    private static Figure.Named portfolio(Input input) {
        Input params = input.find("params").orElse(input);
        Result result = ScenarioMargin.evaluate(group(input), parameters(input, params));
        return new Exact.Figures()
                .with("markToMarket", result.markToMarket())
                .with("worstScenario", result.worst())
                .with("worstSpotShock", result.worstShock().move())
                .with("tailScenario", Exact.orAbsent(result.tail()))
                .with("imLossFactor", result.initialLossFactor())
                .with("perpContingencyMM", result.maintenanceContingency())
                .with("perpContingencyIM", result.initialContingency())
                .with("oracleContingency", result.oracleContingency())
                .with("initialMargin", result.initialMargin())
                .with("maintenanceMargin", result.maintenanceMargin())
                .named();
    }

    private static Parameters parameters(Input input, Input params) {
        List<Ratio> grid = input.find("scenarioSpotShocks").map(Exact::list).orElse(USUAL_GRID);
        return new Parameters(
                grid.stream().map(Shock::full).toList(),
                USUAL_TAILS,
                Exact.or("0.8", params, "mmLossFactor"),
                Exact.or("1", params, "imLossFactor"),
                Exact.or("0.015", params, "mmPerpPct"),
                Exact.or("0.005", params, "imPerpPct"),
                new Guard(
                        Exact.or("0.55", params, "confThreshold"),
                        Exact.or("1", params, "confMargin")),
                new Guard(
                        Exact.or("0.98", params, "pegLossThreshold"),
                        Exact.or("2", params, "pegLossFactor")));
    }

    /** Collateral is valued in the stable coin; perpetuals settle in it. */
    private static Group group(Input input) {
        Ratio stable = Exact.or(Ratio.ONE, input, "stablePrice");
        Ratio cash =
                Exact.or(Ratio.ZERO, input, "cash")
                        .plus(Exact.or(Ratio.ZERO, input, "unrealisedPerpPnl"))
                        .plus(Exact.or(Ratio.ZERO, input, "unrealisedFunding"));
        List<Perpetual> perpetuals =
                input.has("perpQty")
                        ? List.of(
                                new Perpetual(
                                        Exact.of(input, "perpQty"),
                                        Exact.of(input, "perpPrice", "spotPrice"),
                                        Exact.or(Ratio.ONE, input, "perpConfidence")))
                        : List.of();
        List<Collateral> collateral = new ArrayList<>();
        for (Input one : input.find("collateral").map(Input::items).orElse(List.of())) {
            collateral.add(
                    new Collateral(
                            Exact.of(one, "qty").times(Exact.of(one, "price")).dividedBy(stable),
                            Exact.or(Ratio.ONE, one, "confidence"),
                            one.find("riskCancelling").map(Input::flag).orElse(false),
                            Exact.or(Ratio.ZERO, one, "mmHaircut"),
                            Exact.or(Ratio.ZERO, one, "imHaircut")));
        }
        return new Group(
                cash,
                Exact.or(Ratio.ONE, input, "spotPrice"),
                Exact.or(Ratio.ONE, input, "spotConfidence"),
                stable,
                perpetuals,
                collateral);
    }

    /** Moves are said as shares: 0.03 is a rise by 3 %. */
    private static Figure.Named grid(Input input) {
        Ratio size = Exact.of(input, "qty");
        Ratio notional = size.times(Exact.of(input, "forward", "price"));
        Ratio index = Exact.find(input, "index").orElseGet(() -> PublishedTables.index(input));
        return new Exact.Figures()
                .with(
                        "pnl",
                        Exact.each(
                                input.get("shocks"),
                                move ->
                                        Exact.figure(
                                                ScenarioMargin.profit(
                                                        notional,
                                                        Shock.full(Ratio.ONE.plus(move))))))
                .with(
                        "contingency",
                        ScenarioMargin.contingency(
                                size.abs().times(index),
                                Exact.or("0.006", input, "contingencyRate")))
                .named();
    }
}
