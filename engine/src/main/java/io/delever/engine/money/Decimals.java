package io.delever.engine.money;

/** Plain decimal numbers as text: an optional minus, digits without a leading zero, decimals. */
final class Decimals {
    private Decimals() {}

    /** The value in units of 10^-scale; excess decimals are refused, not rounded. */
    static long parse(String text, int scale) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        int start = negative ? 1 : 0;
        int point = text.indexOf('.');
        int end = point < 0 ? length : point;
        int decimals = point < 0 ? 0 : length - point - 1;
        if (end == start || (point >= 0 && decimals == 0)) {
            throw malformed(text, "a plain decimal number is needed, for example -12.5");
        }
        if (text.charAt(start) == '0' && end - start > 1) {
            throw malformed(text, "a leading zero is not admitted");
        }
        if (decimals > scale) {
            throw malformed(text, "at most " + scale + " decimals are admitted");
        }
        // Collects the negative value: its range is the larger one.
        long value = 0;
        for (int i = start; i < length + scale - decimals; i++) {
            if (i == point) {
                continue;
            }
            int digit = i < length ? text.charAt(i) - '0' : 0;
            if (digit < 0 || digit > 9) {
                throw malformed(text, "a plain decimal number is needed, for example -12.5");
            }
            if (value < (Long.MIN_VALUE + digit) / 10) {
                throw malformed(text, "the limit is " + format(Long.MAX_VALUE, scale));
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw malformed(text, "the limit is " + format(Long.MAX_VALUE, scale));
        }
        return negative ? value : -value;
    }

    static String format(long value, int scale) {
        String digits = Long.toString(value);
        boolean negative = value < 0;
        StringBuilder text = new StringBuilder(negative ? digits.substring(1) : digits);
        while (text.length() <= scale) {
            text.insert(0, '0');
        }
        text.insert(text.length() - scale, '.');
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        if (text.charAt(end - 1) == '.') {
            end--;
        }
        text.setLength(end);
        return negative ? "-" + text : text.toString();
    }

    private static NumberFormatException malformed(String text, String why) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
        return new NumberFormatException("not an admitted number: '" + shown + "'; " + why);
    }
}
