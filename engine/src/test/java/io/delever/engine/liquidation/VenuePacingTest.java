package io.delever.engine.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.liquidation.LiabilityTransfer.Multipliers;
import io.delever.engine.liquidation.LiabilityTransfer.Weights;
import io.delever.engine.liquidation.VenuePacing.AccountTotals;
import io.delever.engine.liquidation.VenuePacing.DisposalTerms;
import io.delever.engine.liquidation.VenuePacing.FeeRamp;
import io.delever.engine.liquidation.VenuePacing.FillTerms;
import io.delever.engine.liquidation.VenuePacing.PartTerms;
import io.delever.engine.money.Money;
import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VenuePacingTest {
    private static final Multipliers NONE = new Multipliers(Ratio.ONE, Ratio.ONE);
    private static final Weights WEIGHTS = new Weights(n("0.8"), n("1.2"));

    @Test
    @Covers("LIQD-100")
    void theFillablePriceFallsWithTheEquity() {
        AccountTotals nearly = new AccountTotals(n("499"), n("500"));
        assertThat(fillable("0.1", nearly, "1")).isEqualTo(n("49999"));
        assertThat(fillable("0.1", nearly, "2")).isEqualTo(n("49998"));
        assertThat(fillable("-0.1", nearly, "1")).isEqualTo(n("50001"));
        assertThat(fillable("-0.1", new AccountTotals(n("-9"), n("500")), "1"))
                .as("never beyond the whole spread")
                .isEqualTo(n("50500"));
        assertThat(fillable("0.1", new AccountTotals(n("600"), n("500")), "1"))
                .isEqualTo(n("50000"));
    }

    @Test
    @Covers("LIQD-101")
    void aLargeShortageIsFreedOverTime() {
        PartTerms terms = new PartTerms(n("50"), n("0.1"), 100);
        assertThat(VenuePacing.greatestPart(n("49.99"), n("0"), 0, terms)).isEqualTo(Ratio.ONE);
        assertThat(VenuePacing.greatestPart(n("50"), n("0"), 0, terms)).isEqualTo(n("0.1"));
        assertThat(VenuePacing.greatestPart(n("50"), n("0"), 40, terms)).isEqualTo(n("0.5"));
        assertThat(VenuePacing.greatestPart(n("60"), n("40"), 40, terms))
                .as("50 of 100 may be free, 40 are")
                .isEqualTo(n("10").dividedBy(n("60")));
        assertThat(VenuePacing.greatestPart(n("60"), n("40"), 0, terms)).isEqualTo(Ratio.ZERO);
        assertThat(VenuePacing.greatestPart(n("60"), n("40"), 999, terms)).isEqualTo(Ratio.ONE);
    }

    @Test
    @Covers("LIQD-102")
    void theLiquidatorsFeeJumpsWhenTheGraceEnds() {
        FeeRamp ramp = new FeeRamp(1_500, n("0.000001"));
        assertThat(fee(1_499, ramp)).isEqualTo(n("0.02"));
        assertThat(fee(1_500, ramp)).isEqualTo(n("0.0215"));
        assertThat(fee(100_000, ramp)).isEqualTo(n("0.05"));
    }

    @Test
    @Covers("LIQD-103")
    void theFundGetsMostOfWhatIsLeft() {
        assertThat(VenuePacing.insuranceFee(n("0.05"), n("0.01"), n("0.02"), n("0.05")))
                .isEqualTo(n("0.019"));
        assertThat(VenuePacing.insuranceFee(n("0.05"), n("0.01"), n("1"), n("0.05")))
                .isEqualTo(Ratio.ZERO);
        assertThat(VenuePacing.insuranceFee(n("0.5"), n("0.01"), n("0.02"), n("0.05")))
                .isEqualTo(n("0.05"));
    }

    @Test
    @Covers("LIQD-104")
    void aPositionIsDisposedOfInSteps() {
        DisposalTerms terms = new DisposalTerms(n("0.5"), n("0.01"), 50);
        assertThat(VenuePacing.disposal(280, 10_000, terms)).containsExactly(100L, 90L, 45L, 45L);
        assertThat(VenuePacing.disposal(101, 10_000, terms)).containsExactly(51L, 50L);
        assertThat(VenuePacing.disposal(0, 10_000, terms)).isEmpty();
        assertThat(VenuePacing.disposal(10, 99, terms)).as("no lot fits").isEmpty();
        assertThat(VenuePacing.disposal(50, 2_000, terms)).containsExactly(20L, 20L, 10L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DisposalTerms(Ratio.ZERO, Ratio.ONE, 1))
                .withMessageContaining("share of the position: 0");
    }

    @Test
    @Covers("LIQD-110")
    void winnersShareWhatWasCollected() {
        assertThat(paid("1600", "1400", "700")).containsExactly(money("1066"), money("534"));
        assertThat(paid("2100", "1400", "700")).containsExactly(money("1400"), money("700"));
        assertThat(paid("0", "1400", "700")).containsExactly(money("0"), money("0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> paid("1", "-1"))
                .withMessageContaining("is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> paid("-1", "1"))
                .withMessageContaining("is -1");
    }

    @Test
    @Covers("LIQD-110")
    void nothingIsCreatedAndNobodyGetsMoreThanGained() {
        SplittableRandom random = new SplittableRandom(1906);
        for (int i = 0; i < 2_000; i++) {
            int n = random.nextInt(1, 9);
            List<Money> gains = random.longs(n, 0, 1_000).mapToObj(Money::new).toList();
            Money owed = gains.stream().reduce(Money.ZERO, Money::plus);
            Money collected = new Money(random.nextLong(0, owed.e8() + 1));
            List<Money> paid = SocialisedLoss.payouts(gains, collected, new Money(1));
            assertThat(paid.stream().reduce(Money.ZERO, Money::plus)).isEqualTo(collected);
            for (int k = 0; k + 1 < n; k++) {
                assertThat(paid.get(k)).isBetween(Money.ZERO, gains.get(k));
            }
            assertThat(paid.getLast()).isGreaterThanOrEqualTo(Money.ZERO);
        }
    }

    @Test
    @Covers("LIQD-111")
    void bothSidesOfAPerpetualPayALoss() {
        assertThat(SocialisedLoss.fundingDelta(n("100"), n("7"), n("-4"))).isEqualTo(n("9.09091"));
        assertThatThrownBy(() -> SocialisedLoss.fundingDelta(n("100"), n("0"), n("0")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Covers("LIQD-112")
    void depositsPayALoss() {
        assertThat(SocialisedLoss.depositDelta(n("11"), n("120"))).isEqualTo(n("0.0916666667"));
        assertThat(SocialisedLoss.depositDelta(n("11"), Ratio.ZERO)).isEqualTo(Ratio.ZERO);
    }

    @Test
    @Covers("LIQD-120")
    void aTransferFreesTheDifferenceOfTheWeights() {
        assertThat(LiabilityTransfer.toCover(n("10"), n("100"), WEIGHTS, NONE, Ratio.ZERO))
                .contains(n("0.25"));
        assertThat(
                        LiabilityTransfer.toCover(
                                n("10"),
                                n("100"),
                                WEIGHTS,
                                new Multipliers(n("1.1"), n("0.9")),
                                Ratio.ZERO))
                .contains(n("10").dividedBy(n("22.223")));
        assertThat(LiabilityTransfer.toCover(n("10"), n("100"), WEIGHTS, NONE, n("0.1")))
                .contains(n("10").dividedBy(n("28")));
        assertThat(
                        LiabilityTransfer.toCover(
                                n("10"),
                                n("100"),
                                WEIGHTS,
                                new Multipliers(n("1.5"), n("1")),
                                Ratio.ZERO))
                .as("frees nothing")
                .isEmpty();
    }

    @Test
    @Covers("LIQD-121")
    void collateralPaysForADebtLessTheBonus() {
        assertThat(LiabilityTransfer.impliedLiability(n("10"), NONE, n("100"))).isEqualTo(n("0.1"));
        assertThat(
                        LiabilityTransfer.impliedLiability(
                                n("11"), new Multipliers(n("1.1"), n("1")), n("100")))
                .isEqualTo(n("0.1"));
    }

    @Test
    @Covers("LIQD-122")
    void aDebtCostsItsValueAndTheBonus() {
        Multipliers multipliers = new Multipliers(n("1.01"), n("0.99"));
        Ratio asset = LiabilityTransfer.assetFor(n("1"), n("100"), n("2"), multipliers);
        assertThat(asset).isEqualTo(n("101").dividedBy(n("1.98")));
        assertThat(LiabilityTransfer.impliedLiability(asset.times(n("2")), multipliers, n("100")))
                .as("the way back")
                .isEqualTo(Ratio.ONE);
    }

    private static Ratio fillable(String size, AccountTotals account, String adjustment) {
        return VenuePacing.fillablePrice(
                n(size), n("50000"), n("500"), account, new FillTerms(n(adjustment), n("0.1")));
    }

    private static Ratio fee(long elapsed, FeeRamp ramp) {
        return VenuePacing.liquidatorFee(n("0.02"), n("0.05"), elapsed, ramp);
    }

    private static List<Money> paid(String collected, String... gains) {
        return SocialisedLoss.payouts(
                Stream.of(gains).map(Money::parse).toList(), money(collected), money("1"));
    }

    private static Money money(String amount) {
        return Money.parse(amount);
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
