package io.delever.engine.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.margin.InverseContract.Holding;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InverseContractTest {
    private static final Holding LONG = new Holding(true, n("1000"), n("8000"));
    private static final Holding SHORT = new Holding(false, n("1000"), n("8000"));

    @Test
    @Covers("MARG-070")
    void initialMarginIsInTheBaseCurrency() {
        assertThat(InverseContract.initialMargin(n("12000"), n("8000"), n("50")))
                .isEqualTo(n("0.03"));
    }

    @Test
    @Covers("MARG-071")
    void theLiquidationPriceLeavesTheMaintenanceRateOfTheValueThere() {
        assertThat(InverseContract.liquidationPrice(LONG, n("0.01"), n("0.01")))
                .contains(n("1010").dividedBy(n("0.135")));
        assertThat(InverseContract.liquidationPrice(SHORT, n("0.025"), n("0.01")))
                .contains(n("9900"));
        assertThat(InverseContract.liquidationPrice(SHORT, n("0.125"), n("0.01")))
                .as("margined in full")
                .isEmpty();
    }

    @Test
    @Covers("MARG-071")
    void equityThereIsExactlyTheRequirement() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            Holding holding =
                    new Holding(
                            random.nextBoolean(),
                            Ratio.of(random.nextLong(1, 1_000_000)),
                            Ratio.of(random.nextLong(100, 1_000_000), 100));
            Ratio margin = holding.entryValue().times(Ratio.of(random.nextLong(1, 100), 100));
            Ratio rate = Ratio.of(random.nextLong(0, 90), 1_000);
            Optional<Ratio> price = InverseContract.liquidationPrice(holding, margin, rate);
            price.ifPresent(
                    p ->
                            assertThat(equity(holding, margin, p))
                                    .isEqualTo(holding.contracts().dividedBy(p).times(rate)));
            assertThat(price).isPresent();
        }
    }

    @Test
    @Covers("MARG-072")
    void maintenanceMayBeFixedAtEntryValue() {
        Holding shorted = new Holding(false, n("110000"), n("110000"));
        Ratio half = n("0.5");
        Ratio price =
                InverseContract.liquidationPriceFixedAtEntry(shorted, half, n("0.1")).orElseThrow();
        assertThat(price).isEqualTo(n("110000").dividedBy(n("0.6")));
        assertThat(equity(shorted, half, price)).isEqualTo(n("0.1"));
        Holding bought = new Holding(true, n("100"), n("100"));
        assertThat(InverseContract.liquidationPriceFixedAtEntry(bought, n("0.25"), n("0.05")))
                .contains(n("100").dividedBy(n("1.2")));
    }

    @Test
    @Covers("MARG-073")
    void theBankruptcyPriceUsesUpTheMarginAndTheFee() {
        assertThat(InverseContract.bankruptcyPrice(LONG, n("0.01"), Ratio.ZERO))
                .contains(n("1000").dividedBy(n("0.135")));
        Ratio withFee = InverseContract.bankruptcyPrice(LONG, n("0.01"), n("0.001")).orElseThrow();
        assertThat(equity(LONG, n("0.01"), withFee)).isEqualTo(n("1").dividedBy(withFee));
        assertThat(InverseContract.bankruptcyPrice(SHORT, n("0.125"), Ratio.ZERO)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Holding(true, Ratio.ZERO, n("1")))
                .withMessageContaining("contracts 0");
    }

    @Test
    @Covers("MARG-074")
    void initialMarginRisesWithOpenInterestAndStopsAtTheWhole() {
        OpenInterestScaling scaling = new OpenInterestScaling(n("100"), n("200"));
        Rate base = Rate.parse("0.2");
        assertThat(scaling.effective(base, n("0"))).isEqualTo(base);
        assertThat(scaling.effective(base, n("100"))).isEqualTo(base);
        assertThat(scaling.effective(base, n("150"))).isEqualTo(Rate.parse("0.6"));
        assertThat(scaling.effective(base, n("149.9999"))).isEqualTo(Rate.parse("0.599999"));
        assertThat(scaling.effective(base, n("201"))).isEqualTo(Rate.ONE);
        assertThat(new OpenInterestScaling(Ratio.ZERO, Ratio.ZERO).effective(base, n("9")))
                .isEqualTo(base);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenInterestScaling(n("2"), n("2")))
                .withMessageContaining("lower cap 2");
    }

    private static Ratio equity(Holding holding, Ratio margin, Ratio price) {
        Ratio gain = holding.entryValue().minus(holding.contracts().dividedBy(price));
        return margin.plus(holding.isLong() ? gain : gain.negate());
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
