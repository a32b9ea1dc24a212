package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.List;
import java.util.Optional;

/** Choosing a leverage or a margin mode (MARG-016). */
final class LeverageRule {
    private final AccountLedger ledger;

    LeverageRule(AccountLedger ledger) {
        this.ledger = ledger;
    }

    /** The greatest leverage that the first tier allows: 1 ÷ its initial margin, rounded down. */
    static Leverage greatest(Instrument instrument) {
        long initialPpm = instrument.tiers().tiers().getFirst().initialMargin().ppm();
        return new Leverage(
                FixedPoint.mulDiv(
                        FixedPoint.ONE_PPM, FixedPoint.ONE_PPM, initialPpm, Rounding.DOWN));
    }

    Optional<Refusal> decide(
            AccountCommand.LeverageChange change, MarketView market, List<AccountEvent> events) {
        Optional<AccountView> account = ledger.account(change.account());
        if (account.isEmpty()) {
            return Optional.of(CommandRules.unknown(change.account()));
        }
        Optional<Instrument> instrument =
                Optional.ofNullable(ledger.instruments().get(change.instrument()));
        if (instrument.isEmpty()) {
            return Optional.of(FillRule.unknown(change.instrument()));
        }
        Optional<Refusal> refusal =
                checkRange(change, instrument.get())
                        .or(() -> checkMargin(account.get(), change, market));
        if (refusal.isEmpty()) {
            events.add(
                    new AccountEvent.LeverageChosen(
                            change.account(), change.instrument(), change.leverage()));
        }
        return refusal;
    }

    Optional<Refusal> decide(AccountCommand.MarginModeChange change) {
        if (ledger.account(change.account()).isEmpty()) {
            return Optional.of(CommandRules.unknown(change.account()));
        }
        if (!ledger.instruments().containsKey(change.instrument())) {
            return Optional.of(FillRule.unknown(change.instrument()));
        }
        return switch (change.mode()) {
            case CROSS -> Optional.empty();
            case ISOLATED ->
                    Optional.of(
                            new Refusal(
                                    RejectionReason.MODE_NOT_SUPPORTED,
                                    "margin mode ISOLATED of account "
                                            + change.account()
                                            + " in "
                                            + change.instrument()
                                            + "; only CROSS is supported"));
        };
    }

    private static Optional<Refusal> checkRange(
            AccountCommand.LeverageChange change, Instrument instrument) {
        long ppm = change.leverage().ppm();
        long greatest = greatest(instrument).ppm();
        if (ppm >= FixedPoint.ONE_PPM && ppm <= greatest) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        RejectionReason.LEVERAGE_OUT_OF_RANGE,
                        "leverage in "
                                + instrument.id()
                                + " must be 1000000 to "
                                + greatest
                                + " ppm, is "
                                + ppm));
    }

    /**
     * With an open position the account must be priced and carry the initial margin that the choice
     * leads to.
     */
    private Optional<Refusal> checkMargin(
            AccountView account, AccountCommand.LeverageChange change, MarketView market) {
        if (account.position(change.instrument()).isEmpty()) {
            return Optional.empty();
        }
        MarginParameters parameters = ledger.parameters();
        AccountMargin now = MarginCalculator.evaluate(account, market, parameters);
        if (now.figures().isEmpty()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.PRICE_UNAVAILABLE,
                            "account "
                                    + account.id()
                                    + " needs a usable price of "
                                    + now.unpriced()));
        }
        AccountView after = AfterTrade.leverage(account, change.instrument(), change.leverage());
        return WithdrawalRule.checkInitialMargin(after, market, parameters);
    }
}
