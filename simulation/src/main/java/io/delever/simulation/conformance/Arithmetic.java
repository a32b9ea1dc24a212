package io.delever.simulation.conformance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;

/**
 * Numbers as some sources print them: {@code 2/3}, {@code 0.6-1.4/1.5}, {@code
 * amount*entry/leverage}.
 */
final class Arithmetic {
    static final MathContext PRECISION = MathContext.DECIMAL128;

    private final String text;
    private final Function<String, BigDecimal> names;
    private int place;

    private Arithmetic(String text, Function<String, BigDecimal> names) {
        this.text = text.replace(" ", "");
        this.names = names;
    }

    /**
     * The value of an expression of numbers, names, + - * / and brackets.
     *
     * @param names the value of a name; may throw
     */
    static BigDecimal evaluate(String text, Function<String, BigDecimal> names) {
        Arithmetic arithmetic = new Arithmetic(text, names);
        BigDecimal value = arithmetic.sum();
        if (arithmetic.place < arithmetic.text.length()) {
            throw arithmetic.wrong();
        }
        return value;
    }

    private BigDecimal sum() {
        BigDecimal value = product();
        while (isAt('+') || isAt('-')) {
            boolean plus = text.charAt(place++) == '+';
            BigDecimal next = product();
            value = plus ? value.add(next) : value.subtract(next);
        }
        return value;
    }

    private BigDecimal product() {
        BigDecimal value = factor();
        while (isAt('*') || isAt('/')) {
            boolean times = text.charAt(place++) == '*';
            BigDecimal next = factor();
            if (!times && next.signum() == 0) {
                throw new ShapeException("'" + text + "' divides by 0");
            }
            value = times ? value.multiply(next) : value.divide(next, PRECISION);
        }
        return value;
    }

    private BigDecimal factor() {
        if (isAt('-')) {
            place++;
            return factor().negate();
        }
        if (isAt('(')) {
            place++;
            BigDecimal value = sum();
            if (!isAt(')')) {
                throw wrong();
            }
            place++;
            return value;
        }
        int start = place;
        while (place < text.length() && isWordPart(text.charAt(place))) {
            place++;
        }
        String word = text.substring(start, place);
        if (word.isEmpty()) {
            throw wrong();
        }
        return Character.isLetter(word.charAt(0)) ? names.apply(word) : number(word);
    }

    private BigDecimal number(String word) {
        try {
            return new BigDecimal(word);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private boolean isAt(char expected) {
        return place < text.length() && text.charAt(place) == expected;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_';
    }

    private ShapeException wrong() {
        return new ShapeException("'" + text + "' is not understood at character " + (place + 1));
    }
}
