package io.delever.simulation.conformance;

import io.delever.engine.margin.InverseContract;
import io.delever.engine.margin.InverseContract.Holding;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Contracts that are margined in their base currency. */
final class InverseRules {
    /** Tick of the venues whose examples give a leverage and no size. */
    private static final BigDecimal USUAL_TICK = new BigDecimal("0.5");

    private InverseRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("initial_margin_inverse", (input, _) -> initialMargin(input));
        rules.put("liquidation_price_inverse", (input, _) -> liquidationPrice(input));
        rules.put("bankruptcy_price_inverse", (input, _) -> bankruptcyPrice(input));
    }

    private static Figure.Named initialMargin(Input input) {
        Ratio margin =
                InverseContract.initialMargin(
                        contracts(input).orElseThrow(() -> new ShapeException("no contracts")),
                        Exact.of(input, "price", "entry"),
                        Exact.of(input, "leverage"));
        return MarginRules.inEveryUnit("initialMargin", Exact.decimal(margin), Map.of());
    }

    private static Optional<Ratio> contracts(Input input) {
        return input.findStartingWith("contracts").map(value -> Ratio.of(value.number()));
    }

    /**
     * A size is only said where it matters; otherwise it is one contract for each unit of entry.
     */
    private static Holding holding(Input input) {
        Ratio entry = Exact.of(input, "entry", "price", "ep");
        return new Holding(input.get("side").side() > 0, contracts(input).orElse(entry), entry);
    }

    /** What backs it: said, or by the leverage it was opened with. */
    private static Ratio backing(Input input, Holding holding) {
        return input.findStartingWith("margin")
                .map(value -> Ratio.of(value.number()))
                .orElseGet(
                        () ->
                                InverseContract.initialMargin(
                                        holding.contracts(),
                                        holding.entry(),
                                        Exact.of(input, "leverage")));
    }

    private static Figure.Named liquidationPrice(Input input) {
        Holding holding = holding(input);
        Ratio margin = backing(input, holding);
        Ratio rate = Exact.of(input, "mmr", "impliedMmr", "maintenanceRatio");
        Optional<Ratio> price =
                isFixedAtEntry(input)
                        ? InverseContract.liquidationPriceFixedAtEntry(holding, margin, rate)
                        : InverseContract.liquidationPrice(holding, margin, rate);
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("liquidationPrice", Exact.price(price));
        figures.put(
                "iocLimit",
                Exact.price(InverseContract.bankruptcyPrice(holding, margin, Ratio.ZERO)));
        return new Figure.Named(figures);
    }

    /** Examples with a leverage come from venues that fix maintenance margin at entry. */
    private static boolean isFixedAtEntry(Input input) {
        return input.find("formula")
                .map(formula -> formula.text().toLowerCase(Locale.ROOT))
                .map(text -> text.contains("bybit") || text.contains("fixed at entry"))
                .orElseGet(() -> input.has("leverage"));
    }

    private static Figure.Named bankruptcyPrice(Input input) {
        Holding holding = holding(input);
        Ratio fee = Exact.or(Ratio.ZERO, input, "fee", "takerFee", "feeRate");
        Optional<Ratio> price =
                InverseContract.bankruptcyPrice(holding, backing(input, holding), fee);
        Rounding against = holding.isLong() ? Rounding.CEILING : Rounding.FLOOR;
        Optional<Ratio> tick =
                Exact.find(input, "tick", "tickSize")
                        .or(
                                () ->
                                        input.has("leverage")
                                                ? Optional.of(Ratio.of(USUAL_TICK))
                                                : Optional.empty());
        return Figure.named(
                "bankruptcyPrice",
                Exact.price(
                        price.map(p -> tick.map(unit -> p.roundedTo(unit, against)).orElse(p))));
    }
}
