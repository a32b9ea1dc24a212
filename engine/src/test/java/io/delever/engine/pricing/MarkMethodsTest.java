package io.delever.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.pricing.MarkMethods.Decay;
import io.delever.engine.pricing.MarkMethods.LeverageNotional;
import io.delever.engine.pricing.MarkMethods.Trade;
import io.delever.engine.pricing.PriceAverages.DepthLevel;
import io.delever.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkMethodsTest {
    private static final List<Trade> TRADES =
            List.of(trade("100", "1", 0), trade("110", "1", 50), trade("120", "2", 100));

    @Test
    @Covers("PRIC-050")
    void tradesCountBySizeWhereNothingDecays() {
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ZERO, 1, 100), 100))
                .contains(Price.parse("112.5"));
    }

    @Test
    @Covers("PRIC-050")
    void olderTradesLoseWeightWithAPowerOfTheirAge() {
        // Weights 0, 0.5 and 1 of 1, 1 and 2; then 0, 0.75 and 1.
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ONE, 1, 100), 100))
                .contains(Price.parse("118"));
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ONE, 2, 100), 100))
                .contains(Price.parse("117.27272727"));
    }

    @Test
    @Covers("PRIC-050")
    void tradesOutsideTheWindowDoNotCount() {
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ZERO, 1, 50), 100))
                .contains(Price.parse("116.66666667"));
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ZERO, 1, 49), 100))
                .contains(Price.parse("120"));
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ZERO, 1, 100), 99))
                .contains(Price.parse("105"));
        assertThat(MarkMethods.fromTrades(TRADES, new Decay(Rate.ZERO, 1, 10), 500)).isEmpty();
        assertThat(MarkMethods.fromTrades(TRADES.subList(0, 1), new Decay(Rate.ONE, 1, 100), 100))
                .as("all of its weight is gone")
                .isEmpty();
    }

    @Test
    @Covers("PRIC-050")
    void impossibleDecaysAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decay(Rate.parse("1.1"), 1, 1))
                .withMessageContaining("decay weight: 1.1, limit 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decay(Rate.ONE, 11, 1))
                .withMessageContaining("decay power: 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decay(Rate.ONE, 1, 0))
                .withMessageContaining("decay window: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trade("1", "0", 0))
                .withMessageContaining("size of a trade: 0");
    }

    @Test
    @Covers("PRIC-051")
    void aBookMarkIsTheMiddleOfTheExitsOfALeveragedNotional() {
        LeverageNotional notional = notional();
        assertThat(notional.buy()).isEqualTo(Ratio.of(10_000));
        assertThat(notional.sell()).isEqualTo(Ratio.of(8_000));
        // 100 sold into bids at 100 and 90, 40 bought at 200.
        List<DepthLevel> bids = List.of(level("100", "60"), level("90", "50"));
        List<DepthLevel> asks = List.of(level("200", "40"));
        assertThat(MarkMethods.volume(notional.buy(), bids)).contains(Quantity.parse("100"));
        assertThat(MarkMethods.fromBook(notional, bids, asks)).contains(Price.parse("148"));
    }

    @Test
    @Covers("PRIC-051")
    void aBookThatHoldsLessGivesNoMark() {
        List<DepthLevel> enough = List.of(level("100", "1000"));
        assertThat(MarkMethods.fromBook(notional(), enough, List.of())).isEmpty();
        assertThat(MarkMethods.fromBook(notional(), List.of(), enough)).isEmpty();
        assertThat(MarkMethods.fromBook(notional(), enough, List.of(level("200", "39.99"))))
                .isEmpty();
    }

    @Test
    @Covers("PRIC-052")
    void aThrottledMarkMovesToTheLatestTradeOnceTheTimeIsUp() {
        MarkThrottle throttle = new MarkThrottle(10);
        assertThat(throttle.at(12)).isEmpty();
        throttle.trade(Price.parse("1"));
        assertThat(throttle.at(12)).contains(Price.parse("1"));
        throttle.trade(Price.parse("2"));
        throttle.trade(Price.parse("3"));
        assertThat(throttle.at(9)).contains(Price.parse("1"));
        assertThat(throttle.at(10)).contains(Price.parse("3"));
        assertThat(throttle.at(100)).contains(Price.parse("3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MarkThrottle(-1))
                .withMessageContaining("throttle: -1");
    }

    private static LeverageNotional notional() {
        return new LeverageNotional(
                Ratio.of(1_000),
                Ratio.of(1, 4),
                Rate.parse("0.1"),
                Rate.parse("0.4"),
                Rate.parse("0.3"));
    }

    private static Trade trade(String price, String size, long time) {
        return new Trade(Price.parse(price), Quantity.parse(size), time);
    }

    private static DepthLevel level(String price, String size) {
        return new DepthLevel(Price.parse(price), Quantity.parse(size));
    }
}
