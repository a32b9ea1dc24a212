package io.delever.engine.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AuctionCurvesTest {
    @Test
    @Covers("LIQD-090")
    void aLinearPriceEndsAtNothing() {
        assertThat(AuctionCurves.linear(n("1000"), 3_600, 0)).isEqualTo(n("1000"));
        assertThat(AuctionCurves.linear(n("1000"), 3_600, 900)).isEqualTo(n("750"));
        assertThat(AuctionCurves.linear(n("1000"), 3_600, 3_600)).isEqualTo(Ratio.ZERO);
        assertThat(AuctionCurves.linear(n("1000"), 3_600, 9_999)).isEqualTo(Ratio.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuctionCurves.linear(n("1"), 0, 1))
                .withMessageContaining("duration 0 s");
    }

    @Test
    @Covers("LIQD-091")
    void aStepwisePriceFallsBySteps() {
        assertThat(AuctionCurves.stepwise(n("80"), n("0.5"), 10, 0)).isEqualTo(n("80"));
        assertThat(AuctionCurves.stepwise(n("80"), n("0.5"), 10, 9)).isEqualTo(n("80"));
        assertThat(AuctionCurves.stepwise(n("80"), n("0.5"), 10, 30)).isEqualTo(n("10"));
        assertThat(AuctionCurves.stepwise(n("80"), n("0.5"), 10, 39)).isEqualTo(n("10"));
        assertThat(AuctionCurves.stepwise(n("4000"), n("0.999230132966"), 1, 900).decimal(0))
                .isEqualTo(n("2000").decimal(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuctionCurves.stepwise(n("1"), n("1.1"), 1, 1))
                .withMessageContaining("cut: 11/10");
    }

    @Test
    @Covers("LIQD-091")
    void nothingIsLeftOfALongAuction() {
        assertThat(AuctionCurves.stepwise(n("4000"), n("0.5"), 1, 1_000_000)).isEqualTo(Ratio.ZERO);
        Ratio before = n("4000");
        for (int t = 0; t < 2_000; t++) {
            Ratio now = AuctionCurves.stepwise(n("4000"), n("0.997"), 1, t);
            assertThat(now).isLessThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    @Covers("LIQD-092")
    void aBidPaysItsShareOfWhatIsSold() {
        assertThat(AuctionCurves.bid(n("6000"), n("0"), n("0.8"), n("0.3"))).isEqualTo(n("1440"));
        assertThat(AuctionCurves.bid(n("5640"), n("1440"), n("0.8"), n("0.5")))
                .isEqualTo(n("1680"));
    }

    @Test
    @Covers("LIQD-093")
    void theGreatestShareEndsExactlyAtTheBuffer() {
        Ratio value = n("5640");
        Ratio buffer = n("-5560");
        Ratio reserved = n("1440");
        Ratio share = AuctionCurves.greatestShare(buffer, value, reserved, n("0.8"));
        assertThat(share).isEqualTo(n("5560").dividedBy(n("10360")));
        // What is left of the buffer, with the cash that the sale brought.
        Ratio paid = AuctionCurves.bid(value, reserved, n("0.8"), share);
        Ratio left = buffer.times(Ratio.ONE.minus(share)).plus(paid).plus(reserved.times(share));
        assertThat(left).isEqualTo(Ratio.ZERO);
        assertThat(AuctionCurves.greatestShare(n("1"), value, reserved, n("0.8")))
                .isEqualTo(Ratio.ZERO);
        assertThat(AuctionCurves.greatestShare(buffer, n("-9000"), n("0"), n("0.8")))
                .as("a sale that costs more than it frees closes all")
                .isEqualTo(Ratio.ONE);
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
