package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.LiquidationMap.Level;
import io.delever.engine.stress.LiveLevels.Figures;
import io.delever.engine.stress.LiveLevels.Held;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LiveLevelsTest {
    private static final Offset<Double> CLOSE = within(1e-9);

    @SeededTest
    @Covers("STRS-060")
    void atItsLevelAnAccountHasJustItsMaintenance(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            double mark = 1 + 100 * random.nextDouble();
            double size = (random.nextBoolean() ? 1 : -1) * (0.1 + random.nextDouble());
            double rate = 0.005 + 0.1 * random.nextDouble();
            Held held = new Held("A", size, mark, Math.abs(size) * mark * rate);
            double others = 5 * random.nextDouble();
            double adjusted = others + held.maintenance() + mark * random.nextDouble();
            Figures account =
                    new Figures(adjusted, adjusted, others + held.maintenance(), List.of(held));
            LiveLevels.level(account, held)
                    .ifPresent(
                            level -> {
                                double equity = adjusted + size * (level.price() - mark);
                                double maintenance = others + Math.abs(size) * level.price() * rate;
                                assertThat(equity).isCloseTo(maintenance, within(1e-6));
                            });
        }
    }

    @Test
    @Covers("STRS-061")
    void whatIsClosedAlreadyOrNeverAloneHasNoLevel() {
        Held held = new Held("A", 1, 100, 5);
        assertThat(LiveLevels.level(new Figures(5, 5, 5, List.of(held)), held)).isEmpty();
        assertThat(LiveLevels.level(new Figures(4, 4, 5, List.of(held)), held)).isEmpty();
        assertThat(LiveLevels.level(new Figures(100, 100, 5, List.of(held)), held)).isEmpty();
        assertThat(LiveLevels.level(new Figures(24, 24, 5, List.of(held)), held).orElseThrow())
                .extracting(Level::price, Level::bankruptcyPrice)
                .containsExactly(80d, 76d);
        Held sold = new Held("A", -1, 100, 5);
        assertThat(LiveLevels.level(new Figures(26, 26, 5, List.of(sold)), sold).orElseThrow())
                .extracting(Level::price, Level::bankruptcyPrice)
                .containsExactly(120d, 126d);
    }

    @Test
    @Covers("STRS-062")
    void aMarketHasItsOpenNotionalAndAnAssumedDepth() {
        LiveLevels levels =
                LiveLevels.of(
                        List.of(
                                new Figures(24, 24, 5, List.of(new Held("A", 1, 100, 5))),
                                new Figures(26, 26, 5, List.of(new Held("A", -1, 100, 5)))));
        assertThat(levels.instruments()).containsExactly("A");
        LiveLevels.Market market = levels.market("A", 0.02).orElseThrow();
        assertThat(market.openNotional()).isEqualTo(100);
        assertThat(market.depth()).isCloseTo(0.02, CLOSE);
        assertThat(market.map().fuel(80)).isEqualTo(1);
        assertThat(market.map().fuel(120)).isEqualTo(1);
        assertThat(market.map().push(80).end()).isCloseTo(30, CLOSE);
        assertThat(levels.market("B", 0.02)).isEmpty();
        assertThatThrownBy(() -> levels.market("A", 0)).hasMessageContaining("depth share");
    }
}
