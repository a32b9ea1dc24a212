package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.Money;
import java.util.List;
import java.util.Optional;

/** What each command does to a ledger, or why it is refused. Only reads. */
final class CommandRules {
    private final AccountLedger ledger;
    private final FillRule fills;
    private final ListingRule listings;
    private final LeverageRule leverages;

    CommandRules(AccountLedger ledger) {
        this.ledger = ledger;
        fills = new FillRule(ledger);
        listings = new ListingRule(ledger);
        leverages = new LeverageRule(ledger);
    }

    /**
     * Adds the events of an accepted command to {@code events}; after a refusal they mean nothing.
     */
    Optional<Refusal> decide(Command command, MarketView market, List<AccountEvent> events) {
        return switch (command.action()) {
            case AccountCommand.Deposit deposit -> deposit(deposit, events);
            case AccountCommand.Withdrawal withdrawal -> withdrawal(withdrawal, market, events);
            case AccountCommand.Transfer transfer ->
                    transfer(command.commandId(), transfer, market, events);
            case AccountCommand.TransferCredit credit -> credit(credit, events);
            case AccountCommand.TransferFinish finish -> finish(finish, events);
            case AccountCommand.Fill fill -> fills.decide(fill, events);
            case AccountCommand.LeverageChange change -> leverages.decide(change, market, events);
            case AccountCommand.MarginModeChange change -> leverages.decide(change);
            case AccountCommand.InsuranceSettlement settlement -> settle(settlement, events);
            case AccountCommand.InstrumentListing listing ->
                    listings.decide(listing.instrument(), events);
            case AccountCommand.AssetListing listing -> listings.decide(listing.asset(), events);
        };
    }

    static Refusal unknown(AccountId account) {
        return new Refusal(
                RejectionReason.UNKNOWN_ACCOUNT, "account " + account + " does not exist");
    }

    private Optional<Refusal> deposit(AccountCommand.Deposit deposit, List<AccountEvent> events) {
        Optional<Refusal> refusal =
                range(deposit.account(), deposit.asset(), deposit.amount(), Counterparty.EXTERNAL);
        if (refusal.isEmpty()) {
            receive(
                    deposit.account(),
                    deposit.asset(),
                    deposit.amount(),
                    Counterparty.EXTERNAL,
                    events);
        }
        return refusal;
    }

    private Optional<Refusal> credit(
            AccountCommand.TransferCredit credit, List<AccountEvent> events) {
        Optional<Refusal> refusal =
                range(credit.to(), credit.asset(), credit.amount(), Counterparty.CLEARING);
        if (refusal.isEmpty()) {
            receive(credit.to(), credit.asset(), credit.amount(), Counterparty.CLEARING, events);
        }
        return refusal;
    }

    private Optional<Refusal> withdrawal(
            AccountCommand.Withdrawal withdrawal, MarketView market, List<AccountEvent> events) {
        Optional<Refusal> refusal =
                outgoing(
                        withdrawal.account(),
                        withdrawal.asset(),
                        withdrawal.amount(),
                        Counterparty.EXTERNAL,
                        market);
        if (refusal.isEmpty()) {
            events.add(
                    new AccountEvent.BalanceChanged(
                            withdrawal.account(),
                            withdrawal.asset(),
                            withdrawal.amount().negate(),
                            Counterparty.EXTERNAL,
                            Optional.empty()));
        }
        return refusal;
    }

    private Optional<Refusal> transfer(
            String transferId,
            AccountCommand.Transfer transfer,
            MarketView market,
            List<AccountEvent> events) {
        if (transfer.from().equals(transfer.to())) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.SAME_ACCOUNT,
                            "transfer from account " + transfer.from() + " to itself"));
        }
        Optional<Refusal> refusal =
                outgoing(
                        transfer.from(),
                        transfer.asset(),
                        transfer.amount(),
                        Counterparty.CLEARING,
                        market);
        if (refusal.isEmpty()) {
            events.add(
                    new AccountEvent.BalanceChanged(
                            transfer.from(),
                            transfer.asset(),
                            transfer.amount().negate(),
                            Counterparty.CLEARING,
                            Optional.empty()));
            events.add(
                    new AccountEvent.TransferStarted(
                            transferId,
                            transfer.from(),
                            transfer.to(),
                            transfer.asset(),
                            transfer.amount()));
        }
        return refusal;
    }

    private Optional<Refusal> finish(
            AccountCommand.TransferFinish finish, List<AccountEvent> events) {
        Optional<PendingTransfer> pending = ledger.pendingTransfer(finish.transferId());
        if (pending.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.INVALID_PARAMETERS,
                            "transfer " + finish.transferId() + " is not pending"));
        }
        if (!finish.delivered()) {
            // The way back is never refused: the money was the sender's a moment ago.
            events.add(
                    new AccountEvent.BalanceChanged(
                            pending.get().from(),
                            pending.get().asset(),
                            pending.get().amount(),
                            Counterparty.CLEARING,
                            Optional.empty()));
        }
        events.add(new AccountEvent.TransferFinished(finish.transferId()));
        return Optional.empty();
    }

    private Optional<Refusal> settle(
            AccountCommand.InsuranceSettlement settlement, List<AccountEvent> events) {
        AccountId id = settlement.account();
        Optional<AccountView> account = ledger.account(id);
        if (account.isEmpty()) {
            return Optional.of(unknown(id));
        }
        Optional<Refusal> refusal =
                range(id, settlement.asset(), settlement.amount(), Counterparty.INSURANCE_FUND);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (settlement.amount().isNegative()) {
            Optional<Refusal> uncovered =
                    WithdrawalRule.checkBalance(
                            account.get(), settlement.asset(), settlement.amount().negate());
            if (uncovered.isPresent()) {
                return uncovered;
            }
        }
        events.add(
                new AccountEvent.BalanceChanged(
                        id,
                        settlement.asset(),
                        settlement.amount(),
                        Counterparty.INSURANCE_FUND,
                        settlement.caseId()));
        return Optional.empty();
    }

    private Optional<Refusal> outgoing(
            AccountId id,
            AssetId asset,
            Money amount,
            Counterparty counterparty,
            MarketView market) {
        Optional<AccountView> account = ledger.account(id);
        if (account.isEmpty()) {
            return Optional.of(unknown(id));
        }
        Optional<Refusal> refusal = range(id, asset, amount.negate(), counterparty);
        return refusal.isPresent()
                ? refusal
                : WithdrawalRule.check(account.get(), asset, amount, market, ledger.parameters());
    }

    private void receive(
            AccountId account,
            AssetId asset,
            Money amount,
            Counterparty counterparty,
            List<AccountEvent> events) {
        if (ledger.account(account).isEmpty()) {
            events.add(new AccountEvent.AccountOpened(account));
        }
        events.add(
                new AccountEvent.BalanceChanged(
                        account, asset, amount, counterparty, Optional.empty()));
    }

    /** The asset is listed, and balance and house account stay in their admitted ranges. */
    private Optional<Refusal> range(
            AccountId account, AssetId asset, Money change, Counterparty counterparty) {
        Optional<Asset> listed = Optional.ofNullable(ledger.assets().get(asset));
        if (listed.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.UNKNOWN_ASSET, "asset " + asset + " is not listed"));
        }
        return AmountRule.check(ledger, account, asset, change, counterparty);
    }
}
