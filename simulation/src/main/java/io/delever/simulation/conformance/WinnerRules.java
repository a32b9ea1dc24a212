package io.delever.simulation.conformance;

import io.delever.engine.deleveraging.FundDrawdownTrigger;
import io.delever.engine.deleveraging.RiskWeight;
import io.delever.engine.deleveraging.WinnerCost;
import io.delever.engine.money.Ratio;
import io.delever.engine.stress.LinearImpact;
import io.delever.engine.stress.OptimalExecution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When auto-deleveraging begins, whom it takes how much from, what it costs, and impact. */
final class WinnerRules {
    private static final Pattern EXCESS =
            Pattern.compile(
                    "equity\\*λ\\*max\\(λ-([0-9.]+),0\\)|equity\\*λ\\*\\(λ-([0-9.]+)\\)\\+");
    private static final Pattern POWER = Pattern.compile("equity\\*λ\\*λ(?:\\^([0-9]+))?");
    private static final Ratio MILLIONTH = Ratio.of(1, 1_000_000);

    private WinnerRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("adl_trigger", (input, _) -> trigger(input));
        rules.put("adl_policy_shares", (input, _) -> shares(input));
        rules.put("adl_winner_cost", (input, _) -> cost(input));
        rules.put("linear_impact_execution", (input, _) -> impact(input));
        rules.put("almgren_chriss_half_life", (input, _) -> halfLife(input));
    }

    private static Figure.Named trigger(Input input) {
        FundDrawdownTrigger trigger =
                new FundDrawdownTrigger(
                        Exact.of(input, "triggerRatio"), Exact.of(input, "stopRatio"));
        Ratio peak = Exact.of(input, "poolPeak8h", "peak");
        Ratio loss = Exact.of(input, "loss");
        Ratio ratio = FundDrawdownTrigger.ratio(peak, loss);
        boolean begins =
                trigger.begins(
                        Exact.or(peak.minus(loss), input, "balance", "poolBalance"),
                        input.find("balanceAboveThreshold").map(Input::flag).orElse(true),
                        ratio);
        return new Exact.Figures()
                .with("pnlRatio", ratio)
                .with("triggered", new Figure.Flag(begins))
                .with("stopped", new Figure.Flag(trigger.ends(ratio)))
                .with("subsidisedByUsers", begins ? trigger.subsidy(peak, loss) : Ratio.ZERO)
                .named();
    }

    private static Figure.Named shares(Input input) {
        List<String> names = new ArrayList<>();
        List<Ratio> equities = new ArrayList<>();
        List<Ratio> leverages = new ArrayList<>();
        input.get("equity")
                .fields()
                .forEach(
                        (name, equity) -> {
                            names.add(name);
                            equities.add(Ratio.of(equity.number()));
                            leverages.add(Exact.of(input.get("effectiveLeverage"), name));
                        });
        List<Ratio> shares = weight(input).shares(equities, leverages);
        Map<String, Figure> byName = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.put(names.get(i), Exact.figure(shares.get(i)));
        }
        return Figure.named("share", new Figure.Named(byName));
    }

    /** The weight as its source writes it, with a remark in brackets or without. */
    private static RiskWeight weight(Input input) {
        if (!input.has("weight")) {
            return new RiskWeight.ByEquity();
        }
        String text = input.get("weight").text();
        String formula = text.replaceAll("\\s+\\(.*\\)$", "").replace(" ", "");
        Matcher excess = EXCESS.matcher(formula);
        if (excess.matches()) {
            String threshold = excess.group(1) != null ? excess.group(1) : excess.group(2);
            return new RiskWeight.ByExcess(Ratio.of(new BigDecimal(threshold)));
        }
        Matcher power = POWER.matcher(formula);
        if (power.matches()) {
            return new RiskWeight.ByPower(
                    power.group(1) == null ? 1 : Integer.parseInt(power.group(1)));
        }
        return switch (formula) {
            case "equity", "equity*λ/λ", "equity*λ*1/λ", "equity*λ*(1/λ)" ->
                    new RiskWeight.ByEquity();
            case "equity*λ" -> new RiskWeight.ByPower(0);
            default -> throw new ShapeException("the weight '" + text + "' is not understood");
        };
    }

    private static Figure.Named cost(Input input) {
        WinnerCost cost =
                WinnerCost.of(
                        Exact.of(input, "signedQty"),
                        Exact.of(input, "execPrice"),
                        Exact.of(input, "markAtAdl"),
                        Exact.of(input, "markLater"));
        return new Exact.Figures()
                .with("immediate", cost.immediate())
                .with("opportunity", cost.opportunity())
                .with("total", cost.total())
                .named();
    }

    private static Figure.Named impact(Input input) {
        Ratio size = Exact.of(input, "qty").abs();
        return Exact.named(
                "execPrice",
                LinearImpact.executionPrice(
                        Exact.of(input, "price"),
                        input.get("side").side() < 0 ? size.negate() : size,
                        Exact.of(input, "alpha")));
    }

    private static Figure.Named halfLife(Input input) {
        Ratio lambda =
                Exact.find(input, "lambda")
                        .orElseGet(() -> Exact.of(input, "lambda_1e-6").times(MILLIONTH));
        OptimalExecution execution =
                new OptimalExecution(
                        input.number("sigma").doubleValue(),
                        input.number("eta").doubleValue(),
                        input.number("gamma").doubleValue(),
                        input.number("tau").doubleValue(),
                        Exact.decimal(lambda).doubleValue());
        return Figure.named(
                "halfLife",
                execution.halfLife().isPresent()
                        ? new Figure.Num(BigDecimal.valueOf(execution.halfLife().getAsDouble()))
                        : new Figure.Absent());
    }
}
