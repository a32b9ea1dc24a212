package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How near a figure must come to the published one: half of the last printed digit, or the share
 * that the examples' README states for families of ids whose source rounds on the way (SIMU-080).
 */
sealed interface Tolerance {
    /** Whether {@code actual} is near enough. */
    boolean admits(BigDecimal expected, BigDecimal actual);

    /**
     * Half of the last printed digit; numbers printed with all digits of a double may differ by two
     * of its steps, at the size of the greatest figure beside it: it may be their difference.
     *
     * @param greatest greatest figure of the example, without its sign
     */
    record Printed(BigDecimal greatest) implements Tolerance {
        private static final int DIGITS_OF_A_DOUBLE = 16;
        private static final BigDecimal TWO = BigDecimal.valueOf(2);

        @Override
        public boolean admits(BigDecimal expected, BigDecimal actual) {
            BigDecimal lastDigit = BigDecimal.ONE.movePointLeft(Math.max(0, expected.scale()));
            BigDecimal limit = lastDigit.divide(TWO, MathContext.DECIMAL128);
            if (expected.precision() >= DIGITS_OF_A_DOUBLE && expected.scale() > 0) {
                BigDecimal size = expected.abs().max(greatest);
                BigDecimal step = new BigDecimal(Math.ulp(size.doubleValue()));
                limit = limit.max(step.multiply(TWO));
            }
            return expected.subtract(actual).abs().compareTo(limit) <= 0;
        }
    }

    /** A share of the published figure. */
    record Relative(BigDecimal share) implements Tolerance {
        @Override
        public boolean admits(BigDecimal expected, BigDecimal actual) {
            BigDecimal limit = expected.abs().multiply(share);
            return expected.subtract(actual).abs().compareTo(limit) <= 0;
        }
    }

    /** Whichever of two is wider. */
    record Either(Tolerance one, Tolerance other) implements Tolerance {
        @Override
        public boolean admits(BigDecimal expected, BigDecimal actual) {
            return one.admits(expected, actual) || other.admits(expected, actual);
        }
    }

    /** So many units of the figure. */
    record Units(BigDecimal units) implements Tolerance {
        @Override
        public boolean admits(BigDecimal expected, BigDecimal actual) {
            return expected.subtract(actual).abs().compareTo(units) <= 0;
        }
    }

    /** The tolerance of an example. */
    static Tolerance of(Example example) {
        Printed printed = new Printed(greatest(example.expected()));
        if (example.id().startsWith("ADL-P5-") || example.id().startsWith("ADLPOL-RAP-")) {
            return new Either(new Relative(new BigDecimal("0.003")), printed);
        }
        if (example.id().startsWith("AC-")) {
            return new Either(new Relative(new BigDecimal("0.01")), printed);
        }
        if (example.kind().equals("fillable_price")) {
            return new Units(BigDecimal.ONE);
        }
        if (example.kind().equals("auction_price_exponential")) {
            return new Either(new Relative(new BigDecimal("0.001")), printed);
        }
        return printed;
    }

    private static BigDecimal greatest(JsonNode figure) {
        BigDecimal greatest = figure.isNumber() ? figure.decimalValue().abs() : BigDecimal.ZERO;
        for (JsonNode part : figure) {
            greatest = greatest.max(greatest(part));
        }
        return greatest;
    }
}
