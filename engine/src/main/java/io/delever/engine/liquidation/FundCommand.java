package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import java.util.Optional;

/**
 * What can be asked of the insurance fund. Every command has an id; a repeated id gets its first
 * answer (FUND-007).
 */
public sealed interface FundCommand {

    /** The id under which the answer is remembered. */
    String id();

    /** The venue gives capital; {@code amount} must be greater than zero. */
    record Contribute(String id, AssetId asset, Money amount, long eventTimeNanos)
            implements FundCommand {}

    /** A liquidation fee reaches the fund; {@code amount} must be greater than zero. */
    record CreditFee(String id, AssetId asset, Money amount, String caseId, long eventTimeNanos)
            implements FundCommand {}

    /**
     * Holds up to {@code wanted} for one order; less is granted where less is available (FUND-005).
     */
    record Reserve(String id, AssetId asset, Money wanted) implements FundCommand {}

    /** Ends the reservation with this id; nothing happens where there is none. */
    record Release(String id) implements FundCommand {}

    /**
     * Pays up to {@code wanted} of an account's deficit (FUND-003) and ends the reservation named
     * (FUND-006).
     *
     * @param reservationId the reservation made for this deficit, where there is one
     */
    record Draw(
            String id,
            AssetId asset,
            Money wanted,
            String caseId,
            Optional<String> reservationId,
            long eventTimeNanos)
            implements FundCommand {}
}
