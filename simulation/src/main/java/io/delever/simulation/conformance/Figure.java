package io.delever.simulation.conformance;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine computed, in the shape in which examples print it. */
sealed interface Figure {
    /** A number. */
    record Num(BigDecimal value) implements Figure {
        @Override
        public String toString() {
            return value.stripTrailingZeros().toPlainString();
        }
    }

    /** A number of which a source prints only so many decimals and drops the rest. */
    record Truncated(BigDecimal value, int decimals) implements Figure {
        @Override
        public String toString() {
            return value.stripTrailingZeros().toPlainString() + ", cut to " + decimals;
        }
    }

    /** A number of which a source may drop what lies beyond the digits that it prints. */
    record Cut(BigDecimal value) implements Figure {
        @Override
        public String toString() {
            return value.stripTrailingZeros().toPlainString();
        }
    }

    /** Yes or no. */
    record Flag(boolean value) implements Figure {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A word. */
    record Word(String value) implements Figure {
        @Override
        public String toString() {
            return value;
        }
    }

    /** There is no such figure. */
    record Absent() implements Figure {
        @Override
        public String toString() {
            return "none";
        }
    }

    /** There is no such price above 0; sources print 0 or nothing. */
    record NoPrice() implements Figure {
        @Override
        public String toString() {
            return "no price above 0";
        }
    }

    /** A list. */
    record Many(List<Figure> items) implements Figure {
        /** Copies the list. */
        public Many {
            items = List.copyOf(items);
        }
    }

    /** Figures by name. */
    record Named(Map<String, Figure> figures) implements Figure {
        /** Copies the map, in its order. */
        public Named {
            figures = new LinkedHashMap<>(figures);
        }
    }

    static Figure number(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Figure numberOrAbsent(Optional<BigDecimal> value) {
        return value.<Figure>map(Num::new).orElseGet(Absent::new);
    }

    static Figure price(Optional<BigDecimal> value) {
        return value.<Figure>map(Num::new).orElseGet(NoPrice::new);
    }

    static Named named(String name, Figure figure) {
        return new Named(Map.of(name, figure));
    }

    static Figure numbers(List<BigDecimal> values) {
        return new Many(values.stream().<Figure>map(Num::new).toList());
    }
}
