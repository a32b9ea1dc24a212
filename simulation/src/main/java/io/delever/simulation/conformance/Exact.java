package io.delever.simulation.conformance;

import io.delever.engine.money.Ratio;
import io.delever.engine.pricing.FundingRules.Bounds;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Numbers of examples as exact fractions, and back. */
final class Exact {
    /** More than any example prints. */
    private static final int DECIMALS = 24;

    private Exact() {}

    static Ratio of(Input input, String... names) {
        return Ratio.of(input.number(names));
    }

    static Optional<Ratio> find(Input input, String... names) {
        return input.find(names).map(value -> Ratio.of(value.number()));
    }

    static Ratio or(Ratio otherwise, Input input, String... names) {
        return find(input, names).orElse(otherwise);
    }

    static Ratio or(String otherwise, Input input, String... names) {
        return or(Ratio.of(new BigDecimal(otherwise)), input, names);
    }

    static List<Ratio> list(Input input) {
        return input.numbers().stream().map(Ratio::of).toList();
    }

    static Bounds bounds(Input input, String low, String high) {
        return new Bounds(find(input, low), find(input, high));
    }

    static BigDecimal decimal(Ratio value) {
        return value.decimal(DECIMALS);
    }

    static Figure figure(Ratio value) {
        return new Figure.Num(decimal(value));
    }

    /** A whole number of which the source dropped the rest. */
    static Figure whole(Ratio value) {
        return new Figure.Truncated(decimal(value), 0);
    }

    /** A number that the source may have cut at the last digit that it prints. */
    static Figure cut(Ratio value) {
        return new Figure.Cut(decimal(value));
    }

    static Figure price(Optional<Ratio> value) {
        return Figure.price(value.map(Exact::decimal));
    }

    static Figure orAbsent(Optional<Ratio> value) {
        return Figure.numberOrAbsent(value.map(Exact::decimal));
    }

    static Figure.Named named(String name, Ratio value) {
        return Figure.named(name, figure(value));
    }

    /** One figure for one input, a list of figures for a list. */
    static Figure each(Input input, Function<Ratio, Figure> figure) {
        List<Figure> figures =
                input.itemsOrSelf().stream()
                        .map(one -> figure.apply(Ratio.of(one.number())))
                        .toList();
        return input.isList() ? new Figure.Many(figures) : figures.getFirst();
    }

    /** Figures in the order in which they are given. */
    static final class Figures {
        private final Map<String, Figure> figures = new LinkedHashMap<>();

        Figures with(String name, Ratio value) {
            return with(name, figure(value));
        }

        Figures with(String name, Figure value) {
            figures.put(name, value);
            return this;
        }

        Figure.Named named() {
            return new Figure.Named(figures);
        }
    }
}
