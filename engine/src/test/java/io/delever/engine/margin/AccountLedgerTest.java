package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.USD;
import static io.delever.engine.margin.Fixtures.prices;
import static io.delever.engine.margin.Fixtures.stale;
import static io.delever.engine.margin.Ledgers.deposit;
import static io.delever.engine.margin.Ledgers.fill;
import static io.delever.engine.margin.Ledgers.leverage;
import static io.delever.engine.margin.Ledgers.settlement;
import static io.delever.engine.margin.Ledgers.transfer;
import static io.delever.engine.margin.Ledgers.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Position;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountLedgerTest {
    private final Ledgers at = new Ledgers();

    @Test
    @Covers("MARG-031")
    void aDepositOpensTheAccountOnce() {
        Decision first = at.accept(deposit("alice", "100"));
        assertThat(first.events()).hasSize(2);
        assertThat(first.events().getFirst())
                .isEqualTo(new AccountEvent.AccountOpened(new AccountId("alice")));
        Decision second = at.accept(deposit("alice", "0.00000001"));
        assertThat(second.events()).hasSize(1);
        assertThat(at.account("alice").balance(USD)).hasToString("100.00000001");
        assertThat(second.reply()).isEqualTo(new Reply.Accepted(6));
    }

    @Test
    @Covers("MARG-031")
    void unknownAccountsAndAssetsAreRefused() {
        Reply.Rejected unknown = at.reject(withdrawal("bob", "1"));
        assertThat(unknown.reason()).isEqualTo(RejectionReason.UNKNOWN_ACCOUNT);
        assertThat(unknown.detail()).isEqualTo("account bob does not exist");
        assertReason(transfer("bob", "alice", "1"), RejectionReason.UNKNOWN_ACCOUNT);
        assertReason(settlement("bob", "1"), RejectionReason.UNKNOWN_ACCOUNT);
        assertReason(leverage("bob", BTC_PERP, 2_000_000), RejectionReason.UNKNOWN_ACCOUNT);
        assertReason(fill("bob", BTC_PERP, "1", "60000"), RejectionReason.UNKNOWN_ACCOUNT);
        assertReason(deposit("alice", ETH, "1"), RejectionReason.UNKNOWN_ASSET);
        at.accept(deposit("alice", "1"));
        assertReason(withdrawal("alice", ETH, "1"), RejectionReason.UNKNOWN_ASSET);
        assertThatIllegalArgumentException().isThrownBy(() -> deposit("alice", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> withdrawal("alice", "-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> transfer("alice", "bob", "0"));
        assertThatIllegalArgumentException().isThrownBy(() -> settlement("alice", "0"));
    }

    @Test
    @Covers("MARG-015")
    void moneyWithoutRiskMayLeaveWhateverThePricesAre() {
        at.prices = new Fixtures.Prices();
        at.accept(deposit("alice", BTC, "2"));
        assertReason(withdrawal("alice", BTC, "2.1"), RejectionReason.INSUFFICIENT_BALANCE);
        at.accept(withdrawal("alice", BTC, "2"));
        assertThat(at.account("alice").balances()).isEmpty();
    }

    @Test
    @Covers("MARG-015")
    void aWithdrawalLeavesTheInitialMargin() {
        at.accept(deposit("alice", "5000"));
        at.accept(fill("alice", BTC_PERP, "0.5", "60000"));
        // initial margin 3,000
        Reply.Rejected refused = at.reject(withdrawal("alice", "2000.00000001"));
        assertThat(refused.reason()).isEqualTo(RejectionReason.INSUFFICIENT_MARGIN);
        assertThat(refused.detail())
                .isEqualTo(
                        "account alice would have adjusted equity 2999.99999999, initial margin"
                                + " is 3000");
        assertReason(transfer("alice", "bob", "2000.1"), RejectionReason.INSUFFICIENT_MARGIN);
        at.accept(withdrawal("alice", "2000"));
        at.prices = prices("66000", "3000");
        // 3,000 unrealized: equity 6,000, but the balance is only 3,000
        assertReason(withdrawal("alice", "3000.1"), RejectionReason.INSUFFICIENT_BALANCE);
    }

    @Test
    @Covers("MARG-015")
    void aWithdrawalLeavesATenthOfTheNotional() {
        at.accept(deposit("alice", "5000"));
        at.accept(fill("alice", ETH_PERP, "10", "3000"));
        // Initial margin is 4 % of 30,000; a tenth is 3,000.
        Reply.Rejected refused = at.reject(withdrawal("alice", "2000.00000001"));
        assertThat(refused.reason()).isEqualTo(RejectionReason.INSUFFICIENT_MARGIN);
        assertThat(refused.detail())
                .isEqualTo(
                        "account alice would have adjusted equity 2999.99999999, a tenth of its"
                                + " notional is 3000");
        assertReason(transfer("alice", "bob", "2000.1"), RejectionReason.INSUFFICIENT_MARGIN);
        at.accept(withdrawal("alice", "2000"));
    }

    @Test
    @Covers("MARG-015")
    void nothingLeavesWithoutPriceOrInLiquidation() {
        at.accept(deposit("alice", "5000"));
        at.accept(fill("alice", BTC_PERP, "0.5", "60000"));
        at.prices = prices("60000", "3000").with(BTC_PERP, stale("60000"));
        Reply.Rejected refused = at.reject(withdrawal("alice", "1"));
        assertThat(refused.reason()).isEqualTo(RejectionReason.PRICE_UNAVAILABLE);
        assertThat(refused.detail()).contains("alice").contains("BTC-PERP");
        at.prices = prices("52000", "3000");
        assertReason(withdrawal("alice", "1"), RejectionReason.ACCOUNT_IN_LIQUIDATION);
        at.prices = prices("40000", "3000");
        assertReason(transfer("alice", "bob", "1"), RejectionReason.ACCOUNT_IN_LIQUIDATION);
        at.accept(deposit("alice", "1"));
    }

    @Test
    @Covers("MARG-027")
    void aTransferTakesThreeLegs() {
        at.accept(deposit("alice", "100"));
        Ledgers other = new Ledgers();
        at.send("t1", transfer("alice", "bob", "40"));
        assertThat(at.account("alice").balance(USD)).hasToString("60");
        assertThat(at.ledger.conservation().assets().getLast().clearing()).hasToString("40");
        PendingTransfer pending = at.ledger.pendingTransfers().iterator().next();
        Command credit = pending.credit(7);
        assertThat(credit.commandId()).isEqualTo("t1:credit");
        Decision credited = other.ledger.decide(credit, other.prices);
        other.apply(credited);
        other.apply(other.ledger.decide(credit, other.prices));
        assertThat(other.account("bob").balance(USD)).hasToString("40");
        Command finish = pending.finish(credited.reply(), 8);
        assertThat(finish.commandId()).isEqualTo("t1:finish");
        at.apply(at.ledger.decide(finish, at.prices));
        at.apply(at.ledger.decide(finish, at.prices));
        assertThat(at.ledger.pendingTransfers()).isEmpty();
        assertThat(at.account("alice").balance(USD)).hasToString("60");
        assertThat(at.ledger.conservation().isConserved()).isTrue();
        assertThat(other.ledger.conservation().isConserved()).isTrue();
        // What waits in one clearing house is owed by the other.
        assertThat(other.ledger.conservation().assets().getLast().clearing()).hasToString("-40");
    }

    @Test
    @Covers("MARG-027")
    void aTransferThatCannotBeDeliveredGoesBack() {
        at.accept(deposit("alice", "100"));
        at.send("t1", transfer("alice", "bob", "40"));
        PendingTransfer pending = at.ledger.pendingTransfers().iterator().next();
        AccountLedger withoutListing = new AccountLedger(Fixtures.PARAMETERS);
        Reply refused = withoutListing.decide(pending.credit(7), at.prices).reply();
        at.apply(at.ledger.decide(pending.finish(refused, 8), at.prices));
        assertThat(at.account("alice").balance(USD)).hasToString("100");
        assertThat(at.ledger.conservation().assets().getLast().clearing()).isEqualTo(Money.ZERO);
        assertReason(transfer("alice", "alice", "1"), RejectionReason.SAME_ACCOUNT);
        Reply unknown = at.send("t9:finish", new AccountCommand.TransferFinish("t9", true)).reply();
        assertThat(unknown)
                .isInstanceOfSatisfying(
                        Reply.Rejected.class,
                        rejected ->
                                assertThat(rejected.detail())
                                        .isEqualTo("transfer t9 is not pending"));
    }

    @Test
    @Covers("MARG-027")
    void theIdsOfALegBelongToItAlone() {
        for (String id : List.of("t1:credit", "t1:finish")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Command(id, 1, deposit("bob", "40")))
                    .withMessageContaining(id);
        }
        AccountCommand leg = new AccountCommand.TransferFinish("t1", true);
        assertThatIllegalArgumentException().isThrownBy(() -> new Command("t1", 1, leg));
        assertThatIllegalArgumentException().isThrownBy(() -> new Command("t1:credit", 1, leg));
    }

    @Test
    @Covers("MARG-017")
    void bothSidesOfATradeMeetInClearing() {
        at.accept(deposit("alice", "5000"));
        at.accept(deposit("bob", "5000"));
        at.accept(
                new Ledgers.FillBuilder("alice", BTC_PERP, "0.5", "60000")
                        .fee("30", FeeBeneficiary.VENUE)
                        .build());
        Conservation half = at.ledger.conservation();
        assertThat(half.instruments().getFirst().clearing()).hasToString("-0.5");
        assertThat(half.assets().getLast().clearing()).hasToString("30000");
        assertThat(half.isConserved()).isTrue();
        at.accept(
                new Ledgers.FillBuilder("bob", BTC_PERP, "-0.5", "60000")
                        .fee("12", FeeBeneficiary.INSURANCE_FUND)
                        .ofCase("case-1")
                        .build());
        Conservation.OfInstrument whole = at.ledger.conservation().instruments().getFirst();
        assertThat(whole.clearing()).isEqualTo(Quantity.ZERO);
        assertThat(whole.openInterest()).hasToString("0.5");
        Conservation.OfAsset money = at.ledger.conservation().assets().getLast();
        assertThat(money.asset()).isEqualTo(USD);
        assertThat(money.clearing()).isEqualTo(Money.ZERO);
        assertThat(money.venueFees()).hasToString("30");
        assertThat(money.insurance()).hasToString("12");
        assertThat(money.netDeposits()).hasToString("10000");
        assertThat(money.accounts()).hasToString("9958");
        assertThat(at.account("alice").balance(USD)).hasToString("4970");
        assertThat(at.account("alice").position(BTC_PERP))
                .contains(new Position(BTC_PERP, Quantity.parse("0.5"), Money.parse("30000")));
    }

    @Test
    @Covers("MARG-017")
    void aFillIsAFactEvenWithoutMarginOrPrice() {
        at.accept(deposit("alice", "1"));
        at.prices = new Fixtures.Prices();
        at.accept(fill("alice", BTC_PERP, "10", "60000"));
        at.accept(fill("alice", BTC_PERP, "-10", "50000"));
        assertThat(at.account("alice").balance(USD)).hasToString("-99999");
    }

    @Test
    @Covers("MARG-018")
    void aFillThatDoesNotFitIsRefused() {
        at.accept(deposit("alice", "5000"));
        assertReason(
                fill("alice", new InstrumentId("X"), "1", "1"), RejectionReason.UNKNOWN_INSTRUMENT);
        assertReason(
                fill("alice", BTC_PERP, "0.0005", "60000"), RejectionReason.NOT_A_LOT_MULTIPLE);
        assertReason(
                fill("alice", BTC_PERP, "0.5", "60000.05"), RejectionReason.NOT_A_TICK_MULTIPLE);
        at.accept(
                new Ledgers.FillBuilder("alice", BTC_PERP, "0.5", "60000.05")
                        .ofCase("case-1")
                        .build());
        assertReason(reduceOnly("0.1"), RejectionReason.NOT_REDUCING);
        assertReason(reduceOnly("-0.501"), RejectionReason.NOT_REDUCING);
        at.accept(reduceOnly("-0.5"));
        Reply.Rejected refused = at.reject(reduceOnly("-0.5"));
        assertThat(refused.detail()).contains("-0.5").contains("position of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fill("alice", BTC_PERP, "0", "60000"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Ledgers.FillBuilder("alice", BTC_PERP, "1", "1")
                                        .fee("-1", FeeBeneficiary.VENUE)
                                        .build());
    }

    @Test
    @Covers("MARG-018")
    void theNumberOfPositionsIsBounded() {
        Ledgers one = new Ledgers(new MarginParameters(Fixtures.PARAMETERS.marginCallLevel(), 1));
        one.accept(deposit("alice", "5000"));
        one.accept(fill("alice", BTC_PERP, "1", "60000"));
        one.accept(fill("alice", BTC_PERP, "1", "60000"));
        Reply.Rejected refused = one.reject(fill("alice", ETH_PERP, "1", "3000"));
        assertThat(refused.reason()).isEqualTo(RejectionReason.TOO_MANY_POSITIONS);
        assertThat(refused.detail()).isEqualTo("account alice has 1 positions, the limit is 1");
    }

    @Test
    @Covers("MARG-016")
    void aLeverageIsChosenWithinTheFirstTier() {
        at.accept(deposit("alice", "3300"));
        assertReason(
                leverage("alice", BTC_PERP, 10_000_001), RejectionReason.LEVERAGE_OUT_OF_RANGE);
        assertReason(leverage("alice", BTC_PERP, 999_999), RejectionReason.LEVERAGE_OUT_OF_RANGE);
        assertReason(
                leverage("alice", new InstrumentId("X"), 1), RejectionReason.UNKNOWN_INSTRUMENT);
        at.accept(leverage("alice", BTC_PERP, 10_000_000));
        at.accept(leverage("alice", BTC_PERP, 1_000_000));
        at.accept(leverage("alice", BTC_PERP, 10_000_000));
        at.accept(fill("alice", BTC_PERP, "0.5", "60000"));
        assertReason(leverage("alice", BTC_PERP, 9_000_000), RejectionReason.INSUFFICIENT_MARGIN);
        at.accept(leverage("alice", BTC_PERP, 9_500_000));
        at.prices = new Fixtures.Prices();
        assertReason(leverage("alice", BTC_PERP, 10_000_000), RejectionReason.PRICE_UNAVAILABLE);
    }

    @Test
    @Covers("MARG-016")
    void onlyCrossMarginIsSupported() {
        AccountId alice = new AccountId("alice");
        AccountCommand isolated =
                new AccountCommand.MarginModeChange(alice, BTC_PERP, MarginMode.ISOLATED);
        assertReason(isolated, RejectionReason.UNKNOWN_ACCOUNT);
        at.accept(deposit("alice", "1"));
        assertReason(isolated, RejectionReason.MODE_NOT_SUPPORTED);
        assertReason(
                new AccountCommand.MarginModeChange(alice, new InstrumentId("X"), MarginMode.CROSS),
                RejectionReason.UNKNOWN_INSTRUMENT);
        Decision cross =
                at.accept(new AccountCommand.MarginModeChange(alice, BTC_PERP, MarginMode.CROSS));
        assertThat(cross.events()).isEmpty();
    }

    @Test
    @Covers("MARG-028")
    void aSettlementPaysOrTakesAtMostTheBalance() {
        at.accept(deposit("alice", "10"));
        at.accept(settlement("alice", "5"));
        assertThat(at.ledger.conservation().assets().getLast().insurance()).hasToString("-5");
        assertReason(settlement("alice", "-15.00000001"), RejectionReason.INSUFFICIENT_BALANCE);
        at.accept(settlement("alice", "-15"));
        assertThat(at.ledger.conservation().assets().getLast().insurance()).hasToString("10");
        assertThat(at.ledger.conservation().isConserved()).isTrue();
    }

    @Test
    @Covers("MARG-026")
    void aRepeatedCommandGetsItsFirstReplyAndChangesNothing() {
        Decision first = at.send("same", deposit("alice", "10"));
        Decision again = at.send("same", deposit("alice", "10"));
        Decision other = at.send("same", withdrawal("bob", "1"));
        assertThat(again.reply()).isEqualTo(first.reply());
        assertThat(again.repeated()).isTrue();
        assertThat(again.events()).isEmpty();
        assertThat(other.reply()).isEqualTo(first.reply());
        assertThat(at.account("alice").balance(USD)).hasToString("10");
        Decision refused = at.send("refused", withdrawal("alice", "11"));
        at.accept(deposit("alice", "10"));
        assertThat(at.send("refused", withdrawal("alice", "11")).reply())
                .isEqualTo(refused.reply());
        assertThat(at.ledger.firstReply("refused")).contains(refused.reply());
        assertThat(at.ledger.firstReply("never")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Command("a b", 1, deposit("alice", "1")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Command("x".repeat(141), 1, deposit("alice", "1")));
    }

    @Test
    @Covers("MARG-020")
    void decisionsAreAppliedInTheirOrderOnly() {
        Decision one = at.ledger.decide(new Command("a", 1, deposit("alice", "1")), at.prices);
        Decision two = at.ledger.decide(new Command("b", 1, deposit("alice", "1")), at.prices);
        at.ledger.apply(one);
        assertThatThrownBy(() -> at.ledger.apply(two))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("command b has place 5, the next one is 6");
        assertThatThrownBy(() -> at.ledger.apply(one)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Covers("MARG-019")
    void balancesAreAdmittedUpToTheirLimit() {
        at.accept(deposit("alice", BTC, "20000000000"));
        assertReason(deposit("bob", BTC, "0.00000001"), RejectionReason.AMOUNT_TOO_LARGE);
        assertReason(deposit("alice", "92233720368.54775807"), RejectionReason.AMOUNT_TOO_LARGE);
        at.accept(settlement("alice", "20000000000"));
        at.accept(deposit("alice", "20000000000"));
        Reply.Rejected refused = at.reject(deposit("alice", "0.00000001"));
        assertThat(refused.detail())
                .isEqualTo(
                        "balance of account alice in USD is 40000000000, the change is"
                                + " 0.00000001, the limit is 40000000000");
        at.accept(withdrawal("alice", "1"));
        assertThat(at.ledger.conservation().isConserved()).isTrue();
    }

    @Test
    @Covers("MARG-019")
    void tradesAreAdmittedUpToTheirLimit() {
        at.accept(deposit("alice", "1"));
        assertReason(
                fill("alice", BTC_PERP, "1", "1000000000.1"), RejectionReason.AMOUNT_TOO_LARGE);
        assertReason(
                fill("alice", BTC_PERP, "1.001", "1000000000"), RejectionReason.AMOUNT_TOO_LARGE);
        at.accept(fill("alice", BTC_PERP, "1", "1000000000"));
        assertReason(
                fill("alice", BTC_PERP, "0.001", "1000000000"), RejectionReason.AMOUNT_TOO_LARGE);
        assertReason(
                new Ledgers.FillBuilder("alice", BTC_PERP, "-1", "1")
                        .fee("1000000000.00000001", FeeBeneficiary.VENUE)
                        .build(),
                RejectionReason.AMOUNT_TOO_LARGE);
        // A reduction at any admitted price goes through.
        at.accept(fill("alice", BTC_PERP, "-1", "0.1"));
        assertThat(at.account("alice").balance(USD)).hasToString("-999999998.9");
        assertReason(
                fill("alice", BTC_PERP, "92233720368.547", "0.1"),
                RejectionReason.AMOUNT_TOO_LARGE);
        assertThat(at.ledger.conservation().isConserved()).isTrue();
    }

    @Test
    @Covers("MARG-019")
    void houseTotalsAreAdmittedUpToTheirLimit() {
        for (int i = 0; i < 20; i++) {
            at.accept(deposit("a" + i, "1"));
            at.accept(fill("a" + i, BTC_PERP, "1000", "1000000"));
        }
        at.accept(deposit("b", "1"));
        Reply.Rejected refused = at.reject(fill("b", BTC_PERP, "0.001", "1000000"));
        assertThat(refused.reason()).isEqualTo(RejectionReason.AMOUNT_TOO_LARGE);
        assertThat(refused.detail()).contains("CLEARING").contains("20000000000");
        at.accept(fill("b", BTC_PERP, "-1000", "1000000"));
        assertThat(at.ledger.conservation().isConserved()).isTrue();
    }

    @Test
    @Covers("MARG-021")
    void anEmptyLedgerIsConserved() {
        Conservation empty = new AccountLedger(Fixtures.PARAMETERS).conservation();
        assertThat(empty.isConserved()).isTrue();
        assertThat(empty.commandCount()).isZero();
        Conservation.OfInstrument broken =
                new Conservation.OfInstrument(
                        BTC_PERP,
                        Quantity.ZERO,
                        Quantity.ZERO,
                        new Quantity(1),
                        Quantity.ZERO,
                        0,
                        0);
        assertThat(new Conservation(empty.assets(), List.of(broken), 0, 0).isConserved()).isFalse();
    }

    @Test
    @Covers("MARG-062")
    void accountsAreCountedBySide() {
        at.accept(deposit("alice", "1"));
        at.accept(deposit("bob", "1"));
        at.accept(deposit("carol", "1"));
        at.accept(fill("alice", BTC_PERP, "0.5", "60000"));
        at.accept(fill("bob", BTC_PERP, "-0.2", "60000"));
        at.accept(fill("carol", BTC_PERP, "-0.3", "60000"));
        Conservation.OfInstrument counted = at.ledger.conservation().instruments().getFirst();
        assertThat(counted.longAccounts()).isEqualTo(1);
        assertThat(counted.shortAccounts()).isEqualTo(2);
        at.accept(fill("bob", BTC_PERP, "0.2", "60000"));
        Conservation.OfInstrument later = at.ledger.conservation().instruments().getFirst();
        assertThat(later.longAccounts()).isEqualTo(1);
        assertThat(later.shortAccounts()).isEqualTo(1);
    }

    @Test
    @Covers("MARG-017")
    void aPriceOfTheFillIsKeptInTheEvent() {
        at.accept(deposit("alice", "1"));
        Decision decision = at.accept(fill("alice", BTC_PERP, "0.5", "60000"));
        assertThat(decision.events())
                .containsExactly(
                        new AccountEvent.PositionChanged(
                                new AccountId("alice"),
                                BTC_PERP,
                                Quantity.parse("0.5"),
                                Price.parse("60000"),
                                Money.parse("30000"),
                                Money.ZERO,
                                "trade",
                                Optional.empty()));
        assertThat(decision.touchedAccounts()).containsExactly(new AccountId("alice"));
    }

    private AccountCommand reduceOnly(String size) {
        return new Ledgers.FillBuilder("alice", BTC_PERP, size, "60000").reduceOnly().build();
    }

    private void assertReason(AccountCommand action, RejectionReason reason) {
        assertThat(at.reject(action).reason()).isEqualTo(reason);
    }
}
