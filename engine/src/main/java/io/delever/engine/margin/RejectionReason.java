package io.delever.engine.margin;

/** Why a command or an order was refused. Stable: clients and metrics rely on the names. */
public enum RejectionReason {
    UNKNOWN_ACCOUNT,
    UNKNOWN_INSTRUMENT,
    UNKNOWN_ASSET,
    /** A balance, position, notional or total would leave its admitted range. */
    AMOUNT_TOO_LARGE,
    NOT_A_LOT_MULTIPLE,
    NOT_A_TICK_MULTIPLE,
    INSUFFICIENT_BALANCE,
    /** It would leave less than the initial margin. */
    INSUFFICIENT_MARGIN,
    /** A price that the account needs is not usable, so only risk may be reduced. */
    PRICE_UNAVAILABLE,
    /** Reduce-only, but it would open, grow or flip the position. */
    NOT_REDUCING,
    LEVERAGE_OUT_OF_RANGE,
    MODE_NOT_SUPPORTED,
    INVALID_PARAMETERS,
    TOO_MANY_POSITIONS,
    /** The account is liquidatable or bankrupt: money may come in, not go out. */
    ACCOUNT_IN_LIQUIDATION,
    SAME_ACCOUNT,
    /** The account's standing lets it only reduce its risk until it has recovered. */
    ACCOUNT_REDUCE_ONLY
}
