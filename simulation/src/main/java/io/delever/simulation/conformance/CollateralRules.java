package io.delever.simulation.conformance;

import io.delever.engine.margin.CollateralWeights;
import io.delever.engine.margin.HaircutRule;
import io.delever.engine.money.Money;
import io.delever.engine.money.Ratio;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Haircuts on collateral and the mark-up of debts. */
final class CollateralRules {
    private static final int DIGITS = 9;

    private static final Ratio BPS = Ratio.of(10_000);
    private static final Ratio MILLION = Ratio.of(1_000_000);

    private CollateralRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("haircut_equity", (input, _) -> haircuts(input));
        rules.put("asset_index_buffers", (input, _) -> buffers(input));
        rules.put("size_scaled_asset_weight", (input, _) -> sizeScaled(input));
        rules.put("sqrt_size_weights", (input, _) -> rootWeights(input));
        rules.put("negative_balance_markup", (input, _) -> markup(input));
    }

    private static Figure.Named haircuts(Input input) {
        return input.has("assets") ? byAsset(input) : portfolio(input);
    }

    /** {@code rate} is the share that counts. */
    private static Figure.Named byAsset(Input input) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Input asset : input.get("assets").items()) {
            BigDecimal value =
                    asset.findStartingWith("value")
                            .map(Input::number)
                            .orElseGet(
                                    () ->
                                            asset.number("qty")
                                                    .multiply(asset.number("index", "price")));
            BigDecimal haircut =
                    asset.find("haircut")
                            .map(Input::number)
                            .orElseGet(() -> BigDecimal.ONE.subtract(asset.number("rate")));
            Scale scale = Scale.finest(List.of(value), DIGITS);
            figures.put(
                    asset.get("coin", "asset").text(),
                    new Figure.Num(adjusted(value, haircut, scale)));
        }
        return new Figure.Named(figures);
    }

    /**
     * Cash and collateral, valued in a stable coin; the haircut for initial margin comes on top of
     * the one for maintenance.
     */
    private static Figure.Named portfolio(Input input) {
        BigDecimal stable = input.numberOr(BigDecimal.ONE, "stablePrice");
        BigDecimal full = input.numberOr(BigDecimal.ZERO, "cash");
        BigDecimal initial = full;
        BigDecimal maintenance = full;
        for (Input asset : input.get("collateral").items()) {
            BigDecimal value =
                    asset.number("qty")
                            .multiply(asset.number("price"))
                            .divide(stable, Arithmetic.PRECISION);
            BigDecimal forMaintenance = asset.number("mmHaircut");
            BigDecimal forInitial = forMaintenance.add(asset.number("imHaircut"));
            Scale scale = Scale.finest(List.of(value), DIGITS);
            full = full.add(scale.of(scale.money(value)));
            maintenance = maintenance.add(adjusted(value, forMaintenance, scale));
            initial = initial.add(adjusted(value, forInitial, scale));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("markToMarket", new Figure.Num(full));
        figures.put("initialMargin", new Figure.Num(initial));
        figures.put("maintenanceMargin", new Figure.Num(maintenance));
        return new Figure.Named(figures);
    }

    private static Figure.Named buffers(Input input) {
        Ratio index = Exact.of(input, "index");
        return new Exact.Figures()
                .with(
                        "bidRate",
                        CollateralWeights.bid(index, Exact.or(Ratio.ZERO, input, "bidBuffer")))
                .with(
                        "askRate",
                        CollateralWeights.ask(index, Exact.or(Ratio.ZERO, input, "askBuffer")))
                .named();
    }

    /** Weights are in basis points, cut to a whole one. */
    private static Figure.Named sizeScaled(Input input) {
        Ratio total = Exact.of(input, "depositTokens").times(Exact.of(input, "price"));
        Ratio start = Exact.of(input, "scaleStartUsd");
        Ratio greatest = Exact.of(input, "maxWeightBps");
        // A start of 0 means that the source does not scale.
        Ratio weight =
                start.signum() == 0
                        ? greatest
                        : CollateralWeights.bySizeOfAll(greatest, total, start);
        return Figure.named("initialAssetWeightBps", Exact.whole(weight));
    }

    private static Figure.Named rootWeights(Input input) {
        Ratio size = Exact.of(input, "size");
        Ratio factor = Exact.of(input, "imfFactor_1e6").dividedBy(MILLION);
        Ratio asset = Exact.or(Ratio.ZERO, input, "initialAssetWeightBps").dividedBy(BPS);
        Ratio liability = Exact.or(Ratio.ZERO, input, "initialLiabilityWeightBps").dividedBy(BPS);
        return new Exact.Figures()
                .with(
                        "assetWeightBps",
                        Exact.whole(CollateralWeights.asset(asset, size, factor).times(BPS)))
                .with(
                        "liabilityWeightBps",
                        Exact.whole(
                                CollateralWeights.liability(liability, size, factor).times(BPS)))
                .named();
    }

    private static Figure.Named markup(Input input) {
        BigDecimal balance = input.startingWith("balance").number();
        BigDecimal haircut = BigDecimal.ONE.subtract(input.number("rate"));
        Scale scale = Scale.finest(List.of(balance), DIGITS);
        return Figure.named(
                "requiredOther", new Figure.Num(adjusted(balance, haircut, scale).negate()));
    }

    private static BigDecimal adjusted(BigDecimal value, BigDecimal haircut, Scale scale) {
        Money adjusted = HaircutRule.adjusted(scale.money(value), Scale.rate(haircut));
        return scale.of(adjusted);
    }
}
