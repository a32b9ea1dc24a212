package io.delever.gateway.rest.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Decimal text to scaled integers and back, exactly; nothing is rounded (GATE-002). */
final class ScaledText {
    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final int SHOWN = 40;

    private ScaledText() {}

    /** Text that is not a decimal of the wanted kind. */
    static final class BadDecimal extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String reason;
        private final String value;
        private final String limit;

        BadDecimal(String reason, String value, String limit, String message) {
            super(message);
            this.reason = reason;
            this.value = value;
            this.limit = limit;
        }

        String reason() {
            return reason;
        }

        String value() {
            return value;
        }

        String limit() {
            return limit;
        }
    }

    static long parse(String text, int places) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        if (!PLAIN.matcher(text).matches()) {
            throw new BadDecimal(
                    "NOT_A_DECIMAL",
                    shown,
                    "digits with an optional sign and point",
                    "'" + shown + "' is not a plain decimal number such as \"1234.5\"");
        }
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (decimals > places) {
            throw new BadDecimal(
                    "TOO_MANY_DECIMALS",
                    shown,
                    Integer.toString(places),
                    "'" + shown + "' has " + decimals + " decimals, the limit is " + places);
        }
        if (text.length() > SHOWN) {
            throw outOfRange(shown, places);
        }
        BigInteger scaled = new BigDecimal(text).movePointRight(places).toBigIntegerExact();
        if (scaled.bitLength() > 63) {
            throw outOfRange(shown, places);
        }
        return scaled.longValueExact();
    }

    static String format(long scaled, int places) {
        if (scaled == 0) {
            return "0";
        }
        return BigDecimal.valueOf(scaled, places).stripTrailingZeros().toPlainString();
    }

    private static BadDecimal outOfRange(String shown, int places) {
        String limit = format(Long.MAX_VALUE, places);
        return new BadDecimal(
                "NUMBER_OUT_OF_RANGE",
                shown,
                limit,
                "'" + shown + "' is too large, the limit is ±" + limit);
    }
}
