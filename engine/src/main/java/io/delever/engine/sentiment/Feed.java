package io.delever.engine.sentiment;

/** Where observations come from; a feed that is down takes its signals with it (SENT-006). */
public enum Feed {
    /** Index and mark prices: volatility, drawdown, funding. */
    PRICES,
    /** Liquidation cases: liquidations. */
    CASES,
    /** Accounts and their risk states: skew, margin calls. */
    ACCOUNTS
}
