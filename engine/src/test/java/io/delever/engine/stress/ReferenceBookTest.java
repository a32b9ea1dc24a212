package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.ReferenceBook.Cohort;
import io.delever.engine.stress.ReferenceBook.Mix;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReferenceBookTest {
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final long DAY = 86_400_000_000_000L;
    private static final Mix TENFOLD = new Mix(List.of(new Cohort(10, 1)), 0.005, DAY);

    @Test
    @Covers("STRS-050")
    void tenfoldLongsAreClosedNineAndAHalfPercentBelow() {
        ReferenceBook book = new ReferenceBook(TENFOLD, 100, 0);
        book.open(100, 1_000);
        assertThat(book.openNotional()).isCloseTo(1_000, CLOSE);
        assertThat(book.at(90.6).all()).isZero();
        assertThat(book.at(90.4).longs()).isCloseTo(500, CLOSE);
        assertThat(book.at(109.4).all()).isZero();
        assertThat(book.at(109.6).shorts()).isCloseTo(500, CLOSE);
        assertThat(book.openNotional()).isCloseTo(0, CLOSE);
    }

    @SeededTest
    @Covers("STRS-051")
    void whatIsClosedAndWhatIsLeftAddUp(long seed) {
        Random random = new Random(seed);
        ReferenceBook book = new ReferenceBook(Mix.published(), 100, 0);
        double price = 100;
        double opened = 0;
        double closed = 0;
        for (int i = 0; i < 300; i++) {
            price *= StrictMath.exp(0.02 * random.nextGaussian());
            double again = book.at(price).all();
            closed += again;
            assertThat(book.at(price).all()).isZero();
            double notional = random.nextInt(1_000);
            book.open(price, notional);
            opened += notional;
        }
        assertThat(closed).isPositive();
        assertThat(book.openNotional() + closed).isCloseTo(opened, within(1e-6 * opened));
    }

    @Test
    @Covers("STRS-052")
    void halfIsLeftAfterTheHalfLifeAndFuelIsWhatAPriceWouldClose() {
        ReferenceBook book = new ReferenceBook(TENFOLD, 100, 0);
        book.open(100, 1_000);
        book.elapse(DAY);
        assertThat(book.openNotional()).isCloseTo(500, CLOSE);
        assertThat(book.fuel(100, 95)).isZero();
        assertThat(book.fuel(100, 90)).isCloseTo(250, CLOSE);
        assertThat(book.fuel(100, 111)).isCloseTo(250, CLOSE);
        book.elapse(500 * DAY);
        book.open(100, 10);
        assertThat(book.openNotional()).isCloseTo(10, CLOSE);
        assertThat(book.at(80).longs()).isCloseTo(5, CLOSE);
    }

    @Test
    @Covers("STRS-053")
    void aMixThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Mix(List.of(new Cohort(10, 0.9)), 0.005, DAY))
                .hasMessageContaining("0.9, not 1");
        assertThatThrownBy(() -> new Mix(List.of(new Cohort(200, 1)), 0.005, DAY))
                .hasMessageContaining("distance at leverage 200");
        assertThatThrownBy(() -> new Cohort(0.5, 1)).hasMessageContaining("limit 1");
        assertThat(Mix.published().cohorts()).hasSize(5);
    }
}
