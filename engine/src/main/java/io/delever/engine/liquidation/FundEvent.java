package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;

/** What happened to the insurance fund; replaying the events gives its state (FUND-008). */
public sealed interface FundEvent {

    /** An entry was posted. */
    record EntryPosted(LedgerEntry entry) implements FundEvent {}

    /** Money is held for one order. */
    record FundReserved(String reservationId, AssetId asset, Money amount) implements FundEvent {}

    /** Money is no longer held. */
    record FundReleased(String reservationId) implements FundEvent {}
}
