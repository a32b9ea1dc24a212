package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.List;
import java.util.Optional;

/** Books one side of a trade (MARG-017, MARG-018). */
final class FillRule {
    private final AccountLedger ledger;

    FillRule(AccountLedger ledger) {
        this.ledger = ledger;
    }

    Optional<Refusal> decide(AccountCommand.Fill fill, List<AccountEvent> events) {
        Optional<AccountView> account = ledger.account(fill.account());
        if (account.isEmpty()) {
            return Optional.of(CommandRules.unknown(fill.account()));
        }
        Optional<Instrument> listed =
                Optional.ofNullable(ledger.instruments().get(fill.instrument()));
        if (listed.isEmpty()) {
            return Optional.of(unknown(fill.instrument()));
        }
        return checkMultiples(fill, listed.get())
                .or(() -> checkReduceOnly(fill, account.get()))
                .or(() -> checkRange(fill))
                .or(() -> book(fill, account.get(), listed.get(), events));
    }

    static Refusal unknown(InstrumentId instrument) {
        return new Refusal(
                RejectionReason.UNKNOWN_INSTRUMENT, "instrument " + instrument + " is not listed");
    }

    /** Whether a trade of {@code size} only reduces or closes the position. */
    static boolean reduces(Optional<Position> held, Quantity size) {
        return held.isPresent()
                && held.get().size().signum() == -size.signum()
                && size.abs().compareTo(held.get().size().abs()) <= 0;
    }

    static Refusal notReducing(InstrumentId instrument, Quantity size, Optional<Position> held) {
        return new Refusal(
                RejectionReason.NOT_REDUCING,
                "reduce-only size "
                        + size
                        + " of "
                        + instrument
                        + " does not reduce the position of "
                        + held.map(Position::size).orElse(Quantity.ZERO));
    }

    private static Optional<Refusal> checkMultiples(
            AccountCommand.Fill fill, Instrument instrument) {
        if (!fill.size().isMultipleOf(instrument.lotSize())) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.NOT_A_LOT_MULTIPLE,
                            "size "
                                    + fill.size()
                                    + " of "
                                    + instrument.id()
                                    + " is not a multiple of "
                                    + instrument.lotSize()));
        }
        // Auto-deleveraging closes at the bankruptcy price, which knows no tick.
        if (fill.caseId().isEmpty() && fill.price().e8() % instrument.tickSize().e8() != 0) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.NOT_A_TICK_MULTIPLE,
                            "price "
                                    + fill.price()
                                    + " of "
                                    + instrument.id()
                                    + " is not a multiple of "
                                    + instrument.tickSize()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> checkReduceOnly(
            AccountCommand.Fill fill, AccountView account) {
        Optional<Position> held = account.position(fill.instrument());
        return fill.reduceOnly() && !reduces(held, fill.size())
                ? Optional.of(notReducing(fill.instrument(), fill.size(), held))
                : Optional.empty();
    }

    private static Optional<Refusal> checkRange(AccountCommand.Fill fill) {
        if (!AdmittedRange.isAdmitted(fill.price())) {
            return AmountRule.tooLarge(
                    "price of " + fill.instrument(), fill.price().e8(), AdmittedRange.MAX_PRICE_E8);
        }
        if (!AdmittedRange.isValueWithin(
                fill.size().e8(), fill.price().e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8)) {
            return tooLargeTrade(fill.instrument(), "a fill", fill.size(), fill);
        }
        return AdmittedRange.isWithin(fill.fee().e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8)
                ? Optional.empty()
                : AmountRule.tooLarge(
                        "fee of a fill of " + fill.instrument(),
                        fill.fee().e8(),
                        AdmittedRange.MAX_TRADE_NOTIONAL_E8);
    }

    private Optional<Refusal> book(
            AccountCommand.Fill fill,
            AccountView account,
            Instrument instrument,
            List<AccountEvent> events) {
        Optional<Position> held = account.position(instrument.id());
        if (held.isEmpty()
                && account.positions().size() >= ledger.parameters().maxPositionsPerAccount()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.TOO_MANY_POSITIONS,
                            "account "
                                    + account.id()
                                    + " has "
                                    + account.positions().size()
                                    + " positions, the limit is "
                                    + ledger.parameters().maxPositionsPerAccount()));
        }
        Quantity before = held.map(Position::size).orElse(Quantity.ZERO);
        Quantity after = before.plus(fill.size());
        if (after.abs().compareTo(before.abs()) > 0
                && !AdmittedRange.isValueWithin(
                        after.e8(), fill.price().e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8)) {
            return tooLargeTrade(instrument.id(), "the position after the fill", after, fill);
        }
        PositionChange change = PositionChange.of(held, fill.size(), fill.price());
        return checkMoney(fill, instrument, held, change)
                .or(() -> record(fill, instrument, change, events));
    }

    private Optional<Refusal> checkMoney(
            AccountCommand.Fill fill,
            Instrument instrument,
            Optional<Position> held,
            PositionChange change) {
        long cost = held.map(Position::cost).orElse(Money.ZERO).plus(change.costDelta()).e8();
        if (!AdmittedRange.isWithin(cost, AdmittedRange.MAX_AMOUNT_E8)) {
            return AmountRule.tooLarge(
                    "cost of the position in " + instrument.id(),
                    cost,
                    AdmittedRange.MAX_AMOUNT_E8);
        }
        AccountId account = fill.account();
        Money cash = change.costDelta().minus(change.realizedPnl());
        if (!ledger.house().admitsSize(instrument.id(), fill.size().negate())) {
            return AmountRule.tooLarge(
                    "clearing size of " + instrument.id() + " after " + fill.size(),
                    ledger.house().clearingSize(instrument.id()).e8(),
                    AdmittedRange.MAX_HOUSE_TOTAL_E8);
        }
        Counterparty receiver = counterparty(fill.feeBeneficiary());
        Money balanceChange = change.realizedPnl().minus(fill.fee());
        return AmountRule.checkHouse(ledger, instrument.settlement(), cash, Counterparty.CLEARING)
                .or(
                        () ->
                                AmountRule.checkHouse(
                                        ledger, instrument.settlement(), fill.fee(), receiver))
                .or(
                        () ->
                                AmountRule.checkBalance(
                                        ledger, account, instrument.settlement(), balanceChange));
    }

    private static Optional<Refusal> record(
            AccountCommand.Fill fill,
            Instrument instrument,
            PositionChange change,
            List<AccountEvent> events) {
        events.add(
                new AccountEvent.PositionChanged(
                        fill.account(),
                        instrument.id(),
                        fill.size(),
                        fill.price(),
                        change.costDelta(),
                        change.realizedPnl(),
                        fill.tradeId(),
                        fill.caseId()));
        if (fill.fee().isPositive()) {
            events.add(
                    new AccountEvent.BalanceChanged(
                            fill.account(),
                            instrument.settlement(),
                            fill.fee().negate(),
                            counterparty(fill.feeBeneficiary()),
                            fill.caseId()));
        }
        return Optional.empty();
    }

    private static Counterparty counterparty(FeeBeneficiary beneficiary) {
        return switch (beneficiary) {
            case VENUE -> Counterparty.VENUE_FEES;
            case INSURANCE_FUND -> Counterparty.INSURANCE_FUND;
        };
    }

    private static Optional<Refusal> tooLargeTrade(
            InstrumentId instrument, String what, Quantity size, AccountCommand.Fill fill) {
        return Optional.of(
                new Refusal(
                        RejectionReason.AMOUNT_TOO_LARGE,
                        "value of "
                                + what
                                + " of "
                                + instrument
                                + " is "
                                + size.abs()
                                + " x "
                                + fill.price()
                                + ", the limit is 1000000000"));
    }
}
