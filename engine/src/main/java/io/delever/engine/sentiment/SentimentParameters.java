package io.delever.engine.sentiment;

import java.util.EnumMap;
import java.util.Map;

/**
 * Everything that shapes a score. Immutable.
 *
 * @param weights relative weight of each signal, > 0; only their ratios matter
 * @param scales the values at which signals are neutral or half way
 * @param windows time constants
 * @param levels borders of the levels
 */
public record SentimentParameters(
        Map<Signal, Long> weights, Scales scales, Windows windows, Levels levels) {
    private static final long GREATEST_WEIGHT = 1_000_000_000L;

    /** Refuses a missing or non-positive weight. */
    public SentimentParameters {
        EnumMap<Signal, Long> copy = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            Long weight = weights.get(signal);
            if (weight == null || weight <= 0 || weight > GREATEST_WEIGHT) {
                throw new IllegalArgumentException(
                        "the weight of "
                                + signal.id()
                                + " must lie in 1 to "
                                + GREATEST_WEIGHT
                                + ", got "
                                + weight);
            }
            copy.put(signal, weight);
        }
        weights = Map.copyOf(copy);
    }

    /** The weight of one signal. */
    public long weightOf(Signal signal) {
        Long weight = weights.get(signal);
        if (weight == null) {
            throw new IllegalStateException("no weight for " + signal.id());
        }
        return weight;
    }

    /** The published parameters (SENT-009). */
    public static SentimentParameters published() {
        EnumMap<Signal, Long> weights = new EnumMap<>(Signal.class);
        weights.put(Signal.VOLATILITY, 300_000L);
        weights.put(Signal.DRAWDOWN, 250_000L);
        weights.put(Signal.SKEW, 50_000L);
        weights.put(Signal.LIQUIDATIONS, 250_000L);
        weights.put(Signal.FUNDING, 50_000L);
        weights.put(Signal.MARGIN_CALLS, 100_000L);
        return new SentimentParameters(
                weights, Scales.published(), Windows.published(), Levels.published());
    }

    /**
     * The same for a replay that runs {@code speed} times as fast as the market did: every time
     * constant is divided by it.
     */
    public SentimentParameters atSpeed(long speed) {
        return new SentimentParameters(weights, scales, windows.atSpeed(speed), levels);
    }

    /**
     * Values at which a signal is neutral (volatility, drawdown) or half way to its bound (the
     * others).
     *
     * @param volatility per year, 0.6 is 60 %
     * @param drawdown share lost from the peak
     * @param premium share of the index
     * @param liquidationsPerHour notional closed by force per hour and instrument, in settlement
     *     units
     * @param atRisk share of accounts at a margin call or worse
     */
    public record Scales(
            double volatility,
            double drawdown,
            double premium,
            double liquidationsPerHour,
            double atRisk) {
        /** Refuses what is not finite and positive. */
        public Scales {
            requirePositive("volatility", volatility);
            requirePositive("drawdown", drawdown);
            requirePositive("premium", premium);
            requirePositive("liquidationsPerHour", liquidationsPerHour);
            requirePositive("atRisk", atRisk);
        }

        static Scales published() {
            return new Scales(0.6, 0.02, 0.0005, 1_000_000, 0.02);
        }

        private static void requirePositive(String name, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "the scale of " + name + " must be finite and > 0, got " + value);
            }
        }
    }

    /**
     * Time constants in nanoseconds, each > 0.
     *
     * @param volatilityHalfLife after this long a squared return counts half
     * @param peakHalfLife after this long the peak has come half way down to the price
     * @param liquidationHalfLife after this long a forced close counts half
     * @param premiumHalfLife after this long a premium counts half
     * @param feedGrace how long the last words of a feed that is down are still used
     * @param countFresh how old a count of holders or of accounts at risk may be
     * @param year what a year is in the feed's time: less in a replay at speed
     * @param minimumReturns fewest returns before there is a volatility
     */
    public record Windows(
            long volatilityHalfLife,
            long peakHalfLife,
            long liquidationHalfLife,
            long premiumHalfLife,
            long feedGrace,
            long countFresh,
            long year,
            int minimumReturns) {
        private static final long SECOND = 1_000_000_000L;
        private static final long MINUTE = 60 * SECOND;

        /** Refuses what is not positive. */
        public Windows {
            requirePositive("volatilityHalfLife", volatilityHalfLife);
            requirePositive("peakHalfLife", peakHalfLife);
            requirePositive("liquidationHalfLife", liquidationHalfLife);
            requirePositive("premiumHalfLife", premiumHalfLife);
            requirePositive("feedGrace", feedGrace);
            requirePositive("countFresh", countFresh);
            requirePositive("year", year);
            requirePositive("minimumReturns", minimumReturns);
        }

        static Windows published() {
            return new Windows(
                    10 * MINUTE,
                    6 * 60 * MINUTE,
                    10 * MINUTE,
                    5 * MINUTE,
                    10 * SECOND,
                    30 * SECOND,
                    31_557_600L * SECOND,
                    20);
        }

        Windows atSpeed(long speed) {
            requirePositive("speed", speed);
            return new Windows(
                    Math.max(1, volatilityHalfLife / speed),
                    Math.max(1, peakHalfLife / speed),
                    Math.max(1, liquidationHalfLife / speed),
                    Math.max(1, premiumHalfLife / speed),
                    feedGrace,
                    countFresh,
                    Math.max(1, year / speed),
                    minimumReturns);
        }

        private static void requirePositive(String name, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be > 0, got " + value);
            }
        }
    }

    /**
     * Borders of the levels in micros: below {@code extremeFear} is extreme fear, below {@code
     * fear} fear, above {@code greed} greed, above {@code extremeGreed} extreme greed, the rest
     * neutral.
     */
    public record Levels(long extremeFear, long fear, long greed, long extremeGreed) {
        /** Refuses borders that are not ascending. */
        public Levels {
            if (extremeFear > fear || fear > greed || greed > extremeGreed) {
                throw new IllegalArgumentException(
                        "levels must ascend, got "
                                + extremeFear
                                + ", "
                                + fear
                                + ", "
                                + greed
                                + ", "
                                + extremeGreed);
            }
        }

        static Levels published() {
            return new Levels(25_000_000L, 45_000_000L, 55_000_000L, 75_000_000L);
        }

        /** The level of a score (SENT-008). */
        public SentimentLevel of(long scoreMicros) {
            if (scoreMicros < extremeFear) {
                return SentimentLevel.EXTREME_FEAR;
            }
            if (scoreMicros < fear) {
                return SentimentLevel.FEAR;
            }
            if (scoreMicros <= greed) {
                return SentimentLevel.NEUTRAL;
            }
            return scoreMicros <= extremeGreed
                    ? SentimentLevel.GREED
                    : SentimentLevel.EXTREME_GREED;
        }
    }
}
