package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskWeightTest {
    private static final FundDrawdownTrigger TRIGGER =
            new FundDrawdownTrigger(n("-0.3"), n("-0.25"));
    private static final Ratio PEAK = n("1000000");

    @Test
    @Covers("ADLQ-030")
    void deleveragingBeginsAtTheTriggerOrWithAnEmptyFundAndEndsWithinTheStop() {
        Ratio ratio = FundDrawdownTrigger.ratio(PEAK, n("350000"));
        assertThat(ratio).isEqualTo(n("-0.35"));
        assertThat(TRIGGER.begins(n("650000"), true, ratio)).isTrue();
        assertThat(TRIGGER.begins(n("650000"), false, ratio)).isFalse();
        assertThat(TRIGGER.begins(n("0"), false, ratio)).isTrue();
        assertThat(TRIGGER.begins(n("650000"), true, n("-0.3"))).isTrue();
        assertThat(TRIGGER.begins(n("650000"), true, n("-0.299"))).isFalse();
        assertThat(TRIGGER.ends(n("-0.26"))).isFalse();
        assertThat(TRIGGER.ends(n("-0.25"))).isFalse();
        assertThat(TRIGGER.ends(n("-0.249"))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FundDrawdownTrigger(n("-0.3"), n("-0.4")))
                .withMessageContaining("stop -2/5");
    }

    @Test
    @Covers("ADLQ-031")
    void winnersGiveWhatBringsTheFallBackToTheTrigger() {
        assertThat(TRIGGER.subsidy(PEAK, n("350000"))).isEqualTo(n("50000"));
        assertThat(TRIGGER.subsidy(PEAK, n("300000"))).isEqualTo(Ratio.ZERO);
        assertThat(TRIGGER.subsidy(PEAK, n("1"))).isEqualTo(Ratio.ZERO);
    }

    @Test
    @Covers("ADLQ-032")
    void leverageCountsAsTheWeightSays() {
        assertThat(new RiskWeight.ByEquity().of(n("10"), n("3"))).isEqualTo(n("10"));
        assertThat(new RiskWeight.ByPower(0).of(n("10"), n("3"))).isEqualTo(n("30"));
        assertThat(new RiskWeight.ByPower(2).of(n("10"), n("3"))).isEqualTo(n("270"));
        assertThat(new RiskWeight.ByExcess(n("1")).of(n("10"), n("3"))).isEqualTo(n("60"));
        assertThat(new RiskWeight.ByExcess(n("4")).of(n("10"), n("3"))).isEqualTo(Ratio.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RiskWeight.ByPower(11))
                .withMessageContaining("exponent: 11");
    }

    @Test
    @Covers("ADLQ-033")
    void sharesAddUpToTheWhole() {
        List<Ratio> equities = List.of(n("10"), n("5"), n("1"));
        List<Ratio> leverages = List.of(n("1"), n("2"), n("7"));
        assertThat(new RiskWeight.ByPower(0).shares(equities, leverages))
                .containsExactly(Ratio.of(10, 27), Ratio.of(10, 27), Ratio.of(7, 27));
        assertThat(
                        new RiskWeight.ByPower(3)
                                .shares(equities, leverages).stream()
                                        .reduce(Ratio.ZERO, Ratio::plus))
                .isEqualTo(Ratio.ONE);
        assertThat(new RiskWeight.ByExcess(n("8")).shares(equities, leverages))
                .containsOnly(Ratio.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RiskWeight.ByEquity().shares(equities, List.of()))
                .withMessageContaining("3 equities, but 0");
    }

    @Test
    @Covers("ADLQ-034")
    void theCostOfAWinnerIsSplitAtTheMarkOfItsTime() {
        WinnerCost cost = WinnerCost.of(n("-10"), n("4"), n("5"), n("6"));
        assertThat(cost).isEqualTo(new WinnerCost(n("-10"), n("-10")));
        assertThat(cost.total()).isEqualTo(n("-20"));
        assertThat(WinnerCost.of(n("10"), n("6"), n("6"), n("5")).total()).isEqualTo(n("-10"));
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
