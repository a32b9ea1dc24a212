package io.delever.price.feed.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.price.core.FeedRejection;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader();
    private final Fields fields = new Fields("v");

    private void read(String value) {
        byte[] bytes = ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        reader.wrap(bytes, 0, bytes.length);
        assertThat(reader.object(0, fields)).isEqualTo(bytes.length);
    }

    private Optional<FeedRejection> problem() {
        return reader.hasProblem() ? Optional.of(reader.problem()) : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 100000000",
        "0.00000001, 1",
        "-12.5, -1250000000",
        "92233720368.54775807, 9223372036854775807",
        "1e2, 10000000000",
        "1E-8, 1",
        "2.5e-4, 25000",
        "1.5e+1, 1500000000",
        "0.1000000000, 10000000",
        "0.10000000000000000000000, 10000000",
        "0e40, 0",
        "100000000e-8, 100000000",
        "1.00000000000000000e0, 100000000",
        "1.000000000000000000000, 100000000",
    })
    @Covers("FEED-001")
    void decimalIsExact(String text, long e8) {
        read(text);
        assertThat(reader.exactE8(fields, 0)).isEqualTo(e8);
        assertThat(problem()).isEmpty();
        read('"' + text + '"');
        assertThat(reader.exactE8(fields, 0)).isEqualTo(e8);
        assertThat(problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000001, TOO_MANY_DECIMALS",
        "1.123456789, TOO_MANY_DECIMALS",
        "1e-9, TOO_MANY_DECIMALS",
        "1e-30, TOO_MANY_DECIMALS",
        "0.1234567890000000000000001, TOO_MANY_DECIMALS",
        "92233720368.54775808, NUMBER_TOO_LARGE",
        "1e11, NUMBER_TOO_LARGE",
        "1e40, NUMBER_TOO_LARGE",
        "123456789012345678901, NUMBER_TOO_LARGE",
    })
    @Covers("FEED-001")
    void decimalThatDoesNotFitIsRejected(String text, FeedRejection reason) {
        read(text);
        assertThat(reader.exactE8(fields, 0)).isZero();
        assertThat(problem()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"-\"",
                "\".\"",
                "\".5\"",
                "\"5.\"",
                "\"1.2.3\"",
                "\"1,5\"",
                "\"0x1\"",
                "\"NaN\"",
                "\"Infinity\"",
                "\"1e\"",
                "\"1e+\"",
                "\"e5\"",
                "\"+1\"",
                "\" 1\"",
                "\"1 \"",
                "\"00.5\"",
                "\"٣\"",
                "null",
                "true",
                "{}",
                "[1]",
                "\"1e1.5\"",
                "\"1e99999999999999999999\"",
                "\"--1\"",
                "\"-.5\"",
                "\"1.000000000000000000000e1\"",
            })
    @Covers("FEED-001")
    void whatIsNoDecimalIsRejected(String json) {
        read(json);
        assertThat(reader.exactE8(fields, 0)).isZero();
        assertThat(problem()).isPresent();
        assertThat(reader.failed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1.999999999, 199999999", "0.000000009, 0", "-1.999999999, -199999999"})
    @Covers("FEED-009")
    void furtherDecimalsOfASizeAreCut(String text, long e8) {
        read(text);
        assertThat(reader.cutE8(fields, 0)).isEqualTo(e8);
        assertThat(problem()).isEmpty();
    }

    @SeededTest
    @Covers("FEED-001")
    void decimalsAgreeWithBigDecimal(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = decimal(random);
            BigDecimal scaled = new BigDecimal(text).movePointRight(8);
            boolean whole = scaled.stripTrailingZeros().scale() <= 0;
            boolean fits =
                    whole
                            && scaled.toBigIntegerExact()
                                            .abs()
                                            .compareTo(BigInteger.valueOf(Long.MAX_VALUE))
                                    <= 0;
            read(random.nextBoolean() ? text : '"' + text + '"');
            long e8 = reader.exactE8(fields, 0);
            assertThat(problem().isEmpty()).as(text).isEqualTo(fits);
            assertThat(e8).as(text).isEqualTo(fits ? scaled.longValueExact() : 0);
        }
    }

    /** Of at most 18 digits, or without an exponent; more is refused although it might fit. */
    private static String decimal(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        int whole = 1 + random.nextInt(11);
        text.append(whole == 1 ? random.nextInt(10) : 1 + random.nextInt(9));
        for (int i = 1; i < whole; i++) {
            text.append(random.nextInt(10));
        }
        int decimals = random.nextInt(14);
        if (decimals > 0) {
            text.append('.');
            int zerosFrom = random.nextInt(14);
            for (int i = 0; i < decimals; i++) {
                text.append(i >= zerosFrom ? 0 : random.nextInt(10));
            }
        }
        if (whole + decimals <= 18 && random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(25) - 12);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2009-01-01T00:00:00Z",
                "2024-02-29T23:59:59.999999999Z",
                "2100-02-28T00:00:00.1Z",
                "2199-12-31T23:59:59Z",
                "2023-11-14T22:13:20.123456Z",
            })
    @Covers("FEED-006")
    void timeIsExactToTheNanosecond(String text) {
        read('"' + text + '"');
        Instant expected = Instant.parse(text);
        assertThat(Times.textNanos(reader, fields, 0))
                .isEqualTo(expected.getEpochSecond() * 1_000_000_000L + expected.getNano());
        assertThat(problem()).isEmpty();
    }

    @SeededTest
    @Covers("FEED-006")
    void timesAgreeWithTheCalendarOfTheJdk(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(
                            1_230_768_000L + random.nextLong(6_027_350_400L),
                            random.nextInt(1_000_000_000));
            read('"' + instant.toString() + '"');
            assertThat(Times.textNanos(reader, fields, 0))
                    .isEqualTo(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2023-02-29T00:00:00Z\"",
                "\"2023-13-01T00:00:00Z\"",
                "\"2023-00-01T00:00:00Z\"",
                "\"2023-01-00T00:00:00Z\"",
                "\"2023-01-01T24:00:00Z\"",
                "\"2023-01-01T00:60:00Z\"",
                "\"2023-01-01T00:00:60Z\"",
                "\"2023-01-01T00:00:00\"",
                "\"2023-01-01 00:00:00Z\"",
                "\"2023-01-01T00:00:00.Z\"",
                "\"2023-01-01T00:00:00.1234567890Z\"",
                "\"2023-01-01T00:00:00+00:00\"",
                "\"2008-12-31T23:59:59Z\"",
                "\"2200-01-01T00:00:00Z\"",
                "\"\"",
                "17000000",
                "\"2O23-01-01T00:00:00Z\"",
                "\"2023-01-01T00:00:00.1a3Z\"",
                "{\"long enough to be a time\":1}",
            })
    @Covers("FEED-006")
    void whatIsNoTimeIsRejected(String json) {
        read(json);
        assertThat(Times.textNanos(reader, fields, 0)).isZero();
        assertThat(problem()).contains(FeedRejection.BAD_TIME);
    }

    @ParameterizedTest
    @CsvSource({
        "1230768000000, 1230768000000000000, false", "1230767999999, 0, true",
        "\"1700000000123\", 1700000000123000000, false", "7258118400000, 0, true",
        "1700000000, 0, true", "1700000000123456, 0, true",
    })
    @Covers("FEED-006")
    void millisecondsOutsideTheRangeAreRejected(String json, long nanos, boolean rejected) {
        read(json);
        assertThat(Times.numberNanos(reader, fields, 0)).isEqualTo(nanos);
        assertThat(reader.hasProblem()).isEqualTo(rejected);
    }
}
