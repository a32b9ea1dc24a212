package io.delever.engine.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.sentiment.SignalBoard.Quote;
import io.delever.engine.sentiment.SignalBoard.Reading;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SignalBoardTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final long START = 1_700_000_000L * SECOND;
    private final SignalBoard board = new SignalBoard();

    private double value(MarketSignal signal, long now) {
        return reading(signal, now).orElseThrow().value();
    }

    private Optional<Reading> reading(MarketSignal signal, long now) {
        return board.readings(now).stream().filter(r -> r.signal() == signal).findFirst();
    }

    @Test
    @Covers("SGNL-001")
    void everySignalHasItsValue() {
        board.depth(Math.E, START);
        board.openInterest(100, START);
        board.openInterest(100, START + DAY);
        board.openInterest(200, START + DAY);
        board.funding(0.0001, START);
        board.funding(0.0003, START + DAY);
        board.stablecoin(0.65, START);
        board.venues(List.of(3d, 1d, 0d), START);
        board.priced(100, 101, START);
        assertThat(value(MarketSignal.DEPTH, START)).isCloseTo(1, CLOSE);
        assertThat(value(MarketSignal.OPEN_INTEREST_CHANGE, START + DAY))
                .isCloseTo(Math.log(2), CLOSE);
        assertThat(value(MarketSignal.FUNDING, START + DAY)).isEqualTo(0.0003);
        assertThat(value(MarketSignal.FUNDING_CHANGE, START + DAY)).isCloseTo(0.0002, CLOSE);
        assertThat(value(MarketSignal.PEG_DEVIATION, START)).isCloseTo(0.35, CLOSE);
        assertThat(value(MarketSignal.VENUE_CONCENTRATION, START)).isCloseTo(0.625, CLOSE);
        assertThat(value(MarketSignal.BASIS, START)).isCloseTo(0.01, CLOSE);
        for (int i = 1; i <= 20; i++) {
            board.priced(i % 2 == 0 ? 100 : 99, 100, START + i * SECOND);
        }
        assertThat(value(MarketSignal.DRAWDOWN, START + 19 * SECOND)).isZero();
        double perSecond = StrictMath.log(100 / 99d) * Math.sqrt(31_557_600);
        assertThat(value(MarketSignal.VOLATILITY, START + 20 * SECOND))
                .isCloseTo(perSecond, within(0.01 * perSecond));
        assertThat(value(MarketSignal.VOLATILITY_CHANGE, START + 20 * SECOND))
                .isCloseTo(0, within(1e-6));
    }

    /** e = what came to the bid or left the ask, less what left the bid or came to the ask. */
    @Test
    @Covers("SGNL-002")
    void orderFlowFollowsTheBestQuotes() {
        board.quoted(new Quote(99, 5, 101, 7), START);
        assertThat(reading(MarketSignal.ORDER_FLOW_IMBALANCE, START)).isEmpty();
        // The bid rises (+6), the ask stays with 2 less (−5 + 7).
        board.quoted(new Quote(100, 6, 101, 5), START);
        assertThat(value(MarketSignal.ORDER_FLOW_IMBALANCE, START)).isEqualTo(1);
        // The bid falls (−6), the ask stays the same: 8 bought, 6 sold.
        board.quoted(new Quote(99, 4, 101, 5), START);
        assertThat(value(MarketSignal.ORDER_FLOW_IMBALANCE, START)).isCloseTo(2 / 14d, CLOSE);
        assertThat(value(MarketSignal.SPREAD, START)).isEqualTo(0.02);
        board.traded(3, START);
        board.traded(-1, START);
        assertThat(value(MarketSignal.TRADE_IMBALANCE, START)).isCloseTo(0.5, CLOSE);
        board.traded(-1, START + 300 * SECOND);
        assertThat(value(MarketSignal.TRADE_IMBALANCE, START + 300 * SECOND)).isCloseTo(0, CLOSE);
    }

    @SeededTest
    @Covers("SGNL-003")
    void zScoresAreAgainstWhatWasBefore(long seed) {
        Random random = new Random(seed);
        long now = START;
        for (int i = 0; i < 4_000; i++) {
            now += 600 * SECOND;
            board.depth(StrictMath.exp(10 + random.nextGaussian()), now);
        }
        board.depth(StrictMath.exp(15), now + 600 * SECOND);
        double z =
                reading(MarketSignal.DEPTH, now + 600 * SECOND)
                        .orElseThrow()
                        .zScore()
                        .orElseThrow();
        assertThat(z).isBetween(4d, 6.2);
        SignalBoard few = new SignalBoard();
        for (int i = 0; i < 30; i++) {
            few.depth(1 + random.nextDouble(), START + i * SECOND);
        }
        assertThat(few.readings(START + 29 * SECOND).getFirst().zScore()).isEmpty();
        few.depth(1 + random.nextDouble(), START + 30 * SECOND);
        assertThat(few.readings(START + 30 * SECOND).getFirst().zScore()).isPresent();
    }

    @Test
    @Covers("SGNL-004")
    void whatIsOldIsMissingAndLowersConfidence() {
        assertThat(board.missing(START)).containsExactly(MarketSignal.values());
        assertThat(board.confidence(START).ppm()).isZero();
        board.depth(5, START);
        assertThat(board.confidence(START + 120 * SECOND).ppm()).isEqualTo(76_923);
        assertThat(reading(MarketSignal.DEPTH, START + 120 * SECOND).orElseThrow().ageNanos())
                .isEqualTo(120 * SECOND);
        assertThat(board.missing(START + 120 * SECOND + 1)).contains(MarketSignal.DEPTH);
        assertThat(board.confidence(START + 120 * SECOND + 1).ppm()).isZero();
    }

    @Test
    @Covers("SGNL-005")
    void whatMakesNoSenseIsRefusedAndWhatComesLateIsLeftOut() {
        board.depth(5, START);
        board.depth(9, START - 1);
        assertThat(value(MarketSignal.DEPTH, START)).isEqualTo(Math.log(5));
        assertThatThrownBy(() -> new Quote(100, 1, 100, 1)).hasMessageContaining("above the bid");
        assertThatThrownBy(() -> new Quote(100, 0, 101, 1)).hasMessageContaining("size at the bid");
        assertThatThrownBy(() -> board.depth(0, START)).hasMessageContaining("depth: 0.0");
        assertThatThrownBy(() -> board.priced(1, Double.NaN, START)).hasMessageContaining("mark");
        assertThatThrownBy(() -> board.traded(Double.NaN, START)).hasMessageContaining("number");
        assertThatThrownBy(() -> board.venues(List.of(), START)).hasMessageContaining("all venues");
        assertThatThrownBy(() -> board.venues(List.of(-1d), START)).hasMessageContaining("limit 0");
    }

    @SeededTest
    @Covers("SGNL-006")
    void theSameEventsGiveTheSameReadingsBitForBit(long seed) {
        SignalBoard other = new SignalBoard();
        for (SignalBoard one : List.of(board, other)) {
            Random random = new Random(seed);
            for (int i = 0; i < 500; i++) {
                long now = START + i * SECOND;
                double price = 100 + random.nextDouble();
                one.priced(price, price + random.nextDouble(), now);
                one.quoted(new Quote(price, 1 + random.nextDouble(), price + 1, 2), now);
                one.traded(random.nextGaussian(), now);
            }
        }
        long end = START + 499 * SECOND;
        assertThat(board.readings(end)).isEqualTo(other.readings(end)).hasSize(7);
    }
}
