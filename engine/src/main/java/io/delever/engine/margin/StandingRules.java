package io.delever.engine.margin;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a standing follows from the one before, the figures and the time (MARG-120 to MARG-124). The
 * same for every account: nothing here is asked whose account it is (MARG-127).
 *
 * @param warningLevels multiples of maintenance margin, falling; below the first the account is
 *     called, below each further one it is warned again
 * @param reduceOnlyLevel multiple of maintenance margin below which risk may only be reduced, at
 *     least 1 and at most the last warning level
 * @param hysteresis what must be there above the first warning level, as a share of it, before the
 *     account is let go; at most 100 %
 * @param callPeriodNanos time from a margin call to its deadline, and from a recovery to health;
 *     greater than 0, at most 366 days
 */
public record StandingRules(
        List<Rate> warningLevels, Rate reduceOnlyLevel, Rate hysteresis, long callPeriodNanos) {
    /** Greatest number of warning levels. */
    public static final int MAX_LEVELS = 8;

    private static final long MAX_PERIOD_NANOS = 366L * 24 * 3_600 * 1_000_000_000;
    private static final long MAX_LEVEL_PPM = 1_000_000_000;
    private static final long DEFAULT_HYSTERESIS_PPM = 50_000;
    private static final long DEFAULT_CALL_PERIOD_NANOS = 4L * 3_600 * 1_000_000_000;

    /** Refuses rules out of range or order with an {@link IllegalArgumentException}. */
    public StandingRules {
        warningLevels = List.copyOf(warningLevels);
        if (warningLevels.isEmpty() || warningLevels.size() > MAX_LEVELS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_LEVELS + " warning levels, given " + warningLevels.size());
        }
        require("the first warning level is at most 1000", warningLevels.getFirst(), MAX_LEVEL_PPM);
        for (int i = 1; i < warningLevels.size(); i++) {
            require(
                    "warning levels must fall",
                    warningLevels.get(i),
                    warningLevels.get(i - 1).ppm() - 1);
        }
        require(
                "the reduce-only level is at most the last warning level",
                reduceOnlyLevel,
                warningLevels.getLast().ppm());
        if (reduceOnlyLevel.compareTo(Rate.ONE) < 0) {
            throw new IllegalArgumentException(
                    "the reduce-only level is at least 1, is " + reduceOnlyLevel);
        }
        require("the hysteresis is at most 1", hysteresis, FixedPoint.ONE_PPM);
        if (callPeriodNanos <= 0 || callPeriodNanos > MAX_PERIOD_NANOS) {
            throw new IllegalArgumentException(
                    "the period of a margin call must be 1 to "
                            + MAX_PERIOD_NANOS
                            + " ns, is "
                            + callPeriodNanos);
        }
    }

    /** One warning level, where the risk state becomes MARGIN_CALL; reduce-only half way to 1. */
    public static StandingRules of(MarginParameters parameters) {
        long level = parameters.marginCallLevel().ppm();
        return new StandingRules(
                List.of(parameters.marginCallLevel()),
                new Rate(FixedPoint.ONE_PPM + (level - FixedPoint.ONE_PPM) / 2),
                new Rate(DEFAULT_HYSTERESIS_PPM),
                DEFAULT_CALL_PERIOD_NANOS);
    }

    /**
     * The standing after a look.
     *
     * @param nowNanos time of the look
     */
    public StandingState next(StandingState before, AccountMargin margin, long nowNanos) {
        return switch (margin.state()) {
            case PRICE_UNAVAILABLE -> before;
            case BANKRUPT -> without(Standing.BANKRUPT, warningLevels.size());
            case LIQUIDATABLE -> without(Standing.LIQUIDATABLE, warningLevels.size());
            case HEALTHY, MARGIN_CALL -> carrying(before, margin.figures().orElseThrow(), nowNanos);
        };
    }

    /** Every multiple of maintenance margin at which a standing can change. */
    List<Rate> borders() {
        List<Rate> borders = new ArrayList<>(warningLevels);
        borders.add(reduceOnlyLevel);
        borders.add(release());
        return borders;
    }

    private StandingState carrying(StandingState before, MarginFigures figures, long nowNanos) {
        int level = Math.max(before.warningLevel(), levelOf(figures));
        return switch (before.standing()) {
            case HEALTHY, RECOVERED -> fromHealth(before, figures, nowNanos);
            case MARGIN_CALL -> {
                if (isBelow(figures, reduceOnlyLevel)) {
                    yield without(Standing.REDUCE_ONLY, level);
                }
                if (!isBelow(figures, release())) {
                    yield StandingState.HEALTHY;
                }
                yield before.isDue(nowNanos)
                        ? without(Standing.REDUCE_ONLY, level)
                        : new StandingState(Standing.MARGIN_CALL, level, before.deadlineNanos());
            }
            case REDUCE_ONLY, LIQUIDATABLE, BANKRUPT ->
                    isBelow(figures, release())
                            ? without(Standing.REDUCE_ONLY, level)
                            : until(Standing.RECOVERED, 0, nowNanos);
        };
    }

    private StandingState fromHealth(StandingState before, MarginFigures figures, long nowNanos) {
        int level = levelOf(figures);
        if (isBelow(figures, reduceOnlyLevel)) {
            return without(Standing.REDUCE_ONLY, level);
        }
        if (level > 0) {
            return until(Standing.MARGIN_CALL, level, nowNanos);
        }
        return before.isDue(nowNanos) ? StandingState.HEALTHY : before;
    }

    private int levelOf(MarginFigures figures) {
        int level = 0;
        while (level < warningLevels.size() && isBelow(figures, warningLevels.get(level))) {
            level++;
        }
        return level;
    }

    /** Maintenance margin × level &gt; adjusted equity, exact; equality is not below. */
    private static boolean isBelow(MarginFigures figures, Rate level) {
        return figures.maintenanceMargin().isPositive()
                && FixedPoint.compareProducts(
                                figures.maintenanceMargin().e8(),
                                level.ppm(),
                                figures.adjustedEquity().e8(),
                                FixedPoint.ONE_PPM)
                        > 0;
    }

    /** First warning level × (1 + hysteresis), rounded up. */
    private Rate release() {
        return new Rate(
                FixedPoint.mulDiv(
                        warningLevels.getFirst().ppm(),
                        FixedPoint.ONE_PPM + hysteresis.ppm(),
                        FixedPoint.ONE_PPM,
                        Rounding.CEILING));
    }

    private StandingState until(Standing standing, int level, long nowNanos) {
        return new StandingState(
                standing, level, OptionalLong.of(Math.addExact(nowNanos, callPeriodNanos)));
    }

    private static StandingState without(Standing standing, int level) {
        return new StandingState(standing, level, OptionalLong.empty());
    }

    private static void require(String what, Rate rate, long limitPpm) {
        if (rate.ppm() > limitPpm) {
            throw new IllegalArgumentException(what + ", is " + rate);
        }
    }
}
