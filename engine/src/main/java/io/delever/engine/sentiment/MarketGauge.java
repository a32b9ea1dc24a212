package io.delever.engine.sentiment;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows one market and says what a warning needs to know of it (EWRN-001). Every update is O(1).
 * One writer; times do not go back.
 */
public final class MarketGauge {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 31_557_600_000_000_000L;
    private static final double FLOOR = 0.001;

    private final int minimumReturns;
    private final RealisedVolatility fast = new RealisedVolatility(HOUR);
    private final RealisedVolatility slow = new RealisedVolatility(DAY);
    private final DecayingPeak peak = new DecayingPeak(DAY);
    private final DecayingFlow forcedLately = new DecayingFlow(HOUR);
    private double meanOpen;
    private long meanTimeNanos;
    private double open;
    private double forced;
    private Optional<Fuel> fuel = Optional.empty();
    private boolean priced;

    /**
     * Nothing seen.
     *
     * @param minimumReturns fewest returns before there is a volatility
     */
    public MarketGauge(int minimumReturns) {
        this.minimumReturns = minimumReturns;
    }

    /** A price, above 0. */
    public void priced(double price, long nowNanos) {
        fast.accept(price, nowNanos);
        slow.accept(price, nowNanos);
        peak.accept(price, nowNanos);
        priced = true;
    }

    /** No usable price any more: what needs one is missing. */
    public void lost() {
        fast.interrupt();
        slow.interrupt();
        priced = false;
    }

    /** Notional that is open, at least 0. */
    public void open(double notional, long nowNanos) {
        if (meanOpen == 0) {
            meanOpen = notional;
        } else {
            double kept = Decay.factor(Math.max(0, nowNanos - meanTimeNanos), DAY);
            meanOpen = kept * meanOpen + (1 - kept) * open;
        }
        meanTimeNanos = nowNanos;
        open = notional;
    }

    /** Notional that was closed by force, at least 0. */
    public void closedByForce(double notional, long nowNanos) {
        forcedLately.add(notional, nowNanos);
        forced += notional;
    }

    /** Notional that would be closed by force within 3 % below and above. */
    public void fuel(double below, double above) {
        fuel = Optional.of(new Fuel(below, above));
    }

    /** No map of liquidation levels any more. */
    public void fuelLost() {
        fuel = Optional.empty();
    }

    /** How far fuel is counted, as a share of the price. */
    public static double fuelDistance() {
        return 0.03;
    }

    /** Empty where nothing is open. */
    public Optional<WarningSample> sample(String series, long nowNanos) {
        if (!(open > 0)) {
            return Optional.empty();
        }
        return Optional.of(new WarningSample(series, nowNanos, features(nowNanos), forced, open));
    }

    private Map<WarningFeature, Double> features(long nowNanos) {
        EnumMap<WarningFeature, Double> features = new EnumMap<>(WarningFeature.class);
        if (priced && fast.hasAtLeast(minimumReturns)) {
            double now = fast.perYear(YEAR);
            double usual = slow.perYear(YEAR);
            if (now > 0 && usual > 0) {
                features.put(WarningFeature.VOLATILITY, StrictMath.log(now));
                features.put(WarningFeature.VOLATILITY_CHANGE, StrictMath.log(now / usual));
            }
        }
        if (priced) {
            features.put(WarningFeature.DRAWDOWN, peak.drawdown());
        }
        fuel.ifPresent(
                known -> {
                    features.put(WarningFeature.FUEL_BELOW, share(known.below()));
                    features.put(WarningFeature.FUEL_ABOVE, share(known.above()));
                });
        if (meanOpen > 0) {
            features.put(WarningFeature.OPEN_INTEREST, StrictMath.log(open / meanOpen));
        }
        // Per hour × half-life ÷ ln 2 is what is left of all that was closed.
        double lately = forcedLately.perHour(nowNanos, YEAR) / Decay.LN_2;
        features.put(WarningFeature.FORCED, share(lately));
        return features;
    }

    private double share(double notional) {
        return StrictMath.log(FLOOR + notional / open);
    }

    private record Fuel(double below, double above) {}
}
