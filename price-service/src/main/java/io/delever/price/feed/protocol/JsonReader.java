package io.delever.price.feed.protocol;

import io.delever.price.core.FeedRejection;

/**
 * Reads JSON in place: positions instead of strings, no allocation, no exception. Two things can be
 * wrong: the text ({@link #failed()}, the message is worthless) and a value ({@link #hasProblem()},
 * one price is worthless); the first of each stands. What lies inside values that nobody asks for
 * is only checked for closed strings and matching brackets.
 */
final class JsonReader {
    /** Says that there is no such position. */
    static final int NOWHERE = -1;

    private static final int DEEPEST = 32;
    private static final int SAFE_DIGITS = 18;
    private static final int DECIMALS = 8;
    private static final int WHOLE_DIGITS = 11;
    private static final long GREATEST_EXPONENT = 40;
    private static final long[] POWERS = powers();

    private byte[] bytes = new byte[0];
    private int end;
    private boolean failed;
    private FeedRejection failure = FeedRejection.MALFORMED;
    private boolean hasProblem;
    private FeedRejection problem = FeedRejection.MALFORMED;

    private static long[] powers() {
        long[] powers = new long[SAFE_DIGITS + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    void wrap(byte[] message, int from, int to) {
        bytes = message;
        end = to;
        failed = false;
        hasProblem = false;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean failed() {
        return failed;
    }

    FeedRejection failure() {
        return failure;
    }

    boolean hasProblem() {
        return hasProblem;
    }

    FeedRejection problem() {
        return problem;
    }

    void clearProblem() {
        hasProblem = false;
    }

    /** Notes that a value is of no use; the first one stands. */
    void problem(FeedRejection reason) {
        if (!hasProblem) {
            hasProblem = true;
            problem = reason;
        }
    }

    int fail() {
        return fail(FeedRejection.MALFORMED);
    }

    private int fail(FeedRejection reason) {
        if (!failed) {
            failed = true;
            failure = reason;
        }
        return NOWHERE;
    }

    /** The next position that is no white space; may be the end. */
    int space(int at) {
        int p = at;
        while (p < end
                && (bytes[p] == ' ' || bytes[p] == '\n' || bytes[p] == '\r' || bytes[p] == '\t')) {
            p++;
        }
        return p;
    }

    /** The byte at a position, 0 at the end. */
    int peek(int at) {
        return at >= 0 && at < end ? bytes[at] : 0;
    }

    /** Whether only white space is left. */
    boolean isEnd(int at) {
        return space(at) == end;
    }

    /** Reads the object at a position into the fields; the position behind it. */
    int object(int at, Fields fields) {
        fields.clear();
        int p = space(at);
        if (peek(p) != '{') {
            return fail();
        }
        p = space(p + 1);
        if (peek(p) == '}') {
            return p + 1;
        }
        while (true) {
            int keyEnd = peek(p) == '"' ? stringEnd(p) : fail();
            int colon = keyEnd < 0 ? NOWHERE : space(keyEnd + 1);
            if (peek(colon) != ':') {
                return fail();
            }
            int field = fields.find(bytes, p + 1, keyEnd);
            int start = space(colon + 1);
            int after = skip(start);
            if (after < 0) {
                return fail();
            }
            if (field != Fields.NONE && !fields.put(field, start, after)) {
                return fail(FeedRejection.DUPLICATE_FIELD);
            }
            p = space(after);
            if (peek(p) == '}') {
                return p + 1;
            }
            if (peek(p) != ',') {
                return fail();
            }
            p = space(p + 1);
        }
    }

    /** The first element of the array at a position; {@link #NOWHERE} where it has none. */
    int firstElement(int at) {
        int p = space(at);
        if (peek(p) != '[') {
            return fail();
        }
        p = space(p + 1);
        return peek(p) == ']' ? NOWHERE : p;
    }

    /** The element after the one that ends before a position, or {@link #NOWHERE}. */
    int nextElement(int after) {
        if (after < 0) {
            return NOWHERE;
        }
        int p = space(after);
        if (peek(p) == ',') {
            return space(p + 1);
        }
        return peek(p) == ']' ? NOWHERE : fail();
    }

    /** The position behind the value at a position. */
    int skip(int at) {
        int c = peek(at);
        if (c == '"') {
            int close = stringEnd(at);
            return close < 0 ? NOWHERE : close + 1;
        }
        if (c == '{' || c == '[') {
            return skipContainer(at);
        }
        if (c == '-' || (c >= '0' && c <= '9')) {
            int p = at + 1;
            while (p < end && isNumberByte(bytes[p])) {
                p++;
            }
            return p;
        }
        if (c == 't') {
            return literal(at, "true");
        }
        if (c == 'f') {
            return literal(at, "false");
        }
        return c == 'n' ? literal(at, "null") : fail();
    }

    private static boolean isNumberByte(int c) {
        return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '-' || c == '+';
    }

    private int literal(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek(at + i) != word.charAt(i)) {
                return fail();
            }
        }
        return at + word.length();
    }

    /** Position of the quote that closes the string whose opening quote is at a position. */
    private int stringEnd(int open) {
        int p = open + 1;
        while (p < end) {
            int c = bytes[p];
            if (c == '"') {
                return p;
            }
            if (c >= 0 && c < ' ') {
                return fail();
            }
            p += c == '\\' ? 2 : 1;
        }
        return fail();
    }

    /** One bit for each open bracket says which kind must close it. */
    private int skipContainer(int at) {
        long kinds = 0;
        int depth = 0;
        int p = at;
        while (p < end) {
            int c = bytes[p];
            if (c == '"') {
                p = stringEnd(p);
                if (p < 0) {
                    return NOWHERE;
                }
            } else if (c == '{' || c == '[') {
                if (++depth > DEEPEST) {
                    return fail();
                }
                kinds = (kinds << 1) | (c == '{' ? 1 : 0);
            } else if (c == '}' || c == ']') {
                if ((kinds & 1) != (c == '}' ? 1 : 0)) {
                    return fail();
                }
                kinds >>>= 1;
                if (--depth == 0) {
                    return p + 1;
                }
            }
            p++;
        }
        return fail();
    }

    /** Whether the field is the string with exactly these bytes. */
    boolean isText(Fields fields, int field, byte[] text) {
        int from = fields.start(field) + 1;
        if (!fields.has(field)
                || bytes[fields.start(field)] != '"'
                || fields.end(field) - 1 - from != text.length) {
            return false;
        }
        return matches(from, text);
    }

    /** Whether the field is a string that begins with these bytes. */
    boolean startsWith(Fields fields, int field, byte[] text) {
        int from = fields.start(field) + 1;
        return fields.has(field)
                && bytes[fields.start(field)] == '"'
                && fields.end(field) - 1 - from >= text.length
                && matches(from, text);
    }

    private boolean matches(int from, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the field is the literal true. */
    boolean isTrue(Fields fields, int field) {
        return fields.has(field) && bytes[fields.start(field)] == 't';
    }

    /** Index of the market that the field names; a problem where there is none. */
    int market(Fields fields, int field, FeedMarkets markets) {
        if (!fields.has(field)) {
            problem(FeedRejection.MISSING_FIELD);
            return FeedMarkets.NONE;
        }
        int start = fields.start(field);
        int market =
                bytes[start] == '"'
                        ? markets.find(bytes, start + 1, fields.end(field) - 1)
                        : FeedMarkets.NONE;
        if (market == FeedMarkets.NONE) {
            problem(FeedRejection.UNKNOWN_MARKET);
        }
        return market;
    }

    /** The field as a number × 10⁸, exact; a problem where it is none or has more decimals. */
    long exactE8(Fields fields, int field) {
        return fields.has(field)
                ? decimalE8(fields.start(field), fields.end(field), true)
                : missing();
    }

    /** The field as a number × 10⁸, further decimals cut off; a problem where it is none. */
    long cutE8(Fields fields, int field) {
        return fields.has(field)
                ? decimalE8(fields.start(field), fields.end(field), false)
                : missing();
    }

    /** The field as a whole number of 0 or more; a problem where it is none. */
    long integer(Fields fields, int field) {
        return fields.has(field) ? integer(fields.start(field), fields.end(field)) : missing();
    }

    private long missing() {
        problem(FeedRejection.MISSING_FIELD);
        return 0;
    }

    private long integer(int start, int stop) {
        int from = bytes[start] == '"' ? start + 1 : start;
        int to = bytes[start] == '"' ? stop - 1 : stop;
        if (from >= to || to - from > SAFE_DIGITS) {
            return bad();
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return bad();
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private long bad() {
        problem(FeedRejection.BAD_NUMBER);
        return 0;
    }

    /** The value between two positions as a number × 10⁸. */
    long decimalE8(int start, int stop, boolean exact) {
        int from = bytes[start] == '"' ? start + 1 : start;
        int to = bytes[start] == '"' ? stop - 1 : stop;
        boolean negative = from < to && bytes[from] == '-';
        if (negative) {
            from++;
        }
        long mantissa = 0;
        int point = NOWHERE;
        int p = from;
        while (p < to) {
            int digit = bytes[p] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
            } else if (bytes[p] == '.' && point < 0) {
                point = p;
            } else {
                break;
            }
            p++;
        }
        int digits = p - from - (point < 0 ? 0 : 1);
        int decimals = point < 0 ? 0 : p - point - 1;
        if (!isNumber(from, p, point)) {
            return bad();
        }
        if (p < to && !isExponent(p, to)) {
            return bad();
        }
        long value =
                digits > SAFE_DIGITS
                        ? manyDigits(from, p, p < to, exact)
                        : shifted(mantissa, DECIMALS - decimals + exponent(p, to), exact);
        return negative ? -value : value;
    }

    /** Digits on both sides of a point, and no zero before other digits. */
    private boolean isNumber(int from, int to, int point) {
        int wholeEnd = point < 0 ? to : point;
        return wholeEnd > from
                && (wholeEnd - from == 1 || bytes[from] != '0')
                && (point < 0 || to - point > 1);
    }

    /** More than 18 digits, not all of which may mean something; with an exponent refused. */
    private long manyDigits(int from, int to, boolean withExponent, boolean exact) {
        int point = from;
        while (point < to && bytes[point] != '.') {
            point++;
        }
        if (withExponent || point - from > WHOLE_DIGITS) {
            problem(FeedRejection.NUMBER_TOO_LARGE);
            return 0;
        }
        int wanted = Math.min(to, point + 1 + DECIMALS);
        for (int i = wanted; i < to && exact; i++) {
            if (bytes[i] != '0') {
                return dropped(true);
            }
        }
        long fraction =
                point == to
                        ? 0
                        : digits(point + 1, wanted) * POWERS[DECIMALS - (wanted - point - 1)];
        long whole = digits(from, point);
        if (whole > (Long.MAX_VALUE - fraction) / POWERS[DECIMALS]) {
            problem(FeedRejection.NUMBER_TOO_LARGE);
            return 0;
        }
        return whole * POWERS[DECIMALS] + fraction;
    }

    private long digits(int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private boolean isExponent(int at, int to) {
        boolean signed = at + 1 < to && (bytes[at + 1] == '-' || bytes[at + 1] == '+');
        int first = signed ? at + 2 : at + 1;
        if ((bytes[at] != 'e' && bytes[at] != 'E') || first >= to) {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** Of what {@link #isExponent} found good; large ones are all alike. */
    private long exponent(int at, int to) {
        long value = 0;
        for (int i = at + 1; i < to && value < GREATEST_EXPONENT; i++) {
            if (bytes[i] >= '0') {
                value = value * 10 + bytes[i] - '0';
            }
        }
        return at < to && bytes[at + 1] == '-' ? -value : value;
    }

    private long shifted(long mantissa, long shift, boolean exact) {
        if (mantissa == 0) {
            return 0;
        }
        if (shift >= 0) {
            if (shift > SAFE_DIGITS || mantissa > Long.MAX_VALUE / POWERS[(int) shift]) {
                problem(FeedRejection.NUMBER_TOO_LARGE);
                return 0;
            }
            return mantissa * POWERS[(int) shift];
        }
        if (-shift > SAFE_DIGITS) {
            return dropped(exact);
        }
        long power = POWERS[(int) -shift];
        return mantissa % power == 0 || !exact ? mantissa / power : dropped(true);
    }

    private long dropped(boolean exact) {
        if (exact) {
            problem(FeedRejection.TOO_MANY_DECIMALS);
        }
        return 0;
    }
}
