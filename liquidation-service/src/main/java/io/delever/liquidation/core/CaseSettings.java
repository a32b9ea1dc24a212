package io.delever.liquidation.core;

import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import java.time.Duration;
import java.util.Map;

/**
 * How cases are run.
 *
 * @param parameters of the engine
 * @param adl whom ADL asks
 * @param fundFloors what a draw must leave, per asset
 * @param maxInFlight greatest number of cases that do something at the same time; waiting ones do
 *     not count
 * @param maxOpen greatest number of open cases; more accounts wait until one is closed
 * @param retry waits after somebody did not answer
 */
public record CaseSettings(
        LiquidationParameters parameters,
        Adl adl,
        Map<AssetId, Money> fundFloors,
        int maxInFlight,
        int maxOpen,
        Retry retry) {
    /** Copies the map; refuses limits below 1. */
    public CaseSettings {
        fundFloors = Map.copyOf(fundFloors);
        if (maxInFlight < 1 || maxOpen < 1) {
            throw new IllegalArgumentException(
                    "cases in flight " + maxInFlight + " and open " + maxOpen + " must be >= 1");
        }
    }

    /**
     * Whom ADL asks.
     *
     * @param policies of the markets
     * @param limits of each round
     * @param maxCandidates greatest number of accounts that one round asks, those that the policy
     *     asks first
     * @param considered greatest number of profitable accounts among which they are chosen
     */
    public record Adl(
            Policies policies, AdlRequest.Limits limits, int maxCandidates, int considered) {
        /** Refuses numbers below one and a choice smaller than what is chosen. */
        public Adl {
            if (maxCandidates < 1 || considered < maxCandidates) {
                throw new IllegalArgumentException(
                        "ADL asks "
                                + maxCandidates
                                + " of "
                                + considered
                                + " accounts: 1 <= asked <= considered expected");
            }
        }
    }

    /**
     * The policy of each market.
     *
     * @param otherwise of markets that are not named
     * @param byMarket of those that are
     */
    public record Policies(AdlPolicy otherwise, Map<InstrumentId, AdlPolicy> byMarket) {
        /** Copies the map. */
        public Policies {
            byMarket = Map.copyOf(byMarket);
        }

        /** The policy of this market. */
        public AdlPolicy of(InstrumentId instrument) {
            return byMarket.getOrDefault(instrument, otherwise);
        }
    }

    /** Waits double from {@code min} to {@code max}. */
    public record Retry(Duration min, Duration max) {
        /** Refuses waits that are not positive or out of order. */
        public Retry {
            if (min.isNegative() || min.isZero() || max.compareTo(min) < 0) {
                throw new IllegalArgumentException(
                        "retry waits " + min + " and " + max + ": 0 < min <= max expected");
            }
        }

        /** The wait after so many failures in a row, ≥ 1. */
        Duration after(int failures) {
            Duration wait = min;
            for (int i = 1; i < failures && wait.compareTo(max) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return wait.compareTo(max) > 0 ? max : wait;
        }
    }
}
