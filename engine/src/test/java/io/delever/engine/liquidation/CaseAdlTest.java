package io.delever.engine.liquidation;

import static io.delever.engine.liquidation.Scene.BTC;
import static io.delever.engine.liquidation.Scene.MILLI;
import static io.delever.engine.liquidation.Scene.longAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;

/** When nobody takes the position at the venue (LIQD-050 to LIQD-054). */
class CaseAdlTest {
    private static final LiquidationParameters NARROW =
            Scene.parameters("1.25", "0.001", "1", "1000000", "0");
    private static final AdlAllocation BOB =
            new AdlAllocation(new AccountId("bob"), Quantity.parse("0.6"));
    private static final AdlAllocation CAROL =
            new AdlAllocation(new AccountId("carol"), Quantity.parse("0.4"));

    /**
     * Bankrupt at 57000 (equity -400, bankruptcy price 57400), the book empty, three attempts made.
     */
    private static CaseRun hopeless() {
        CaseRun run = CaseRun.open(NARROW, longAt("57000"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            run.observe(longAt("57000"), Scene.bids(BTC));
            assertThat(run.now.steps()).isEmpty();
        }
        run.observe(longAt("57000"), Scene.bids(BTC));
        return run;
    }

    @Test
    @Covers({"LIQD-030", "LIQD-050", "LIQD-051", "LIQD-052", "LIQD-070"})
    void aBankruptPositionThatNobodyTakesIsClosedAgainstWinnersAtItsBankruptcyPrice() {
        CaseRun run = hopeless();
        CaseAction.PlanAdl asked = run.pending(CaseAction.PlanAdl.class);
        assertThat(asked.terms())
                .isEqualTo(
                        new AdlTerms(
                                BTC,
                                Quantity.parse("-1"),
                                Price.parse("57400"),
                                Price.parse("57000")));
        run.adl(BOB, CAROL);
        assertThat(run.now.state()).isEqualTo(CaseState.DELEVERAGING);
        String[][] legs = {{"bob", "0.6"}, {"carol", "0.4"}};
        for (int leg = 0; leg < legs.length; leg++) {
            assertThat(run.action).contains(leg(leg, "counterparty", legs[leg][0], legs[leg][1]));
            run.acknowledge();
            assertThat(run.action).contains(leg(leg, "account", "alice", "-" + legs[leg][1]));
            run.acknowledge();
        }
        assertThat(run.now.totals().adlNotional()).isEqualTo(Money.parse("57400"));
        assertThat(run.now.steps().getFirst().explanation())
                .startsWith(
                        "Close -1 against 2 profitable accounts at 57400 after 3 attempts without a"
                                + " fill. BTC-PERP position 1");
        run.observe(new Scene().collateral("0"));
        assertThat(run.now.outcome()).contains(CaseOutcome.CLOSED_OUT);
    }

    private static CaseAction.BookFill leg(int leg, String side, String account, String size) {
        return new CaseAction.BookFill(
                "C1-1:" + leg + ":" + side,
                new AccountId(account),
                BTC,
                Quantity.parse(size),
                Price.parse("57400"),
                Money.ZERO,
                side.equals("counterparty"),
                "C1-1:" + leg,
                Scene.CASE);
    }

    @Test
    @Covers({"LIQD-052", "LIQD-053"})
    void aRefusedCounterpartyIsDroppedAndTheRestIsPlannedAgain() {
        CaseRun run = hopeless();
        run.adl(BOB, CAROL);
        run.refuse("NOT_REDUCING");
        assertThat(run.action).contains(leg(1, "counterparty", "carol", "0.4"));
        run.acknowledge();
        run.acknowledge();
        CaseStep.Adl step = (CaseStep.Adl) run.now.steps().getFirst();
        assertThat(step.legs())
                .extracting(AdlLeg::stage)
                .containsExactly(AdlLeg.Stage.REFUSED, AdlLeg.Stage.BOOKED);
        Scene rest = longAt("57000").position(BTC, "0.6", "60000").collateral("1560");
        run.observe(rest, Scene.bids(BTC));
        assertThat(run.pending(CaseAction.PlanAdl.class).terms().size())
                .isEqualTo(Quantity.parse("-0.6"));
    }

    @Test
    @Covers("LIQD-052")
    void aRefusalOfTheAccountsOwnSideAfterTheCounterpartysIsABrokenInvariant() {
        CaseRun run = hopeless();
        run.adl(BOB);
        run.acknowledge();
        assertThatThrownBy(() -> run.refuse("TOO_MANY_POSITIONS"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("own side was refused after the counterparty's");
    }

    @Test
    @Covers({"LIQD-041", "LIQD-054"})
    void adlPausesWhereNobodyIsLeftAndThePauseDoublesUpTo64Times() {
        CaseRun run = hopeless();
        long expected = 1_000 * MILLI;
        for (int pause = 0; pause < 9; pause++) {
            run.adl();
            assertThat(run.waiting().reason()).isEqualTo(WaitReason.COUNTERPARTIES);
            assertThat(run.waiting().notBeforeNanos() - run.now.updatedAtNanos())
                    .isEqualTo(expected);
            expected = Math.min(expected * 2, 64_000 * MILLI);
            for (int attempt = 1; attempt <= 3; attempt++) {
                run.observe(longAt("57000"), Scene.bids(BTC));
            }
            run.observe(longAt("57000"), Scene.bids(BTC));
        }
    }

    @Test
    @Covers("LIQD-054")
    void adlPausesAfterItsRoundsAndOrdersAreTriedAgain() {
        CaseRun run = hopeless();
        for (int round = 0; round < 2; round++) {
            run.adl(BOB);
            run.refuse("NOT_REDUCING");
            run.observe(longAt("57000"), Scene.bids(BTC));
        }
        assertThat(run.waiting().reason()).isEqualTo(WaitReason.COUNTERPARTIES);
        assertThat(run.now.progress().attempts()).isZero();
        run.observe(longAt("57000").fund("10000"), Scene.bids(BTC, "57000x1"));
        assertThat(run.order().plan().fundNeed().isPositive()).isTrue();
    }

    @Test
    @Covers("LIQD-050")
    void anAccountWhoseBankruptcyPriceLiesBeyondTheMarketGoesToAdlToo() {
        CaseRun run = CaseRun.open(Scene.parameters(), longAt("57500"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            run.observe(longAt("57500"), Scene.bids(BTC, "57399.5x1"));
        }
        run.observe(longAt("57500"), Scene.bids(BTC, "57400x0.001"));
        assertThat(run.now.steps()).hasSize(1);
        run.resolve(OrderStatus.EXPIRED);
        run.observe(longAt("57500"), Scene.bids(BTC, "57399.5x1"));
        assertThat(run.pending(CaseAction.PlanAdl.class).terms().price())
                .isEqualTo(Price.parse("57400"));
    }

    @Test
    @Covers("LIQD-051")
    void aBankruptShortWithoutAPositiveBankruptcyPriceIsClosedAtOneTick() {
        Scene scene =
                new Scene().collateral("-500000").position(BTC, "-1", "60000").mark(BTC, "200000");
        CaseRun run = CaseRun.open(NARROW, scene);
        for (int attempt = 1; attempt <= 4; attempt++) {
            run.observe(scene, Scene.asks(BTC));
        }
        assertThat(run.pending(CaseAction.PlanAdl.class).terms().price())
                .isEqualTo(Price.parse("0.5"));
    }

    @Test
    @Covers("LIQD-053")
    void anAnswerThatExceedsTheQuestionIsRefused() {
        CaseRun run = hopeless();
        AdlAllocation much = new AdlAllocation(new AccountId("bob"), Quantity.parse("1.001"));
        assertThatThrownBy(() -> run.adl(much)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> run.adl(BOB, BOB)).isInstanceOf(IllegalArgumentException.class);
        AdlAllocation self = new AdlAllocation(Scene.ALICE, Quantity.parse("0.1"));
        assertThatThrownBy(() -> run.adl(self)).isInstanceOf(IllegalArgumentException.class);
    }
}
