package io.delever.engine.margin;

import io.delever.engine.money.Rate;
import java.util.Optional;

/**
 * What holds for all accounts alike. There is nothing here for one account (MARG-014).
 *
 * @param marginCallLevel multiple of maintenance margin below which an account is warned; 1,200,000
 *     ppm is 1.2 times
 * @param maxPositionsPerAccount 1 to 256
 * @param profitWeight share of unrealized profit that counts in adjusted equity, at most 100 %;
 *     losses count in whole (MARG-102)
 * @param portfolio terms of accounts in portfolio mode; without them no account is in it
 */
public record MarginParameters(
        Rate marginCallLevel,
        int maxPositionsPerAccount,
        Rate profitWeight,
        Optional<PortfolioTerms> portfolio) {
    /** Greatest number of positions that can be configured. */
    public static final int MAX_POSITIONS = 256;

    /** Profit counts in whole, and there is no portfolio mode. */
    public MarginParameters(Rate marginCallLevel, int maxPositionsPerAccount) {
        this(marginCallLevel, maxPositionsPerAccount, Rate.ONE);
    }

    /** Without portfolio mode. */
    public MarginParameters(Rate marginCallLevel, int maxPositionsPerAccount, Rate profitWeight) {
        this(marginCallLevel, maxPositionsPerAccount, profitWeight, Optional.empty());
    }

    /** Refuses parameters out of range with an {@link IllegalArgumentException}. */
    public MarginParameters {
        if (marginCallLevel.compareTo(Rate.ONE) < 0 || marginCallLevel.ppm() > 1_000_000_000) {
            throw new IllegalArgumentException(
                    "margin call level must be 1000000 to 1000000000 ppm, is "
                            + marginCallLevel.ppm());
        }
        if (profitWeight.compareTo(Rate.ONE) > 0) {
            throw new IllegalArgumentException(
                    "profit weight must be 0 to 1000000 ppm, is " + profitWeight.ppm());
        }
        if (maxPositionsPerAccount < 1 || maxPositionsPerAccount > MAX_POSITIONS) {
            throw new IllegalArgumentException(
                    "positions per account must be 1 to "
                            + MAX_POSITIONS
                            + ", is "
                            + maxPositionsPerAccount);
        }
    }
}
