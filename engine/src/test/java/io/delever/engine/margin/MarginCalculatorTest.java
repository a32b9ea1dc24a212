package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.PARAMETERS;
import static io.delever.engine.margin.Fixtures.account;
import static io.delever.engine.margin.Fixtures.fresh;
import static io.delever.engine.margin.Fixtures.market;
import static io.delever.engine.margin.Fixtures.prices;
import static io.delever.engine.margin.Fixtures.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginCalculatorTest {
    /** 0.5 BTC at 60,000 and 1 long or short: maintenance margin at mark p is 0.05 × 0.5 × p. */
    @ParameterizedTest
    @Covers({"MARG-001", "MARG-002", "MARG-003"})
    @CsvSource({
        // size, collateral, mark -> state; long 0.5 from 60,000
        "0.5, 3000, 60000, HEALTHY",
        // maintenance 1,500: warned below 1,800
        "0.5, 1800, 60000, HEALTHY",
        "0.5, 1799.99999999, 60000, MARGIN_CALL",
        "0.5, 1500, 60000, MARGIN_CALL",
        "0.5, 1499.99999999, 60000, LIQUIDATABLE",
        "0.5, 0, 60000, LIQUIDATABLE",
        "0.5, -0.00000001, 60000, BANKRUPT",
        "-0.5, 1800, 60000, HEALTHY",
        "-0.5, 1799.99999999, 60000, MARGIN_CALL",
        "-0.5, 1500, 60000, MARGIN_CALL",
        "-0.5, 1499.99999999, 60000, LIQUIDATABLE",
        "-0.5, -0.00000001, 60000, BANKRUPT",
        "0.5, 1500, 57000, LIQUIDATABLE",
        "0.5, 1499.99999999, 57000, BANKRUPT",
        "-0.5, 1500, 63000, LIQUIDATABLE",
        "-0.5, 1499.99999999, 63000, BANKRUPT",
    })
    void theStateFollowsFromEquityAndMaintenanceMargin(
            String size, String collateral, String mark, RiskState state) {
        AccountView account =
                account().collateral(collateral).position(BTC_PERP, size, "60000").build();
        MarketView market = market(mark, "3000");
        assertThat(MarginCalculator.evaluate(account, market, PARAMETERS).state()).isEqualTo(state);
        assertThat(MarginCalculator.stateOf(account, market, PARAMETERS)).isEqualTo(state);
    }

    @Test
    @Covers("MARG-001")
    void aDebtWithoutPositionIsBankruptButNeverLiquidatable() {
        AccountView debtor = account().collateral("-100").build();
        assertThat(MarginCalculator.stateOf(debtor, market("1", "1"), PARAMETERS))
                .isEqualTo(RiskState.BANKRUPT);
        assertThat(MarginCalculator.isLiquidatable(Money.parse("-100"), Money.ZERO)).isFalse();
        assertThat(MarginCalculator.isLiquidatable(Money.parse("100"), Money.parse("100")))
                .isFalse();
        assertThat(MarginCalculator.isLiquidatable(Money.parse("99.99999999"), Money.parse("100")))
                .isTrue();
    }

    @Test
    @Covers({"MARG-004", "MARG-002"})
    void aPriceThatIsNotUsableGoesBeforeEverythingElse() {
        AccountView ruined =
                account()
                        .collateral("-1000000")
                        .collateral(BTC, "1")
                        .position(ETH_PERP, "1", "3000")
                        .position(BTC_PERP, "1", "60000")
                        .build();
        for (PriceState state :
                Arrays.asList(stale("60000"), (PriceState) new PriceState.Missing())) {
            AccountMargin margin =
                    MarginCalculator.evaluate(
                            ruined,
                            market(prices("60000", "3000").with(BTC_PERP, state)),
                            PARAMETERS);
            assertThat(margin.state()).isEqualTo(RiskState.PRICE_UNAVAILABLE);
            assertThat(margin.figures()).isEmpty();
            assertThat(margin.unpriced()).containsExactly(BTC_PERP);
        }
        AccountMargin none =
                MarginCalculator.evaluate(ruined, market(new Fixtures.Prices()), PARAMETERS);
        assertThat(none.unpriced()).containsExactly(BTC_PERP, ETH_PERP);
    }

    @Test
    @Covers("MARG-004")
    void degradedPricesAreUsedAndUnneededOnesAreNot() {
        Price price = Price.parse("3000");
        MarketView market =
                market(
                        new Fixtures.Prices()
                                .with(ETH_PERP, new PriceState.Degraded(price, price, 1)));
        AccountView account = account().collateral("1000").position(ETH_PERP, "1", "3000").build();
        assertThat(MarginCalculator.stateOf(account, market, PARAMETERS))
                .isEqualTo(RiskState.HEALTHY);
    }

    @Test
    @Covers({"MARG-006", "MARG-007", "MARG-008", "MARG-009"})
    void figuresOfACrossAccountWithTwoCollateralsAndTwoPositions() {
        AccountView account =
                account()
                        .collateral("1000")
                        .collateral(BTC, "0.5")
                        .position(BTC_PERP, "-3", "50000")
                        .position(ETH_PERP, "10", "2900")
                        .leverage(ETH_PERP, 10)
                        .build();
        MarginFigures figures =
                MarginCalculator.evaluate(account, market("60000", "3000"), PARAMETERS)
                        .figures()
                        .orElseThrow();
        // 1,000 + 30,000 - 30,000 + 1,000; the collateral counts 27,000 after the haircut
        assertThat(figures.equity()).hasToString("2000");
        assertThat(figures.adjustedEquity()).hasToString("-1000");
        assertThat(figures.unrealizedPnl()).hasToString("-29000");
        assertThat(figures.notional()).hasToString("210000");
        // BTC: 0.05 × 100,000 + 0.1 × 80,000; ETH: 0.02 × 30,000
        assertThat(figures.maintenanceMargin()).hasToString("13600");
        // BTC: 0.1 × 100,000 + 0.2 × 80,000; ETH: 30,000 / 10, which is more than 0.04 × 30,000
        assertThat(figures.initialMargin()).hasToString("29000");
        assertThat(figures.freeCollateral()).isEqualTo(Money.ZERO);
        assertThat(figures.equityRatioPpm()).isEqualTo(OptionalLong.of(-73_530));
        assertThat(figures.effectiveLeverage()).contains(Leverage.of(105));
        PositionMargin eth = figures.positions().get(1);
        assertThat(eth.position().instrument()).isEqualTo(ETH_PERP);
        assertThat(eth.maintenanceMargin()).hasToString("600");
        assertThat(eth.initialMargin()).hasToString("3000");
        assertThat(eth.unrealizedPnl()).hasToString("1000");
    }

    @Test
    @Covers("MARG-009")
    void aHigherChosenLeverageNeverAsksForLessThanTheTier() {
        Money notional = Money.parse("30000");
        assertThat(
                        MarginCalculator.initialMargin(
                                Fixtures.ETH_INSTRUMENT, notional, Optional.of(Leverage.of(25))))
                .hasToString("1200");
        assertThat(
                        MarginCalculator.initialMargin(
                                Fixtures.ETH_INSTRUMENT, notional, Optional.of(Leverage.of(7))))
                .hasToString("4285.71428572");
    }

    @Test
    @Covers("MARG-007")
    void aNegativeBalanceIsMarkedUp() {
        assertThat(HaircutRule.adjusted(Money.parse("-20000"), Rate.parse("0.025")))
                .hasToString("-20512.82051283");
        assertThat(HaircutRule.adjusted(Money.parse("1000"), Rate.parse("0.05")))
                .hasToString("950");
        assertThat(HaircutRule.adjusted(new Money(1), Rate.parse("0.5"))).isEqualTo(Money.ZERO);
        AccountView debtor = account().collateral("100000").collateral(BTC, "-1").build();
        MarginFigures figures =
                MarginCalculator.evaluate(debtor, market("90000", "1"), PARAMETERS)
                        .figures()
                        .orElseThrow();
        assertThat(figures.equity()).hasToString("10000");
        assertThat(figures.adjustedEquity()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers({"MARG-006", "MARG-008"})
    void fractionsAreAlwaysRoundedAgainstTheAccount() {
        AccountView account =
                account()
                        .collateral(BTC, "0.00000001")
                        .position(ETH_PERP, "0.00000001", "1")
                        .build();
        MarginFigures figures =
                MarginCalculator.evaluate(account, market("1.5", "1.5"), PARAMETERS)
                        .figures()
                        .orElseThrow();
        // cost 1 unit; 1.5 units are worth 1 as a long and as a balance, and 2 as notional
        assertThat(figures.unrealizedPnl()).isEqualTo(Money.ZERO);
        assertThat(figures.equity()).isEqualTo(new Money(1));
        assertThat(figures.adjustedEquity()).isEqualTo(Money.ZERO);
        assertThat(figures.notional()).isEqualTo(new Money(2));
        assertThat(figures.maintenanceMargin()).isEqualTo(new Money(1));
    }

    @Test
    @Covers("MARG-005")
    void anAccountBeyondTheRangeIsNotPricedAndNeverOverflows() {
        AccountSnapshot huge =
                account()
                        .collateral("40000000000")
                        .collateral(BTC, "40000000000")
                        .position(ETH_PERP, "-40000000000", "1")
                        .build();
        AccountMargin margin =
                MarginCalculator.evaluate(huge, market("1000000000", "1000000000"), PARAMETERS);
        assertThat(margin.state()).isEqualTo(RiskState.PRICE_UNAVAILABLE);
        assertThat(margin.unpriced()).containsExactly(BTC_PERP, ETH_PERP);
        // exactly at the limit: 20,000,000,000 as cost and as notional
        AccountSnapshot atLimit = account().position(ETH_PERP, "20000000000", "1").build();
        assertThat(MarginCalculator.stateOf(atLimit, market("1", "1"), PARAMETERS))
                .isEqualTo(RiskState.LIQUIDATABLE);
        assertThat(MarginCalculator.stateOf(atLimit, market("1", "1.00000001"), PARAMETERS))
                .isEqualTo(RiskState.PRICE_UNAVAILABLE);
        AccountSnapshot small = account().position(ETH_PERP, "0.00000001", "1").build();
        assertThat(MarginCalculator.stateOf(small, market("1", "1000000000"), PARAMETERS))
                .isEqualTo(RiskState.HEALTHY);
        assertThat(MarginCalculator.stateOf(small, market("1", "1000000000.00000001"), PARAMETERS))
                .isEqualTo(RiskState.PRICE_UNAVAILABLE);
    }

    @Test
    @Covers("MARG-005")
    void aBalanceOfTheUnitOfAccountBeyondTheRangeNamesNoInstrument() {
        AccountSnapshot rich = account().collateral("40000000000").collateral(BTC, "1").build();
        AccountMargin margin = MarginCalculator.evaluate(rich, market("90000", "1"), PARAMETERS);
        assertThat(margin.state()).isEqualTo(RiskState.PRICE_UNAVAILABLE);
        assertThat(margin.unpriced()).isEmpty();
    }

    @Test
    @Covers("MARG-005")
    void aMarkedUpDebtBeyondTheRangeIsNotPriced() {
        AccountSnapshot debtor = account().collateral(BTC, "-39000000000").build();
        assertThat(MarginCalculator.stateOf(debtor, market("1", "1"), PARAMETERS))
                .isEqualTo(RiskState.PRICE_UNAVAILABLE);
        AccountSnapshot inRange = account().collateral(BTC, "-36000000000").build();
        assertThat(MarginCalculator.stateOf(inRange, market("1", "1"), PARAMETERS))
                .isEqualTo(RiskState.BANKRUPT);
    }

    @Test
    @Covers("MARG-004")
    void somethingThatIsNotListedIsAMalformedQuestion() {
        AccountView stranger = account().collateral(ETH, "1").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarginCalculator.evaluate(stranger, market("1", "1"), PARAMETERS))
                .withMessage("asset ETH is not listed");
    }

    @Test
    @Covers({"MARG-010", "MARG-011"})
    void pricesOfALinearPosition() {
        AccountView account = account().collateral("200").position(ETH_PERP, "1", "1000").build();
        MarketView market = market(prices("1", "1000").with(ETH_PERP, fresh("1000")));
        // 200 + p - 1000 = 0.02 p
        assertThat(MarginCalculator.liquidationPrice(account, ETH_PERP, market, PARAMETERS))
                .contains(Price.parse("816.32653062"));
        assertThat(MarginCalculator.bankruptcyPrice(account, ETH_PERP, market, PARAMETERS))
                .contains(Price.parse("800"));
        AccountView seller = account().collateral("200").position(ETH_PERP, "-1", "1000").build();
        // 200 - p + 1000 = 0.02 p
        assertThat(MarginCalculator.liquidationPrice(seller, ETH_PERP, market, PARAMETERS))
                .contains(Price.parse("1176.47058823"));
        assertThat(MarginCalculator.bankruptcyPrice(seller, ETH_PERP, market, PARAMETERS))
                .contains(Price.parse("1200"));
    }
}
