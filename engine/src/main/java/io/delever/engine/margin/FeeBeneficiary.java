package io.delever.engine.margin;

/** Who receives the fee of a fill. */
public enum FeeBeneficiary {
    VENUE,
    INSURANCE_FUND
}
