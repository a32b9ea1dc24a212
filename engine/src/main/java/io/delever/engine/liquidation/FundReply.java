package io.delever.engine.liquidation;

import io.delever.engine.money.Money;

/** The fund's answer to a command. */
public sealed interface FundReply {

    /**
     * Done, with the amount that was posted, held or (for a release) set free; it may be less than
     * was asked.
     */
    record Done(Money amount) implements FundReply {}

    /** Nothing changed. {@code detail} names the id, the value and the limit. */
    record Refused(Reason reason, String detail) implements FundReply {}

    /** Why the fund refused. */
    enum Reason {
        /** The amount is zero or negative. */
        NON_POSITIVE_AMOUNT,
        /** The balance would leave the range of money. */
        AMOUNT_TOO_LARGE,
        /** Nothing is left above the floor and the other reservations. */
        NOTHING_AVAILABLE
    }
}
