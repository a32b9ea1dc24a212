package io.delever.engine.deleveraging;

/** What a policy of auto-deleveraging is: whole units for each winner of a round (ADLQ-040). */
@FunctionalInterface
interface SharingRule {
    /**
     * The units that each winner gives, in the order of the round; none is above its cap and their
     * sum is not above the round's units.
     */
    long[] share(Round round);

    /** What there is to share: lots of one market, or money of a whole event. */
    interface Round {
        /** What is to be shared, ≥ 0. */
        long units();

        /** Greatest share of each winner, ≥ 0, in the order of the queue. */
        long[] caps();

        /** Profit of each, &gt; 0. */
        long[] profits();

        /** Notional × leverage of each in a common unit, &gt; 0 (ADLQ-042). */
        long[] riskWeights();

        /** What each stands to lose by what is shared, beside its equity (ADLQ-043). */
        LeverageDraining.Holders leverage();

        /** The same with everything else that the account holds (ADLQ-044). */
        LeverageDraining.Holders factorLeverage();

        /** By how much a unit reduces what a holder stands to lose, &gt; 0. */
        long unitExposure();

        /** Ties go to the smaller account id. */
        Shares.PlaceOrder ties();
    }
}
