package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.Optional;

/**
 * What happened. Applying the events of a ledger in order gives its state, unit by unit (MARG-020).
 */
public sealed interface AccountEvent {
    /** The account whose figures it changes. */
    default Optional<AccountId> touches() {
        return switch (this) {
            case AccountOpened opened -> Optional.of(opened.account());
            case BalanceChanged changed -> Optional.of(changed.account());
            case PositionChanged changed -> Optional.of(changed.account());
            case LeverageChosen chosen -> Optional.of(chosen.account());
            case TransferStarted started -> Optional.empty();
            case TransferFinished finished -> Optional.empty();
            case InstrumentListed listed -> Optional.empty();
            case AssetListed listed -> Optional.empty();
        };
    }

    /** An account exists from now on. */
    record AccountOpened(AccountId account) implements AccountEvent {}

    /** The account's balance changes by {@code amount}, the counterparty's by the very opposite. */
    record BalanceChanged(
            AccountId account,
            AssetId asset,
            Money amount,
            Counterparty counterparty,
            Optional<String> caseId)
            implements AccountEvent {}

    /**
     * A fill took effect: size, cost and balance of the account change by {@code size}, {@code
     * costDelta} and {@code realizedPnl}; clearing takes the opposite of size and of {@code
     * realizedPnl − costDelta}.
     */
    record PositionChanged(
            AccountId account,
            InstrumentId instrument,
            Quantity size,
            Price price,
            Money costDelta,
            Money realizedPnl,
            String tradeId,
            Optional<String> caseId)
            implements AccountEvent {}

    /** Initial margin of the instrument is computed with this leverage from now on. */
    record LeverageChosen(AccountId account, InstrumentId instrument, Leverage leverage)
            implements AccountEvent {}

    /** Money left the sender and waits in clearing until the receiver's ledger has taken it. */
    record TransferStarted(
            String transferId, AccountId from, AccountId to, AssetId asset, Money amount)
            implements AccountEvent {}

    /** The transfer waits no longer: it was delivered, or the money went back. */
    record TransferFinished(String transferId) implements AccountEvent {}

    /** These parameters hold from now on. */
    record InstrumentListed(Instrument instrument) implements AccountEvent {}

    /** These parameters hold from now on. */
    record AssetListed(Asset asset) implements AccountEvent {}
}
