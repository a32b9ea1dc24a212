package io.delever.engine.liquidation;

import static io.delever.engine.liquidation.Scene.BTC;
import static io.delever.engine.liquidation.Scene.ETH;
import static io.delever.engine.liquidation.Scene.MILLI;
import static io.delever.engine.liquidation.Scene.USDC;
import static io.delever.engine.liquidation.Scene.longAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseEngineTest {
    private static final LiquidationParameters NARROW =
            Scene.parameters("1.25", "0.001", "1", "1000000", "0");

    private static MarketDepth goodBook() {
        return Scene.bids(BTC, "58790x10");
    }

    /** A case whose order of 0.295 waits for the venue. */
    private static CaseRun ordered() {
        CaseRun run = CaseRun.open(NARROW, longAt("58800"));
        run.observe(longAt("58800"), goodBook());
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        // Equity is 2600 - (60000 - mark), maintenance margin 2.5 % of the mark price.
        "61000,        HEALTHY,      false",
        "59100,        MARGIN_CALL,  false",
        "58871.79487180, MARGIN_CALL, false",
        "58871.79487179, LIQUIDATABLE, true",
        "57400,        LIQUIDATABLE, true",
        "57399.99999999, BANKRUPT,   true"
    })
    @Covers("LIQD-001")
    void aCaseOpensForLiquidatableAndBankruptAccountsOnly(
            String mark, String state, boolean opens) {
        AccountObservation seen = longAt(mark).now();
        assertThat(seen.margin().state()).hasToString(state);
        CaseDecision decision = new CaseEngine(NARROW).open(Scene.CASE, seen);
        assertThat(decision.events()).hasSize(opens ? 1 : 0);
        assertThat(decision.action().isPresent()).isEqualTo(opens);
    }

    @Test
    @Covers("LIQD-001")
    void noCaseOpensOnAStalePrice() {
        CaseDecision decision =
                new CaseEngine(NARROW).open(Scene.CASE, longAt("50000").stale(BTC, "50000").now());
        assertThat(decision.events()).isEmpty();
        assertThat(decision.action()).isEmpty();
    }

    @Test
    @Covers("LIQD-002")
    void accountsThatDifferInTheirIdOnlyGetTheSameSteps() {
        OrderPlan expected = ordered().order().plan();
        for (String id : List.of("house", "market-maker-1", "insurance", "alameda", "0", "zzz")) {
            CaseRun run = CaseRun.open(NARROW, longAt("58800").account(id));
            run.observe(longAt("58800").account(id), goodBook());
            assertThat(run.order().plan()).isEqualTo(expected);
        }
    }

    @Test
    @Covers({"LIQD-003", "LIQD-004"})
    void aStalePriceFreezesTheCaseAndAUsableOneLetsItGoOn() {
        CaseRun run = CaseRun.open(NARROW, longAt("58800"));
        run.observe(longAt("58800").stale(BTC, "58800"));
        assertThat(run.now.state()).isEqualTo(CaseState.FROZEN);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.PRICE);
        int logged = run.log.size();
        for (int i = 0; i < 5; i++) {
            run.observe(longAt("58800").stale(BTC, "58800"));
            assertThat(run.waiting().reason()).isEqualTo(WaitReason.PRICE);
        }
        assertThat(run.log).hasSize(logged);
        run.observe(longAt("58800"));
        assertThat(run.now.state()).isEqualTo(CaseState.REDUCING);
        run.observe(longAt("58800"), goodBook());
        assertThat(run.now.steps()).hasSize(1);
    }

    @Test
    @Covers({"LIQD-003", "LIQD-061"})
    void aDebtIsNotDrawnOnAStalePriceOfCollateral() {
        Scene scene = longAt("57000").fund("1000");
        CaseRun run = CaseRun.open(NARROW, scene);
        run.observe(scene.stale(BTC, "57000"));
        assertThat(run.now.state()).isEqualTo(CaseState.FROZEN);
        assertThat(run.now.steps()).isEmpty();
    }

    @Test
    @Covers("LIQD-005")
    void aTopUpBetweenTwoStepsEndsTheCase() {
        CaseRun run = CaseRun.open(NARROW, longAt("58800"));
        run.observe(longAt("58800").collateral("2670"));
        assertThat(run.now.outcome()).contains(CaseOutcome.RECOVERED);
        assertThat(run.action).isEmpty();
        CaseRun still = CaseRun.open(NARROW, longAt("58800"));
        still.observe(longAt("58800").collateral("2669.99999999"), goodBook());
        assertThat(still.now.isClosed()).isFalse();
    }

    @Test
    @Covers("LIQD-006")
    void anAccountThatIsFlatAndOwesNothingIsClosedOut() {
        CaseRun run = CaseRun.open(NARROW, longAt("58800"));
        run.observe(new Scene().collateral("0"));
        assertThat(run.now.outcome()).contains(CaseOutcome.CLOSED_OUT);
    }

    @Test
    @Covers({"LIQD-007", "LIQD-032"})
    void whatIsNotAskedForIsRefused() {
        CaseRun run = ordered();
        LiquidationCase before = run.now;
        assertThatThrownBy(() -> run.observe(longAt("58800")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "case C1 (REDUCING) does not wait for AccountObserved but for SubmitOrder");
        assertThatThrownBy(run::acknowledge).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run.fund("1")).isInstanceOf(IllegalStateException.class);
        assertThat(run.now).isSameAs(before);
        CaseRun other = CaseRun.open(NARROW, longAt("58800"));
        assertThatThrownBy(() -> other.observe(longAt("58800").account("bob")))
                .hasMessage("case C1 is of alice, observed bob");
    }

    @Test
    @Covers({"LIQD-025", "LIQD-030", "LIQD-032"})
    void fillsAreBookedOneByOneWithTheirFeesAndIdsBeforeTheNextStep() {
        CaseRun run = ordered();
        assertThat(run.action)
                .contains(
                        new CaseAction.SubmitOrder(
                                "C1-1",
                                Scene.ALICE,
                                BTC,
                                Quantity.parse("-0.295"),
                                Price.parse("58741.5")));
        run.resolve(
                OrderStatus.FILLED,
                CaseRun.fill("f1", "0.2", "58790"),
                CaseRun.fill("f2", "0.095", "58741.5"));
        assertThat(run.action)
                .contains(
                        new CaseAction.BookFill(
                                "C1:f1",
                                Scene.ALICE,
                                BTC,
                                Quantity.parse("-0.2"),
                                Price.parse("58790"),
                                Money.parse("58.79"),
                                false,
                                "f1",
                                Scene.CASE));
        run.acknowledge();
        assertThat(run.pending(CaseAction.BookFill.class).commandId()).isEqualTo("C1:f2");
        assertThat(run.pending(CaseAction.BookFill.class).fee())
                .isEqualTo(Money.parse("27.9022125"));
        run.acknowledge();
        assertThat(run.now.currentStep()).isEmpty();
        assertThat(run.now.totals().closedNotional()).isEqualTo(Money.parse("17338.4425"));
        assertThat(run.now.totals().fee()).isEqualTo(Money.parse("86.6922125"));
    }

    @ParameterizedTest
    @CsvSource({
        // 0.5 % of the notional, but no more than what is left above the bankruptcy price 57400.
        "0.001, 58800,          0.294",
        "0.1,   57687,          28.7",
        "0.1,   57500.00000001, 10",
        "0.1,   57400,          0",
        "0.1,   57300,          0"
    })
    @Covers("LIQD-025")
    void theFeeStopsAtWhatIsLeftAboveTheBankruptcyPrice(String size, String price, String fee) {
        CaseRun run = ordered();
        run.resolve(OrderStatus.EXPIRED, CaseRun.fill("f1", size, price));
        assertThat(run.pending(CaseAction.BookFill.class).fee()).isEqualTo(Money.parse(fee));
    }

    @Test
    @Covers("LIQD-025")
    void theFeeRoundsUpAndItsBoundRoundsDown() {
        OrderPlan sell =
                new OrderPlan(
                        BTC,
                        USDC,
                        Quantity.parse("-1"),
                        Price.parse("100"),
                        Price.parse("101"),
                        Optional.of(Price.parse("99.5")),
                        io.delever.engine.money.Rate.parse("0.005"),
                        Money.ZERO);
        assertThat(sell.feeOf(Quantity.parse("0.00000001"), Price.parse("150")))
                .isEqualTo(Money.parse("0.00000001"));
        assertThat(sell.feeOf(Quantity.parse("0.00000001"), Price.parse("99.9")))
                .isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("LIQD-033")
    void aFillReportedTwiceIsBookedOnce() {
        CaseRun run = ordered();
        OrderFill fill = CaseRun.fill("f1", "0.1", "58790");
        run.resolve(OrderStatus.EXPIRED, fill, fill);
        run.acknowledge();
        assertThat(run.now.currentStep()).isEmpty();
        assertThat(run.order().fills()).hasSize(1);
    }

    @Test
    @Covers("LIQD-034")
    void aRefusedFillEarnsNothingAndTheCaseGoesOn() {
        CaseRun run = ordered();
        run.resolve(OrderStatus.EXPIRED, CaseRun.fill("f1", "0.1", "58790"));
        InsuranceFund fund = new InsuranceFund(Map.of());
        LiquidationCase before = run.now;
        List<CaseEvent> events = run.refuse("TOO_MANY_POSITIONS").events();
        assertThat(CaseFunding.apply(before, events, fund)).isEmpty();
        assertThat(run.now.totals().fee()).isEqualTo(Money.ZERO);
        assertThat(run.order().fills().getFirst().stage()).isEqualTo(CaseFill.Stage.REFUSED);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.PACE);
    }

    @Test
    @Covers({"LIQD-040", "LIQD-041"})
    void anOrderWithoutFillCountsAndAFillStartsTheCountAgain() {
        CaseRun run = ordered();
        run.resolve(OrderStatus.EXPIRED);
        assertThat(run.now.progress().attempts()).isEqualTo(1);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.UNFILLED);
        assertThat(run.waiting().notBeforeNanos())
                .isEqualTo(run.now.updatedAtNanos() + 200 * MILLI);
        run.observe(longAt("58800"), goodBook());
        run.resolve(OrderStatus.REJECTED);
        assertThat(run.now.progress().attempts()).isEqualTo(2);
        run.observe(longAt("58800"), goodBook());
        run.resolve(OrderStatus.EXPIRED, CaseRun.fill("f1", "0.001", "58790"));
        run.acknowledge();
        assertThat(run.now.progress().attempts()).isZero();
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.PACE);
        assertThat(run.waiting().notBeforeNanos())
                .isEqualTo(run.now.updatedAtNanos() + 100 * MILLI);
    }

    @Test
    @Covers({"LIQD-040", "LIQD-042", "LIQD-050"})
    void aSolventAccountInAnEmptyBookWaitsWithoutEndAndWithoutNoise() {
        CaseRun run = CaseRun.open(NARROW, longAt("58800"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            run.observe(longAt("58800"), Scene.bids(BTC));
            assertThat(run.now.progress().attempts()).isEqualTo(attempt);
            assertThat(run.waiting().reason()).isEqualTo(WaitReason.DEPTH);
        }
        int logged = run.log.size();
        for (int i = 0; i < 5; i++) {
            run.observe(longAt("58800"), Scene.bids(BTC));
            assertThat(run.waiting().reason()).isEqualTo(WaitReason.DEPTH);
        }
        assertThat(run.log).hasSize(logged);
        run.observe(longAt("58800"), goodBook());
        assertThat(run.now.steps()).hasSize(1);
    }

    @Test
    @Covers("LIQD-043")
    void aCaseThatUsedUpItsStepsWaitsForAHuman() {
        LiquidationParameters few =
                new LiquidationParameters(
                        NARROW.sizing(),
                        NARROW.slippageCollar(),
                        new LiquidationParameters.Pace(3, 2, 1, 1, 1, 1),
                        NARROW.margin());
        CaseRun run = CaseRun.open(few, longAt("58800"));
        run.observe(longAt("58800"), goodBook());
        run.resolve(OrderStatus.EXPIRED);
        run.observe(longAt("58800"), goodBook());
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.STEP_LIMIT);
        int logged = run.log.size();
        run.observe(longAt("58800"), goodBook());
        assertThat(run.log).hasSize(logged);
        assertThat(run.now.steps()).hasSize(1);
        run.observe(longAt("61000"));
        assertThat(run.now.outcome()).contains(CaseOutcome.RECOVERED);
    }

    @Test
    @Covers({"LIQD-023", "LIQD-024", "LIQD-031"})
    void theFundReservesBeforeTheOrderAndGetsTheUnusedPartBack() {
        InsuranceFund fund = new InsuranceFund(Map.of(USDC, Money.parse("50")));
        fund.decide(new FundCommand.Contribute("c", USDC, Money.parse("5000"), 1))
                .events()
                .forEach(fund::apply);
        Scene scene = longAt("57000").fund("4950");
        CaseRun run = CaseRun.open(NARROW, scene);
        run.observe(scene, Scene.bids(BTC, "56990x5"));
        CaseAction.ReserveFund asked = run.pending(CaseAction.ReserveFund.class);
        // Limit 57000 less 0.1 % on the tick: 56943; bankruptcy price 57400.
        assertThat(asked.amount()).isEqualTo(Money.parse("457"));
        step(run, fund, CaseFunding.answer(asked, fund, run.tick()));
        assertThat(fund.balance(USDC).reserved()).isEqualTo(Money.parse("457"));
        assertThat(run.pending(CaseAction.SubmitOrder.class).limit())
                .isEqualTo(Price.parse("56943"));
        step(
                run,
                fund,
                new CaseInput.OrderResolved(
                        OrderStatus.EXPIRED,
                        List.of(CaseRun.fill("f1", "0.5", "56990")),
                        "",
                        run.tick()));
        step(run, fund, CaseInput.CommandAnswered.acknowledged(run.tick()));
        assertThat(run.now.held(USDC)).isEqualTo(Money.parse("205"));
        assertThat(fund.balance(USDC).reserved()).isEqualTo(Money.parse("205"));
        // The rest is closed by ADL or by the owner; the account owes 205 and the fund pays it from
        // what it held.
        Scene flat = new Scene().collateral("-205").fund("4745");
        run.observe(flat);
        CaseAction.DrawFund draw = run.pending(CaseAction.DrawFund.class);
        assertThat(draw.deficit()).isEqualTo(Money.parse("205"));
        step(run, fund, CaseFunding.answer(draw, fund, run.tick()));
        assertThat(fund.balance(USDC).reserved()).isEqualTo(Money.ZERO);
        assertThat(fund.balance(USDC).paid()).isEqualTo(Money.parse("205"));
        assertThat(run.action)
                .contains(
                        new CaseAction.BookSettlement(
                                "C1-2:settle", Scene.ALICE, USDC, Money.parse("205"), Scene.CASE));
        run.acknowledge();
        run.observe(new Scene().collateral("0"));
        assertThat(run.now.outcome()).contains(CaseOutcome.COVERED_BY_FUND);
        assertThat(run.now.totals().fundPaid()).isEqualTo(Money.parse("205"));
        assertThat(fund.verify()).isEmpty();
    }

    private static void step(CaseRun run, InsuranceFund fund, CaseInput input) {
        LiquidationCase before = run.now;
        CaseFunding.apply(before, run.decide(input).events(), fund);
    }

    @Test
    @Covers({"LIQD-023", "LIQD-040"})
    void whereTheFundWasEmptiedMeanwhileTheOrderIsNeverSent() {
        Scene scene = longAt("57000").fund("4950");
        CaseRun run = CaseRun.open(NARROW, scene);
        run.observe(scene, Scene.bids(BTC, "56990x5"));
        run.fund("0");
        assertThat(run.order().stage()).isEqualTo(CaseStep.Order.Stage.ABANDONED);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.FUND_COVER);
        assertThat(run.now.progress().attempts()).isEqualTo(1);
        assertThat(run.now.held()).isEmpty();
    }

    @Test
    @Covers({"LIQD-024", "LIQD-005"})
    void whatIsHeldIsReleasedWhenTheAccountRecovers() {
        Scene scene = longAt("57000").fund("4950");
        CaseRun run = CaseRun.open(NARROW, scene);
        run.observe(scene, Scene.bids(BTC, "56990x5"));
        run.fund("457");
        run.resolve(OrderStatus.EXPIRED, CaseRun.fill("f1", "0.5", "56990"));
        run.acknowledge();
        CaseDecision end = run.observe(longAt("61000").position(BTC, "0.5", "60000"));
        assertThat(end.events())
                .hasSize(1)
                .first()
                .extracting(event -> ((CaseEvent.Closed) event).released())
                .isEqualTo(List.of(new CaseEvent.Held(USDC, Money.parse("205"))));
    }

    @Test
    @Covers({"LIQD-060", "LIQD-061"})
    void whatTheFundCannotPayStaysVisibleUntilItCan() {
        CaseRun run = CaseRun.open(NARROW, longAt("57000"));
        run.observe(new Scene().collateral("-400").fund("150"));
        run.fund("150");
        run.acknowledge();
        run.observe(new Scene().collateral("-250"));
        assertThat(run.now.state()).isEqualTo(CaseState.UNCOVERED);
        int logged = run.log.size();
        run.observe(new Scene().collateral("-250"));
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.FUND);
        assertThat(run.log).hasSize(logged);
        run.observe(new Scene().collateral("-250").fund("1000"));
        assertThat(run.now.state()).isEqualTo(CaseState.COVERING);
        assertThat(run.now.steps().getLast().explanation())
                .isEqualTo(
                        "No position is left and 250 is owed; the fund has 1000 above its floor and"
                                + " holds 0 for this case.");
        run.fund("250");
        run.acknowledge();
        run.observe(new Scene().collateral("0"));
        assertThat(run.now.outcome()).contains(CaseOutcome.COVERED_BY_FUND);
        assertThat(run.now.totals().fundPaid()).isEqualTo(Money.parse("400"));
    }

    @Test
    @Covers("LIQD-061")
    void aFundThatAnswersWithNothingLeavesTheCaseUncovered() {
        CaseRun run = CaseRun.open(NARROW, longAt("57000"));
        run.observe(new Scene().collateral("-400").fund("150"));
        run.fund("0");
        assertThat(run.now.state()).isEqualTo(CaseState.UNCOVERED);
        assertThat(run.now.currentStep()).isEmpty();
    }

    @Test
    @Covers("LIQD-060")
    void theFundNeverPaysMoreThanIsOwed() {
        CaseRun run = CaseRun.open(NARROW, longAt("57000"));
        run.observe(new Scene().collateral("-400").fund("1000"));
        assertThatThrownBy(() -> run.fund("400.00000001"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("case C1: drew 400.00000001 for a deficit of 400");
    }

    @Test
    @Covers("LIQD-062")
    void aRefusedSettlementWaitsForAHumanAndIsNotDrawnAgain() {
        CaseRun run = CaseRun.open(NARROW, longAt("57000"));
        Scene owing = new Scene().collateral("-400").fund("1000");
        run.observe(owing);
        run.fund("400");
        run.refuse("UNKNOWN_ACCOUNT");
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.REFUSED_SETTLEMENT);
        run.observe(owing);
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.REFUSED_SETTLEMENT);
        assertThat(run.now.steps()).hasSize(1);
        assertThat(run.now.totals().fundPaid()).isEqualTo(Money.ZERO);
    }

    @Test
    @Covers("LIQD-010")
    void theNextPositionFollowsWhenTheFirstIsGone() {
        Scene scene =
                new Scene()
                        .collateral("500")
                        .position(BTC, "1", "60000")
                        .position(ETH, "1", "3000")
                        .mark(BTC, "60000")
                        .mark(ETH, "2500");
        CaseRun run = CaseRun.open(Scene.parameters(), scene);
        run.observe(scene);
        assertThat(run.pending(CaseAction.ObserveDepth.class).instrument()).isEqualTo(BTC);
        scene.noPositions().position(ETH, "1", "3000").collateral("510");
        run.observe(scene);
        assertThat(run.pending(CaseAction.ObserveDepth.class).instrument()).isEqualTo(ETH);
    }
}
