package io.delever.price.feed.protocol;

import io.delever.price.core.FeedRejection;

/** Venue times as nanoseconds since the Unix epoch; a problem where there is none in 2009–2199. */
final class Times {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final long EARLIEST_SECOND = 1_230_768_000L;
    private static final long LATEST_SECOND = 7_258_118_400L;
    private static final int SHORTEST = "2009-01-01T00:00:00Z".length();
    private static final int DAYS_TO_EPOCH = 719_468;

    private Times() {}

    /** A whole number of milliseconds. */
    static long numberNanos(JsonReader reader, Fields fields, int field) {
        long millis = reader.integer(fields, field);
        if (reader.hasProblem()) {
            return 0;
        }
        if (!isPlausible(millis / 1_000)) {
            return bad(reader);
        }
        return millis * NANOS_PER_MILLI;
    }

    /** A string such as {@code 2026-01-31T23:59:59.123456789Z}, with 0 to 9 decimals. */
    static long textNanos(JsonReader reader, Fields fields, int field) {
        if (!fields.has(field)) {
            reader.problem(FeedRejection.MISSING_FIELD);
            return 0;
        }
        byte[] bytes = reader.bytes();
        int from = fields.start(field) + 1;
        int to = fields.end(field) - 1;
        if (bytes[from - 1] != '"' || to - from < SHORTEST || !hasShape(bytes, from, to)) {
            return bad(reader);
        }
        int year = number(bytes, from, 4);
        int month = number(bytes, from + 5, 2);
        int day = number(bytes, from + 8, 2);
        int hour = number(bytes, from + 11, 2);
        int minute = number(bytes, from + 14, 2);
        int second = number(bytes, from + 17, 2);
        long nanos = fraction(bytes, from + 19, to - 1);
        if ((year | month | day | hour | minute | second) < 0
                || nanos < 0
                || hour > 23
                || minute > 59
                || second > 59
                || !isDay(year, month, day)) {
            return bad(reader);
        }
        long seconds =
                days(year, month, day) * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second;
        return isPlausible(seconds) ? seconds * NANOS_PER_SECOND + nanos : bad(reader);
    }

    private static long bad(JsonReader reader) {
        reader.problem(FeedRejection.BAD_TIME);
        return 0;
    }

    private static boolean isPlausible(long seconds) {
        return seconds >= EARLIEST_SECOND && seconds < LATEST_SECOND;
    }

    private static boolean hasShape(byte[] bytes, int from, int to) {
        return bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && bytes[from + 10] == 'T'
                && bytes[from + 13] == ':'
                && bytes[from + 16] == ':'
                && bytes[to - 1] == 'Z';
    }

    /** A number of so many digits; below 0 where one of them is none. */
    private static int number(byte[] bytes, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Nothing, or a point and 1 to 9 digits, in nanoseconds; below 0 for anything else. */
    private static long fraction(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (bytes[from] != '.' || digits < 1 || digits > 9) {
            return Integer.MIN_VALUE;
        }
        long value = number(bytes, from + 1, digits);
        for (int i = digits; i < 9; i++) {
            value *= 10;
        }
        return value;
    }

    private static boolean isDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int length =
                switch (month) {
                    case 2 -> leap ? 29 : 28;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return day <= length;
    }

    /**
     * Days since the epoch. The year is counted from March, so that the leap day is its last; 153
     * days are five months from there on.
     */
    private static long days(int year, int month, int day) {
        int shiftedYear = month > 2 ? year : year - 1;
        int shiftedMonth = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1;
        return 365L * shiftedYear
                + shiftedYear / 4
                - shiftedYear / 100
                + shiftedYear / 400
                + dayOfYear
                - DAYS_TO_EPOCH;
    }
}
