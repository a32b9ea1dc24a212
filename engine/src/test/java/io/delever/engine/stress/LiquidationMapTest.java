package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.LiquidationMap.Level;
import io.delever.engine.stress.LiquidationMap.Reaction;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiquidationMapTest {
    private static final Impact TENTH = new Impact.Linear(0.1);

    /**
     * By hand: 100 is pushed to 95, which closes 20 at 96 (−2, to 93), so 10 at 94 (−1, to 92); 91
     * stays open. The first is sold at 94 on average, the second at 92.5.
     */
    @Test
    @Covers({"STRS-030", "STRS-032", "STRS-034", "STRS-035"})
    void aPushEndsWhereNoLevelIsReached() {
        LiquidationMap map =
                new LiquidationMap(
                        100,
                        TENTH,
                        List.of(
                                new Level(91, 50, 90),
                                new Level(94, 10, 93),
                                new Level(96, 20, 95)),
                        List.of());
        Reaction reaction = map.push(95);
        assertThat(reaction.end()).isCloseTo(92, within(1e-12));
        assertThat(reaction.forced().levels()).isEqualTo(2);
        assertThat(reaction.forced().size()).isEqualTo(30);
        assertThat(reaction.forced().sizeAtOnce()).isEqualTo(20);
        assertThat(reaction.forced().deficit()).isCloseTo(1 * 20 + 0.5 * 10, within(1e-9));
        assertThat(reaction.amplification()).isCloseTo(8 / 5d, within(1e-12));
        assertThat(map.fuel(94)).isEqualTo(30);
        assertThat(map.fuel(97)).isZero();
    }

    @Test
    @Covers({"STRS-030", "STRS-032"})
    void aPushUpClosesShortsTheSameWay() {
        LiquidationMap map =
                new LiquidationMap(
                        100,
                        TENTH,
                        List.of(),
                        List.of(
                                new Level(109, 50, 110),
                                new Level(106, 10, 107),
                                new Level(104, 20, 105)));
        Reaction reaction = map.push(105);
        assertThat(reaction.end()).isCloseTo(108, within(1e-12));
        assertThat(reaction.forced().size()).isEqualTo(30);
        assertThat(reaction.forced().deficit()).isCloseTo(1 * 20 + 0.5 * 10, within(1e-9));
        assertThat(reaction.amplification()).isCloseTo(8 / 5d, within(1e-12));
        assertThat(map.fuel(106)).isEqualTo(30);
    }

    @Test
    @Covers("STRS-034")
    void nothingFollowsWhereNothingIsReached() {
        LiquidationMap map =
                new LiquidationMap(100, TENTH, List.of(new Level(50, 1, 49)), List.of());
        assertThat(map.push(90).amplification()).isEqualTo(1);
        assertThat(map.push(100).amplification()).isEqualTo(1);
        LiquidationMap alreadyThere =
                new LiquidationMap(100, TENTH, List.of(new Level(100, 1, 49)), List.of());
        assertThat(alreadyThere.push(100).amplification()).isInfinite();
    }

    @Test
    @Covers("STRS-034")
    void aMarketWithoutBuyersEndsAtZero() {
        LiquidationMap map =
                new LiquidationMap(100, TENTH, List.of(new Level(99, 5_000, 98)), List.of());
        Reaction reaction = map.push(99);
        assertThat(reaction.end()).isZero();
        // What found no buyer is worth nothing.
        assertThat(reaction.forced().deficit()).isCloseTo(98d * 5_000, within(1e-6));
    }

    @Test
    @Covers("STRS-033")
    void theMarketFeedsItselfWhereLevelsAreDense() {
        List<Level> dense = new ArrayList<>();
        List<Level> thin = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            dense.add(new Level(100 - i * 0.1, 2, 1));
            thin.add(new Level(100 - i * 0.1, 0.5, 1));
        }
        // 20 (5) units for each unit of price, each moving it by 0.1.
        assertThat(new LiquidationMap(100, TENTH, dense, List.of()).gain(100, 5))
                .isCloseTo(2, within(1e-9));
        assertThat(new LiquidationMap(100, TENTH, thin, List.of()).gain(100, 5))
                .isCloseTo(0.5, within(1e-9));
        assertThat(new LiquidationMap(100, TENTH, dense, List.of()).gain(100, -5)).isZero();
        // Above 1 a push runs through all levels; below 1 it dies out at 1 ÷ (1 − gain).
        assertThat(new LiquidationMap(100, TENTH, dense, List.of()).push(99).forced().levels())
                .isEqualTo(100);
        assertThat(new LiquidationMap(100, TENTH, thin, List.of()).push(98).amplification())
                .isBetween(1.8, 2.2);
    }

    @Test
    @Covers("STRS-036")
    void theNearestAmplifiedPushIsFound() {
        LiquidationMap map =
                new LiquidationMap(
                        100, TENTH, List.of(new Level(99, 1, 1), new Level(90, 200, 1)), List.of());
        Reaction found = map.amplifiedBeyond(2, 0.2, 20).orElseThrow();
        assertThat(found.pushed()).isCloseTo(90, within(1e-9));
        assertThat(map.amplifiedBeyond(2, 0.05, 20)).isEmpty();
        assertThat(map.amplifiedBeyond(2, -0.2, 20)).isEmpty();
        assertThatThrownBy(() -> map.amplifiedBeyond(2, 1, 20)).hasMessageContaining("share");
    }

    @SeededTest
    @Covers({"STRS-030", "STRS-031", "STRS-034"})
    void aFurtherPushEndsFurther(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            LiquidationMap map = random(random);
            Reaction before = map.push(100);
            for (double pushed = 99; pushed > 50; pushed -= 1 + random.nextDouble() * 5) {
                Reaction reaction = map.push(pushed);
                assertThat(reaction.end()).isLessThanOrEqualTo(before.end());
                assertThat(reaction.end()).isLessThanOrEqualTo(pushed);
                assertThat(reaction.forced().size()).isGreaterThanOrEqualTo(before.forced().size());
                assertThat(reaction.amplification()).isGreaterThanOrEqualTo(1 - 1e-12);
                assertThat(reaction.forced().size())
                        .isEqualTo(map.fuel(Math.max(1e-9, reaction.end())));
                before = reaction;
            }
        }
    }

    private static LiquidationMap random(Random random) {
        List<Level> longs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            longs.add(new Level(40 + 59 * random.nextDouble(), 1 + random.nextInt(20), 30));
        }
        Impact impact =
                random.nextBoolean()
                        ? new Impact.Linear(0.05 * random.nextDouble())
                        : new Impact.SquareRoot(random.nextDouble());
        return new LiquidationMap(100, impact, longs, List.of());
    }
}
