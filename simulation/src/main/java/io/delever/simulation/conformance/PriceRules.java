package io.delever.simulation.conformance;

import io.delever.engine.money.Price;
import io.delever.engine.pricing.PriceAverages;
import io.delever.engine.pricing.PriceAverages.DepthAverage;
import io.delever.engine.pricing.PriceAverages.DepthLevel;
import io.delever.engine.pricing.PriceAverages.PricePoint;
import io.delever.engine.pricing.PriceAverages.WeightedPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Index, mark and averages. */
final class PriceRules {
    private static final int DIGITS = 8;
    private static final int WEIGHT_DECIMALS = 9;

    private PriceRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("index_outlier_cap", (input, _) -> outlierCap(input));
        rules.put("median_price", (input, _) -> median(input));
        rules.put("mark_median_with_staleness", (input, _) -> freshMark(input, true));
        rules.put("mark_weighted_with_staleness", (input, _) -> freshMark(input, false));
        rules.put("twap", (input, _) -> twap(input));
        rules.put("time_weighted_book_price", (input, _) -> windowed(input));
        rules.put("vwap_depth", (input, _) -> depth(input));
    }

    private static Figure.Named outlierCap(Input input) {
        BigDecimal cap = input.number("capFraction");
        if (input.has("venues")) {
            return venues(input, cap);
        }
        BigDecimal median = input.number("median");
        BigDecimal price =
                input.has("price")
                        ? input.number("price")
                        : median.multiply(BigDecimal.ONE.add(input.number("deviation")));
        Scale scale = Scale.finest(List.of(median, price), DIGITS);
        return Figure.named(
                "capped", new Figure.Num(capped(price, scale.price(median), cap, scale)));
    }

    private static Figure.Named venues(Input input, BigDecimal cap) {
        input.find("reference").ifPresent(PriceRules::requireMedian);
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        for (Input venue : input.get("venues").items()) {
            prices.put(venue.get("id").text(), venue.number("price"));
        }
        Scale scale = Scale.finest(prices.values(), DIGITS);
        Price median =
                PriceAverages.median(prices.values().stream().map(scale::price).toList())
                        .orElseThrow(() -> new ShapeException("there are no venues"));
        Map<String, Figure> cappedPrices = new LinkedHashMap<>();
        prices.forEach(
                (venue, price) ->
                        cappedPrices.put(venue, new Figure.Num(capped(price, median, cap, scale))));
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("median", new Figure.Num(scale.of(median)));
        figures.put("cappedPrices", new Figure.Named(cappedPrices));
        return new Figure.Named(figures);
    }

    private static void requireMedian(Input reference) {
        if (!reference.text().equals("median")) {
            throw new ShapeException("the reference must be the median, is " + reference.text());
        }
    }

    private static BigDecimal capped(BigDecimal price, Price median, BigDecimal cap, Scale scale) {
        return scale.of(PriceAverages.clampAround(scale.price(price), median, Scale.rate(cap)));
    }

    private static Figure.Named median(Input input) {
        List<BigDecimal> prices = input.get("prices").numbers();
        Scale scale = Scale.finest(prices, DIGITS);
        Optional<BigDecimal> median =
                PriceAverages.median(prices.stream().map(scale::price).toList()).map(scale::of);
        return Figure.named("median", wholeWhereSaid(input, median));
    }

    /** Some sources compute in whole numbers and drop the rest. */
    private static Figure wholeWhereSaid(Input input, Optional<BigDecimal> price) {
        boolean whole =
                input.find("rounding")
                        .map(rounding -> rounding.text().toLowerCase(Locale.ROOT))
                        .filter(text -> text.contains("integer") && text.contains("trunc"))
                        .isPresent();
        return price.filter(_ -> whole)
                .<Figure>map(value -> new Figure.Truncated(value, 0))
                .orElseGet(() -> Figure.numberOrAbsent(price));
    }

    private static Figure.Named freshMark(Input input, boolean asMedian) {
        List<BigDecimal> prices = input.get("prices").numbers();
        Scale scale = Scale.finest(prices, DIGITS);
        List<WeightedPrice> sources = new ArrayList<>();
        for (int i = 0; i < prices.size(); i++) {
            BigDecimal weight =
                    input.has("weights") ? input.get("weights").item(i).number() : BigDecimal.ONE;
            sources.add(
                    new WeightedPrice(
                            scale.price(prices.get(i)),
                            weight.movePointRight(WEIGHT_DECIMALS).longValueExact(),
                            time(input.get("sourceTimes").item(i)),
                            time(input.get("stalenessTolerance").item(i))));
        }
        long now = time(input.get("now"));
        Optional<Price> mark =
                asMedian
                        ? PriceAverages.freshMedian(sources, now)
                        : PriceAverages.freshWeightedMean(sources, now);
        return Figure.named("mark", wholeWhereSaid(input, mark.map(scale::of)));
    }

    private static Figure.Named twap(Input input) {
        List<Input> points = input.get("points").items();
        Scale scale = Scale.finest(points.stream().map(p -> p.item(1).number()).toList(), DIGITS);
        List<PricePoint> series =
                points.stream()
                        .map(p -> new PricePoint(time(p.item(0)), scale.price(p.item(1).number())))
                        .toList();
        long end = time(input.startingWith("period"));
        return Figure.named(
                "twap", new Figure.Num(scale.of(PriceAverages.timeWeighted(series, end))));
    }

    private static Figure.Named windowed(Input input) {
        List<Input> observations = input.get("observations").items();
        Scale scale =
                Scale.finest(observations.stream().map(o -> o.number("price")).toList(), DIGITS);
        List<PricePoint> series =
                observations.stream()
                        .map(
                                o ->
                                        new PricePoint(
                                                time(o.get("time")),
                                                scale.price(o.number("price"))))
                        .toList();
        long now = time(input.get("now"));
        // A window that is longer than the series starts with the series.
        long first = series.stream().mapToLong(PricePoint::timeNanos).min().orElse(now);
        long start = Math.max(first, now - time(input.get("window")));
        Optional<BigDecimal> price = PriceAverages.timeWeighted(series, start, now).map(scale::of);
        // The source computes in whole numbers and drops the rest.
        return Figure.named(
                "price",
                price.<Figure>map(value -> new Figure.Truncated(value, 0))
                        .orElseGet(Figure.Absent::new));
    }

    private static Figure.Named depth(Input input) {
        List<Input> side = input.get("asks", "bids").items();
        List<BigDecimal> prices = side.stream().map(level -> level.item(0).number()).toList();
        BigDecimal size = input.number("buyQty", "sellQty", "qty");
        Scale scale =
                Scale.finest(
                        prices.stream().map(p -> p.max(p.multiply(size.abs()))).toList(), DIGITS);
        List<DepthLevel> levels =
                side.stream()
                        .map(
                                level ->
                                        new DepthLevel(
                                                scale.price(level.item(0).number()),
                                                scale.quantity(level.item(1).number())))
                        .toList();
        Optional<DepthAverage> taken = PriceAverages.depthAverage(levels, scale.quantity(size));
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("notional", Figure.numberOrAbsent(taken.map(t -> scale.of(t.notional()))));
        figures.put("vwap", Figure.numberOrAbsent(taken.map(t -> scale.of(t.averagePrice()))));
        return new Figure.Named(figures);
    }

    /** Times are in one unit throughout an example; three decimals are kept. */
    private static long time(Input value) {
        try {
            return value.number()
                    .movePointRight(3)
                    .setScale(0, RoundingMode.UNNECESSARY)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException(value.path() + " is no time with at most 3 decimals");
        }
    }
}
