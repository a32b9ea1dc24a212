package io.delever.engine.deleveraging;

import io.delever.engine.margin.RiskState;

/** At which price, if at all, an account may be deleveraged (ADLQ-021). */
public enum DeleveragingTrigger {
    /** Not at all. */
    NONE,
    /** The account is bankrupt: at its bankruptcy price. */
    AT_BANKRUPTCY_PRICE,
    /** The market is in final settlement and the account is not bankrupt: at the index. */
    AT_INDEX_PRICE;

    /** Bankruptcy comes before final settlement; without a usable price nothing is deleveraged. */
    public static DeleveragingTrigger of(RiskState state, boolean finalSettlement) {
        return switch (state) {
            case BANKRUPT -> AT_BANKRUPTCY_PRICE;
            case PRICE_UNAVAILABLE -> NONE;
            case HEALTHY, MARGIN_CALL, LIQUIDATABLE -> finalSettlement ? AT_INDEX_PRICE : NONE;
        };
    }
}
