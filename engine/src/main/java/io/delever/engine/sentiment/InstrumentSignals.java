package io.delever.engine.sentiment;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.sentiment.Observation.HoldersCounted;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.engine.sentiment.SentimentParameters.Windows;

/** The streaming state of one instrument; every update is O(1). */
final class InstrumentSignals {
    private final Windows windows;
    private final RealisedVolatility volatility;
    private final DecayingPeak peak;
    private final DecayingFlow longsClosed;
    private final DecayingFlow shortsClosed;
    private double premium;
    private boolean premiumSeen;
    private long premiumTimeNanos;
    private boolean markUsable;
    private boolean priceUsable;
    private long longHolders;
    private long shortHolders;
    private long holdersTimeNanos;
    private boolean holdersSeen;

    InstrumentSignals(Windows windows) {
        this.windows = windows;
        this.volatility = new RealisedVolatility(windows.volatilityHalfLife());
        this.peak = new DecayingPeak(windows.peakHalfLife());
        this.longsClosed = new DecayingFlow(windows.liquidationHalfLife());
        this.shortsClosed = new DecayingFlow(windows.liquidationHalfLife());
    }

    void accept(PriceObserved observed) {
        double index = units(observed.index().e8());
        long time = observed.eventTimeNanos();
        volatility.accept(index, time);
        peak.accept(index, time);
        priceUsable = true;
        markUsable = observed.mark().isPresent();
        observed.mark().ifPresent(mark -> smoothPremium((units(mark.e8()) - index) / index, time));
    }

    void losePrice() {
        priceUsable = false;
        markUsable = false;
        volatility.interrupt();
    }

    void accept(HoldersCounted counted) {
        if (holdersSeen && counted.eventTimeNanos() < holdersTimeNanos) {
            return;
        }
        longHolders = counted.longHolders();
        shortHolders = counted.shortHolders();
        holdersTimeNanos = counted.eventTimeNanos();
        holdersSeen = true;
    }

    void accept(PositionClosedByForce closed) {
        DecayingFlow flow = closed.wasLong() ? longsClosed : shortsClosed;
        flow.add(units(closed.notional().e8()), closed.eventTimeNanos());
    }

    boolean hasVolatility() {
        return priceUsable && volatility.hasAtLeast(windows.minimumReturns());
    }

    double volatilityPerYear() {
        return volatility.perYear(windows.year());
    }

    boolean hasDrawdown() {
        return priceUsable;
    }

    double drawdown() {
        return peak.drawdown();
    }

    boolean hasPremium() {
        return markUsable && premiumSeen;
    }

    double premium() {
        return premium;
    }

    /** False where the last count is too old or nobody holds anything. */
    boolean hasHolders(long nowNanos) {
        return holdersSeen
                && nowNanos - holdersTimeNanos <= windows.countFresh()
                && longHolders + shortHolders > 0;
    }

    long longHolders() {
        return longHolders;
    }

    long shortHolders() {
        return shortHolders;
    }

    double longsClosedPerHour(long nowNanos) {
        return longsClosed.perHour(nowNanos, windows.year());
    }

    double shortsClosedPerHour(long nowNanos) {
        return shortsClosed.perHour(nowNanos, windows.year());
    }

    private void smoothPremium(double observed, long timeNanos) {
        if (!premiumSeen) {
            premium = observed;
            premiumSeen = true;
            premiumTimeNanos = timeNanos;
        } else if (timeNanos > premiumTimeNanos) {
            double kept = Decay.factor(timeNanos - premiumTimeNanos, windows.premiumHalfLife());
            premium = kept * premium + (1 - kept) * observed;
            premiumTimeNanos = timeNanos;
        }
    }

    private static double units(long e8) {
        return (double) e8 / FixedPoint.ONE_E8;
    }
}
