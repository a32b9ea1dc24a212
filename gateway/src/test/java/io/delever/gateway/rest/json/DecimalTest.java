package io.delever.gateway.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.testing.Covers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @ParameterizedTest
    @Covers("GATE-001")
    @CsvSource({
        "0, 0",
        "1, 100000000",
        "-1, -100000000",
        "0.00000001, 1",
        "-0.00000001, -1",
        "92233720368.54775807, 9223372036854775807",
        "-92233720368.54775808, -9223372036854775808",
        "1000000, 100000000000000",
        "60000.1, 6000010000000",
    })
    void textAndScaledIntegerAreTheSameNumber(String text, long e8) {
        assertThat(Decimal.parse(text).e8()).isEqualTo(e8);
        assertThat(new Decimal(e8)).hasToString(text);
    }

    @ParameterizedTest
    @Covers("GATE-001")
    @CsvSource({"1.10, 1.1", "-0, 0", "0.0, 0", "5.00000000, 5"})
    void zerosThatSayNothingAreNotWritten(String text, String written) {
        assertThat(Decimal.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @Covers("GATE-002")
    @ValueSource(
            strings = {
                "92233720368.54775808",
                "-92233720368.54775809",
                "0.000000001",
                "1.000000000",
                "1e3",
                "1,000",
                "0x1",
                "٣",
                ".5",
                "--1",
            })
    void whatDoesNotFitExactlyIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.parse(text));
    }

    @Test
    @Covers("GATE-001")
    void ratesHaveSixPlaces() {
        assertThat(Ratio.parse("0.000001").ppm()).isEqualTo(1);
        assertThat(new Ratio(12_500_000)).hasToString("12.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.parse("0.0000001"))
                .withMessageContaining("limit is 6");
    }

    @Test
    @Covers("GATE-003")
    void timesKeepEveryNanosecond() {
        assertThat(new Timestamp(1_760_131_500_000_000_001L))
                .hasToString("2025-10-10T21:25:00.000000001Z");
        assertThat(new Timestamp(-1)).hasToString("1969-12-31T23:59:59.999999999Z");
        assertThat(Timestamp.ofNonZero(0)).isEmpty();
        assertThat(Timestamp.of(Instant.parse("2025-10-10T21:25:00.5Z")).epochNanos())
                .isEqualTo(1_760_131_500_500_000_000L);
    }
}
