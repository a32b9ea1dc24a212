package io.delever.engine.sentiment;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Signals of one market as they stream in (SGNL-001 to SGNL-006). Every update is O(1). One writer;
 * what comes late is left out. Sizes and prices are statistics in units, not scaled.
 */
public final class SignalBoard {
    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 31_557_600_000_000_000L;
    private static final int MINIMUM_RETURNS = 20;

    private final EnumMap<MarketSignal, OwnHistory> histories = new EnumMap<>(MarketSignal.class);
    private final Imbalance orderFlow = new Imbalance();
    private final Imbalance trades = new Imbalance();
    private final RealisedVolatility fast = new RealisedVolatility(HOUR);
    private final RealisedVolatility slow = new RealisedVolatility(DAY);
    private final DecayingPeak peak = new DecayingPeak(DAY);
    private final Mean open = new Mean();
    private final Mean rate = new Mean();
    private double bid;
    private double bidSize;
    private double ask;
    private double askSize;
    private boolean quoted;

    /** Nothing seen. */
    public SignalBoard() {
        for (MarketSignal signal : MarketSignal.values()) {
            histories.put(signal, new OwnHistory(7 * DAY));
        }
    }

    /** The best quotes of a book (SGNL-002); a crossed or empty book is refused. */
    public void quoted(Quote quote, long nowNanos) {
        if (quoted) {
            double event = 0;
            event += quote.bid() >= bid ? quote.bidSize() : 0;
            event -= quote.bid() <= bid ? bidSize : 0;
            event -= quote.ask() <= ask ? quote.askSize() : 0;
            event += quote.ask() >= ask ? askSize : 0;
            orderFlow.add(event, nowNanos);
            orderFlow.value().ifPresent(v -> put(MarketSignal.ORDER_FLOW_IMBALANCE, v, nowNanos));
        }
        bid = quote.bid();
        bidSize = quote.bidSize();
        ask = quote.ask();
        askSize = quote.askSize();
        quoted = true;
        put(MarketSignal.SPREAD, 2 * (ask - bid) / (ask + bid), nowNanos);
    }

    /** A trade, + where the buyer took, − where the seller did. */
    public void traded(double signedSize, long nowNanos) {
        trades.add(requireFinite("size", signedSize), nowNanos);
        trades.value().ifPresent(v -> put(MarketSignal.TRADE_IMBALANCE, v, nowNanos));
    }

    /** Notional within 2 % of the price on both sides, above 0. */
    public void depth(double notional, long nowNanos) {
        put(MarketSignal.DEPTH, StrictMath.log(requirePositive("depth", notional)), nowNanos);
    }

    /** Open notional, above 0. */
    public void openInterest(double notional, long nowNanos) {
        double mean = open.with(requirePositive("open interest", notional), nowNanos);
        put(MarketSignal.OPEN_INTEREST_CHANGE, StrictMath.log(notional / mean), nowNanos);
    }

    /** The funding rate of an interval. */
    public void funding(double fundingRate, long nowNanos) {
        double mean = rate.with(requireFinite("funding rate", fundingRate), nowNanos);
        put(MarketSignal.FUNDING, fundingRate, nowNanos);
        put(MarketSignal.FUNDING_CHANGE, fundingRate - mean, nowNanos);
    }

    /** Index and mark, both above 0. */
    public void priced(double index, double mark, long nowNanos) {
        requirePositive("index", index);
        requirePositive("mark", mark);
        fast.accept(index, nowNanos);
        slow.accept(index, nowNanos);
        peak.accept(index, nowNanos);
        put(MarketSignal.BASIS, (mark - index) / index, nowNanos);
        put(MarketSignal.DRAWDOWN, peak.drawdown(), nowNanos);
        if (fast.hasAtLeast(MINIMUM_RETURNS)) {
            double now = fast.perYear(YEAR);
            double usual = slow.perYear(YEAR);
            put(MarketSignal.VOLATILITY, now, nowNanos);
            if (now > 0 && usual > 0) {
                put(MarketSignal.VOLATILITY_CHANGE, StrictMath.log(now / usual), nowNanos);
            }
        }
    }

    /** The price of a stablecoin in what it should be worth 1 of, above 0. */
    public void stablecoin(double price, long nowNanos) {
        put(
                MarketSignal.PEG_DEVIATION,
                Math.abs(requirePositive("stablecoin", price) - 1),
                nowNanos);
    }

    /** Volumes of the venues, each at least 0, not all 0. */
    public void venues(List<Double> volumes, long nowNanos) {
        double sum = 0;
        double squares = 0;
        for (double volume : volumes) {
            if (!(volume >= 0) || !Double.isFinite(volume)) {
                throw new IllegalArgumentException("volume: " + volume + ", limit 0");
            }
            sum += volume;
            squares += volume * volume;
        }
        put(
                MarketSignal.VENUE_CONCENTRATION,
                squares / (requirePositive("volume of all venues", sum) * sum),
                nowNanos);
    }

    /** What is fresh, in the order of {@link MarketSignal}. */
    public List<Reading> readings(long nowNanos) {
        List<Reading> readings = new ArrayList<>();
        histories.forEach(
                (signal, history) -> {
                    long age = nowNanos - history.timeNanos();
                    if (history.isSeen() && age <= signal.freshNanos()) {
                        readings.add(
                                new Reading(
                                        signal,
                                        history.value(),
                                        history.zScore(),
                                        Math.max(0, age)));
                    }
                });
        return readings;
    }

    /** What is not, in the same order: it is said, and nothing is put in its place. */
    public List<MarketSignal> missing(long nowNanos) {
        List<MarketSignal> missing = new ArrayList<>(List.of(MarketSignal.values()));
        readings(nowNanos).forEach(reading -> missing.remove(reading.signal()));
        return missing;
    }

    /** The share of signals that is fresh. */
    public Rate confidence(long nowNanos) {
        long fresh = readings(nowNanos).size();
        long all = MarketSignal.values().length;
        return new Rate(FixedPoint.mulDiv(fresh, FixedPoint.ONE_PPM, all, Rounding.FLOOR));
    }

    private void put(MarketSignal signal, double value, long nowNanos) {
        OwnHistory history = histories.get(signal);
        if (history == null) {
            throw new IllegalStateException("no history of " + signal.id());
        }
        history.accept(value, nowNanos);
    }

    private static double requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", must be a number");
        }
        return value;
    }

    private static double requirePositive(String what, double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", must be above 0");
        }
        return value;
    }

    /**
     * A signal as it is.
     *
     * @param value in its unit
     * @param zScore against its own history, half-life 7 days; empty where there is too little
     * @param ageNanos since it last changed
     */
    public record Reading(
            MarketSignal signal, double value, OptionalDouble zScore, long ageNanos) {}

    /** The best quotes. */
    public record Quote(double bid, double bidSize, double ask, double askSize) {
        /** Refuses a crossed or empty book. */
        public Quote {
            requirePositive("bid", bid);
            requirePositive("size at the bid", bidSize);
            requirePositive("size at the ask", askSize);
            if (!(ask > bid) || !Double.isFinite(ask)) {
                throw new IllegalArgumentException(
                        "ask: " + ask + ", must be above the bid of " + bid);
            }
        }
    }

    /** Signed amounts over their size, half-life 5 min. */
    private static final class Imbalance {
        private final DecayingFlow signed = new DecayingFlow(5 * MINUTE);
        private final DecayingFlow size = new DecayingFlow(5 * MINUTE);
        private long newestNanos;

        void add(double amount, long nowNanos) {
            signed.add(amount, nowNanos);
            size.add(Math.abs(amount), nowNanos);
            newestNanos = Math.max(newestNanos, nowNanos);
        }

        OptionalDouble value() {
            double all = size.perHour(newestNanos, YEAR);
            return all > 0
                    ? OptionalDouble.of(Math.clamp(signed.perHour(newestNanos, YEAR) / all, -1, 1))
                    : OptionalDouble.empty();
        }
    }

    /** A mean by time, half-life 24 h. */
    private static final class Mean {
        private double mean;
        private double last;
        private long timeNanos;
        private boolean seen;

        double with(double value, long nowNanos) {
            if (!seen) {
                mean = value;
                seen = true;
            } else {
                double kept = Decay.factor(Math.max(0, nowNanos - timeNanos), DAY);
                mean = kept * mean + (1 - kept) * last;
            }
            last = value;
            timeNanos = Math.max(timeNanos, nowNanos);
            return mean;
        }
    }
}
