package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final Rate ALL = new Rate(1_000_000);

    private static List<Money> money(String... amounts) {
        return Arrays.stream(amounts).map(Money::parse).toList();
    }

    @Test
    @Covers("ADLQ-006")
    void equalRemaindersGoToTheFirstInOrder() {
        long[] shares =
                Shares.waterFilling(
                        10, new long[] {1, 1, 1}, new long[] {10, 10, 10}, Integer::compare);
        assertThat(shares).containsExactly(4, 3, 3);
        long[] reversed =
                Shares.waterFilling(
                        11, new long[] {1, 1, 1}, new long[] {11, 11, 11}, (i, j) -> j - i);
        assertThat(reversed).containsExactly(3, 4, 4);
    }

    @Test
    @Covers("ADLQ-005")
    void cappedHoldersGiveTheirCapAndTheOthersShareTheRest() {
        assertThat(
                        Shares.waterFilling(
                                100,
                                new long[] {50, 30, 20},
                                new long[] {10, 100, 100},
                                Integer::compare))
                .containsExactly(10, 54, 36);
        assertThat(
                        Shares.waterFilling(
                                100, new long[] {5, 5}, new long[] {20, 30}, Integer::compare))
                .containsExactly(20, 30);
        assertThat(Shares.waterFilling(0, new long[] {5}, new long[] {3}, Integer::compare))
                .containsExactly(0);
        assertThat(Shares.waterFilling(5, new long[0], new long[0], Integer::compare)).isEmpty();
    }

    @Test
    @Covers({"ADLQ-005", "ADLQ-006"})
    void randomSharesAreExactAndFair() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            int n = 1 + random.nextInt(8);
            long scale = 1L << random.nextInt(1, 58);
            long[] weights = random.longs(n, 1, scale + 1).toArray();
            long[] caps = random.longs(n, 0, scale + 1).toArray();
            long total = random.nextLong(scale + 1);
            long[] shares = Shares.waterFilling(total, weights, caps, Integer::compare);
            BigInteger capSum = sum(caps);
            assertThat(sum(shares)).isEqualTo(capSum.min(BigInteger.valueOf(total)));
            for (int i = 0; i < n; i++) {
                assertThat(shares[i]).isBetween(0L, caps[i]);
                for (int j = 0; j < n; j++) {
                    if (shares[i] < caps[i]) {
                        // j has at most one unit more per weight than i, who could have given more
                        BigInteger left = times(shares[j] - 1, weights[i]);
                        BigInteger right = times(shares[i] + 1, weights[j]);
                        assertThat(left).isLessThanOrEqualTo(right);
                    }
                }
            }
        }
    }

    @Test
    void badWeightsAndCapsAreRefused() {
        assertThatThrownBy(
                        () ->
                                Shares.waterFilling(
                                        1, new long[] {0}, new long[] {1}, Integer::compare))
                .hasMessageContaining("weight 0 is 0");
        assertThatThrownBy(
                        () ->
                                Shares.waterFilling(
                                        1, new long[] {1}, new long[] {-1}, Integer::compare))
                .hasMessageContaining("cap is -1");
        assertThatThrownBy(
                        () ->
                                Shares.waterFilling(
                                        1,
                                        new long[] {Long.MAX_VALUE, 1},
                                        new long[] {1, 1},
                                        Integer::compare))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Covers("ADLQ-011")
    void moneyHaircutsAddUpToTheBudget() {
        Money budget = PnlHaircuts.budget(Money.parse("15"), new Rate(500_000));
        assertThat(budget).isEqualTo(Money.parse("7.5"));
        assertThat(PnlHaircuts.proRata(budget, money("8", "4", "0.5", "-3", "-12"), ALL))
                .isEqualTo(money("4.8", "2.4", "0.3", "0", "0"));
        assertThat(PnlHaircuts.inOrder(budget, money("4", "8", "0.5"), ALL))
                .isEqualTo(money("4", "3.5", "0"));
        assertThat(PnlHaircuts.proRata(Money.parse("9"), money("10", "5"), new Rate(500_000)))
                .isEqualTo(money("5", "2.5"));
    }

    private static BigInteger sum(long[] values) {
        return Arrays.stream(values)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger times(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
