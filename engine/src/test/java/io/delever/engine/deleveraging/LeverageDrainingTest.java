package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.deleveraging.LeverageDraining.Holders;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeverageDrainingTest {

    @Test
    @Covers("ADLQ-043")
    void theHighestLeverageGivesFirstAndThenAllStandAtOneLevel() {
        long[] exposures = {1000, 600, 300};
        long[] equities = {100, 100, 100};
        // Down to 6 the first gives 400 alone, below that the first two share.
        assertThat(share(400, exposures, equities, exposures)).containsExactly(400, 0, 0);
        assertThat(share(1000, exposures, equities, exposures)).containsExactly(700, 300, 0);
        assertThat(share(1300, exposures, equities, exposures)).containsExactly(800, 400, 100);
        assertThat(share(0, exposures, equities, exposures)).containsExactly(0, 0, 0);
    }

    @Test
    @Covers("ADLQ-043")
    void equityDecidesNotSize() {
        // Leverage 2 and 10: the small one is drained to the level of the big one first.
        assertThat(share(80, new long[] {1000, 100}, new long[] {500, 10}, new long[] {1000, 100}))
                .containsExactly(0, 80);
        assertThat(share(590, new long[] {1000, 100}, new long[] {500, 10}, new long[] {1000, 100}))
                .containsExactly(500, 90);
    }

    @Test
    @Covers("ADLQ-043")
    void aCapIsKeptAndTheOthersGiveTheRest() {
        assertThat(share(300, new long[] {1000, 600}, new long[] {100, 100}, new long[] {50, 600}))
                .containsExactly(50, 250);
        assertThat(share(9999, new long[] {1000, 600}, new long[] {100, 100}, new long[] {50, 60}))
                .containsExactly(50, 60);
        assertThat(share(7, new long[] {1000, 600}, new long[] {100, 100}, new long[] {0, 60}))
                .containsExactly(0, 7);
    }

    @Test
    @Covers("ADLQ-044")
    void aHedgeIsBrokenOnlyAfterEverybodyElseIsFlat() {
        long[] exposures = {500, 0, -200};
        long[] equities = {100, 100, 100};
        long[] caps = {500, 500, 500};
        assertThat(share(500, exposures, equities, caps)).containsExactly(500, 0, 0);
        assertThat(share(700, exposures, equities, new long[] {600, 500, 500}))
                .containsExactly(600, 100, 0);
        assertThat(share(900, exposures, equities, caps)).containsExactly(500, 300, 100);
    }

    @Test
    @Covers("ADLQ-043")
    void remaindersGoToTheLargestAndTiesToTheFirst() {
        Holders two = new Holders(new long[] {100, 100}, new long[] {10, 10});
        assertThat(LeverageDraining.share(1, two, 10, new long[] {9, 9}, Integer::compare))
                .containsExactly(1, 0);
        assertThat(
                        LeverageDraining.share(
                                1, two, 10, new long[] {9, 9}, (i, j) -> Integer.compare(j, i)))
                .containsExactly(0, 1);
        assertThat(LeverageDraining.share(3, two, 10, new long[] {9, 9}, Integer::compare))
                .containsExactly(2, 1);
    }

    @Test
    @Covers("ADLQ-043")
    void whatIsNoHolderIsRefused() {
        Holders broke = new Holders(new long[] {1}, new long[] {0});
        assertThatThrownBy(() -> LeverageDraining.share(1, broke, 1, new long[1], Integer::compare))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("equity > 0");
        Holders one = new Holders(new long[] {1}, new long[] {1});
        assertThatThrownBy(() -> LeverageDraining.share(-1, one, 1, new long[1], Integer::compare))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LeverageDraining.share(1, one, 0, new long[1], Integer::compare))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Against every division of the same units, for a few holders. */
    @SeededTest
    @Covers("ADLQ-043")
    void noOtherDivisionLeavesALowerGreatestLeverage(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 60; round++) {
            int n = 3;
            long unit = random.nextLong(1, 20);
            long[] exposures = random.longs(n, 1, 200).toArray();
            long[] equities = random.longs(n, 1, 60).toArray();
            long[] caps = Arrays.stream(exposures).map(x -> x / unit).toArray();
            long total = random.nextLong(Arrays.stream(caps).sum() + 1);
            long[] shares =
                    LeverageDraining.share(
                            total, new Holders(exposures, equities), unit, caps, Integer::compare);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
            double best = Double.MAX_VALUE;
            for (long a = 0; a <= Math.min(caps[0], total); a++) {
                for (long b = 0; b <= Math.min(caps[1], total - a); b++) {
                    long c = total - a - b;
                    if (c <= caps[2]) {
                        best = Math.min(best, greatest(exposures, equities, unit, a, b, c));
                    }
                }
            }
            double lot = (double) unit / Arrays.stream(equities).min().orElseThrow();
            assertThat(greatest(exposures, equities, unit, shares))
                    .isLessThanOrEqualTo(best + lot + 1e-9);
        }
    }

    @SeededTest
    @Covers({"ADLQ-043", "ADLQ-044"})
    void twoRoundsGiveWhatOneGivesAndSplittingDoesNotPay(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            int n = random.nextInt(1, 12);
            long[] exposures = random.longs(n, -1_000_000, 9_000_000).toArray();
            long[] equities = random.longs(n, 1, 5_000_000).toArray();
            long[] caps = random.longs(n, 0, 9_000_000).toArray();
            long all = Arrays.stream(caps).sum();
            long first = random.nextLong(all + 1);
            long second = random.nextLong(all - first + 1);
            long[] once = share(first + second, exposures, equities, caps);
            long[] partly = share(first, exposures, equities, caps);
            long[] left = new long[n];
            long[] room = new long[n];
            for (int i = 0; i < n; i++) {
                assertThat(partly[i]).isBetween(0L, caps[i]);
                left[i] = exposures[i] - partly[i];
                room[i] = caps[i] - partly[i];
            }
            long[] rest = share(second, left, equities, room);
            for (int i = 0; i < n; i++) {
                assertThat(partly[i] + rest[i]).isBetween(once[i] - 2, once[i] + 2);
            }
            assertThat(splitLast(exposures, equities, caps, first)).isBetween(-2L, 2L);
        }
    }

    @SeededTest
    @Covers("ADLQ-048")
    void fractionsAreInTheirExactOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 3_000;
        long[] numerators = new long[n];
        long[] denominators = new long[n];
        for (int i = 0; i < n; i++) {
            // Everything from one unit to the whole range, and many that are equal or nearly so.
            int bits = random.nextInt(1, 64);
            numerators[i] = random.nextLong() >> (64 - bits);
            denominators[i] = (random.nextLong() >>> (65 - random.nextInt(2, 65))) + 1;
            if (i % 3 == 0) {
                numerators[i] = 1_000_000_000_000L + random.nextInt(3);
                denominators[i] = 999_999_999_989L + random.nextInt(3);
            }
            if (denominators[i] <= 0) {
                denominators[i] = Long.MAX_VALUE;
            }
            if (numerators[i] == Long.MIN_VALUE) {
                numerators[i] = 0;
            }
        }
        int[] order = RatioOrder.ascending(numerators, denominators, Integer::compare);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, n).toArray());
        for (int k = 1; k < n; k++) {
            int a = order[k - 1];
            int b = order[k];
            int compared =
                    BigInteger.valueOf(numerators[a])
                            .multiply(BigInteger.valueOf(denominators[b]))
                            .compareTo(
                                    BigInteger.valueOf(numerators[b])
                                            .multiply(BigInteger.valueOf(denominators[a])));
            assertThat(compared < 0 || (compared == 0 && a < b)).isTrue();
        }
    }

    /** How much more or less the last holder gives as two halves. */
    private static long splitLast(long[] exposures, long[] equities, long[] caps, long total) {
        int last = caps.length - 1;
        // An even holder, so that its halves are its halves.
        long[] x = exposures.clone();
        long[] e = equities.clone();
        long[] c = caps.clone();
        x[last] -= x[last] % 2;
        e[last] += e[last] % 2;
        c[last] -= c[last] % 2;
        long[] whole = share(total, x, e, c);
        long[] halves = share(total, halved(x), halved(e), halved(c));
        return halves[last] + halves[last + 1] - whole[last];
    }

    private static long[] halved(long[] values) {
        long[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length - 1] = values[values.length - 1] / 2;
        more[values.length] = values[values.length - 1] / 2;
        return more;
    }

    private static double greatest(long[] exposures, long[] equities, long unit, long... shares) {
        double greatest = 0;
        for (int i = 0; i < shares.length; i++) {
            greatest = Math.max(greatest, (double) (exposures[i] - shares[i] * unit) / equities[i]);
        }
        return greatest;
    }

    private static long[] share(long total, long[] exposures, long[] equities, long[] caps) {
        return LeverageDraining.share(
                total, new Holders(exposures, equities), 1, caps, Integer::compare);
    }
}
