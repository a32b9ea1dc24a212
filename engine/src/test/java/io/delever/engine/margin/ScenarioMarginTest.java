package io.delever.engine.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.margin.ScenarioMargin.Collateral;
import io.delever.engine.margin.ScenarioMargin.Group;
import io.delever.engine.margin.ScenarioMargin.Guard;
import io.delever.engine.margin.ScenarioMargin.Parameters;
import io.delever.engine.margin.ScenarioMargin.Perpetual;
import io.delever.engine.margin.ScenarioMargin.Result;
import io.delever.engine.margin.ScenarioMargin.Shock;
import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioMarginTest {
    private static final Parameters PARAMETERS =
            new Parameters(
                    List.of(full("1.1"), full("1"), full("0.9")),
                    List.of(new Shock(n("0.5"), n("0.3")), new Shock(n("2"), n("0.05"))),
                    n("0.8"),
                    n("1"),
                    n("0.015"),
                    n("0.005"),
                    new Guard(n("0.55"), n("1")),
                    new Guard(n("0.98"), n("2")));

    @Test
    @Covers("MARG-090")
    void theWorstMoveOfGridAndTailsCounts() {
        Result bought = evaluate(perpetual("2", "110"));
        assertThat(bought.worst()).as("tail: 220 x -0.5 x 0.3").isEqualTo(n("-33"));
        assertThat(bought.worstShock().move()).isEqualTo(n("-0.5"));
        assertThat(bought.tail()).contains(n("-33"));
        Result sold = evaluate(perpetual("-2", "110"));
        assertThat(sold.worst()).as("grid: -220 x 0.1").isEqualTo(n("-22"));
        assertThat(sold.tail()).contains(n("-11"));
        assertThat(ScenarioMargin.profit(n("-220"), full("0.9"))).isEqualTo(n("22"));
    }

    @Test
    @Covers("MARG-091")
    void marginsAreWhatIsLeftAfterLossAndContingency() {
        Result result = evaluate(perpetual("-2", "110"));
        assertThat(result.markToMarket()).isEqualTo(n("1000"));
        assertThat(result.maintenanceContingency()).isEqualTo(n("-3"));
        assertThat(result.initialContingency()).isEqualTo(n("-1"));
        assertThat(result.maintenanceMargin()).isEqualTo(n("979.4"));
        assertThat(result.initialMargin()).isEqualTo(n("974"));
    }

    @Test
    @Covers("MARG-092")
    void collateralThatMovesHedgesAndIsCutInBothMargins() {
        Group hedged =
                new Group(
                        Ratio.ZERO,
                        n("100"),
                        Ratio.ONE,
                        Ratio.ONE,
                        List.of(perpetual("-2", "100")),
                        List.of(collateral("200", "1", true)));
        Result result = ScenarioMargin.evaluate(hedged, PARAMETERS);
        assertThat(result.worst()).isEqualTo(Ratio.ZERO);
        assertThat(result.markToMarket()).isEqualTo(n("200"));
        assertThat(result.maintenanceMargin()).as("200 - 6 - 3").isEqualTo(n("191"));
        assertThat(result.initialMargin()).as("191 - 2 - 1").isEqualTo(n("188"));
        Group apart =
                new Group(
                        Ratio.ZERO,
                        n("100"),
                        Ratio.ONE,
                        Ratio.ONE,
                        List.of(perpetual("-2", "100")),
                        List.of(collateral("200", "1", false)));
        assertThat(ScenarioMargin.evaluate(apart, PARAMETERS).worst()).isEqualTo(n("-20"));
    }

    @Test
    @Covers("MARG-093")
    void aStablecoinBelowItsPegRaisesTheLossFactorOfInitialMarginOnly() {
        assertThat(ScenarioMargin.initialLossFactor(PARAMETERS, n("0.98"))).isEqualTo(Ratio.ONE);
        assertThat(ScenarioMargin.initialLossFactor(PARAMETERS, n("0.52"))).isEqualTo(n("1.92"));
        Group group =
                new Group(
                        n("1000"),
                        n("100"),
                        Ratio.ONE,
                        n("0.88"),
                        List.of(perpetual("-2", "110")),
                        List.of());
        Result result = ScenarioMargin.evaluate(group, PARAMETERS);
        assertThat(result.initialMargin()).as("1000 - 22 x 1.2 - 3 - 1").isEqualTo(n("969.6"));
        assertThat(result.maintenanceMargin()).isEqualTo(n("979.4"));
    }

    @Test
    @Covers("MARG-094")
    void doubtfulPricesCostInitialMarginInProportion() {
        Group group =
                new Group(
                        n("1000"),
                        n("100"),
                        n("0.5"),
                        Ratio.ONE,
                        List.of(new Perpetual(n("1"), n("100"), n("0.2"))),
                        List.of(collateral("200", "0.9", true), collateral("10", "0.4", false)));
        Result result = ScenarioMargin.evaluate(group, PARAMETERS);
        assertThat(result.oracleContingency())
                .as("0.8 x 100, 0.5 x 200 and 0.6 x 10")
                .isEqualTo(n("-186"));
        Group certain =
                new Group(
                        Ratio.ZERO,
                        n("100"),
                        n("0.55"),
                        Ratio.ONE,
                        List.of(),
                        List.of(collateral("200", "1", true)));
        assertThat(ScenarioMargin.evaluate(certain, PARAMETERS).oracleContingency())
                .as("at the threshold nothing")
                .isEqualTo(Ratio.ZERO);
    }

    @Test
    @Covers("MARG-095")
    void aMoveThatOnlyGainsNeverRaisesAMargin() {
        Parameters onlyUp =
                new Parameters(
                        List.of(full("1.1")),
                        List.of(),
                        n("0.8"),
                        n("1"),
                        Ratio.ZERO,
                        Ratio.ZERO,
                        PARAMETERS.confidence(),
                        PARAMETERS.peg());
        Group group =
                new Group(
                        n("1000"),
                        n("100"),
                        Ratio.ONE,
                        Ratio.ONE,
                        List.of(perpetual("1", "100")),
                        List.of());
        Result result = ScenarioMargin.evaluate(group, onlyUp);
        assertThat(result.maintenanceMargin()).isEqualTo(n("1000"));
        assertThat(result.tail()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Parameters(
                                        List.of(),
                                        List.of(),
                                        n("1"),
                                        n("1"),
                                        n("1"),
                                        n("1"),
                                        PARAMETERS.confidence(),
                                        PARAMETERS.peg()))
                .withMessageContaining("at least one move");
    }

    @Test
    @Covers("MARG-085")
    void spreadsCountAgainstTheHolder() {
        assertThat(CollateralWeights.bid(n("0.99"), n("0.01"))).isEqualTo(n("0.9801"));
        assertThat(CollateralWeights.ask(n("0.99"), n("0.005"))).isEqualTo(n("0.99495"));
    }

    @Test
    @Covers("MARG-086")
    void theWeightOfAnAssetFallsWithWhatTheVenueHolds() {
        assertThat(CollateralWeights.bySizeOfAll(n("0.9"), n("500"), n("500"))).isEqualTo(n("0.9"));
        assertThat(CollateralWeights.bySizeOfAll(n("0.9"), n("1500"), n("500")))
                .isEqualTo(n("0.3"));
        assertThat(CollateralWeights.bySizeOfAll(n("0.9"), n("0"), n("500"))).isEqualTo(n("0.9"));
    }

    @Test
    @Covers("MARG-087")
    void largeBalancesCountForLessAndLargeDebtsForMore() {
        assertThat(CollateralWeights.asset(n("0.9"), n("10000"), n("0.01"))).isEqualTo(n("0.55"));
        assertThat(CollateralWeights.asset(n("0.9"), n("1"), n("0.01"))).isEqualTo(n("0.9"));
        assertThat(CollateralWeights.asset(n("0.9"), n("10000"), Ratio.ZERO)).isEqualTo(n("0.9"));
        assertThat(CollateralWeights.liability(n("1.1"), n("10000"), n("0.01")))
                .isEqualTo(n("1.88"));
        assertThat(CollateralWeights.liability(n("1.1"), n("1"), n("0.01"))).isEqualTo(n("1.1"));
        assertThat(CollateralWeights.liability(n("1.1"), n("1"), Ratio.ZERO)).isEqualTo(n("1.1"));
    }

    @Test
    @Covers("MARG-088")
    void aFillIsTheMeanOfThePricesBeforeAndAfter() {
        assertThat(SkewPricing.fill(n("1200"), n("100"), n("0"), n("1000000")))
                .isEqualTo(n("1200.06"));
        assertThat(SkewPricing.fill(n("100"), n("-20"), n("10"), n("100"))).isEqualTo(n("100"));
        assertThat(SkewPricing.adjusted(n("100"), n("-10"), n("100"))).isEqualTo(n("90"));
    }

    @Test
    @Covers("MARG-089")
    void availableMarginIsNeverNegative() {
        Ratio loss = SkewPricing.profit(n("-1"), n("29850"), n("31000"));
        assertThat(loss).isEqualTo(n("-1150"));
        assertThat(SkewPricing.availableMargin(n("2000"), List.of(loss, n("50"))))
                .isEqualTo(n("900"));
        assertThat(SkewPricing.availableMargin(n("1000"), List.of(loss))).isEqualTo(Ratio.ZERO);
    }

    private static Result evaluate(Perpetual perpetual) {
        return ScenarioMargin.evaluate(
                new Group(n("1000"), n("100"), Ratio.ONE, Ratio.ONE, List.of(perpetual), List.of()),
                PARAMETERS);
    }

    private static Perpetual perpetual(String size, String price) {
        return new Perpetual(n(size), n(price), Ratio.ONE);
    }

    private static Collateral collateral(String value, String confidence, boolean moves) {
        return new Collateral(n(value), n(confidence), moves, n("0.03"), n("0.01"));
    }

    private static Shock full(String factor) {
        return Shock.full(n(factor));
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}
