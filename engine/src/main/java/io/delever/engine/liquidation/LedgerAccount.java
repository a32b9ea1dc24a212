package io.delever.engine.liquidation;

/** The accounts of the insurance fund's ledger, one set per settlement asset (FUND-001). */
public enum LedgerAccount {
    /** What the fund holds. */
    FUND_CASH,
    /** What the venue gave to the fund. */
    CAPITAL,
    /** Liquidation fees that the fund received. */
    FEE_INCOME,
    /** What the fund paid for bankrupt accounts. */
    DEFICITS_PAID
}
