package io.delever.engine.sentiment;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;

/**
 * The published bounds of the adjustment (SENT-020).
 *
 * @param bound the greatest multiplier, >= 1
 * @param trigger when it rises and when it falls
 * @param pace how fast
 * @param timeToLiveNanos after this long without a new score the multiplier is 1 again
 * @param minimumConfidence a score with less of it neither raises nor renews
 */
public record AdjustmentParameters(
        Rate bound, Trigger trigger, Pace pace, long timeToLiveNanos, Rate minimumConfidence) {
    private static final long MINUTE = 60_000_000_000L;

    private static final long GREATEST_BOUND = 10 * FixedPoint.ONE_PPM;

    /** Refuses a bound below 1 or above 10 and a time to live that is not positive. */
    public AdjustmentParameters {
        if (bound.ppm() < FixedPoint.ONE_PPM || bound.ppm() > GREATEST_BOUND) {
            throw new IllegalArgumentException(
                    "the bound must lie in "
                            + FixedPoint.ONE_PPM
                            + " to "
                            + GREATEST_BOUND
                            + " ppm, got "
                            + bound.ppm());
        }
        if (timeToLiveNanos <= 0) {
            throw new IllegalArgumentException(
                    "the time to live must be > 0, got " + timeToLiveNanos);
        }
    }

    /**
     * At most 1.5; up from below 30, full at 10, down from above 40; 5 % a minute up, 1 % down; 10
     * minutes; half the weight.
     */
    public static AdjustmentParameters published() {
        return new AdjustmentParameters(
                new Rate(1_500_000L),
                new Trigger(10_000_000L, 30_000_000L, 40_000_000L),
                new Pace(new Rate(50_000L), new Rate(10_000L), MINUTE),
                10 * MINUTE,
                new Rate(500_000L));
    }

    /** The same for a replay at speed: its minutes are shorter. */
    public AdjustmentParameters atSpeed(long speed) {
        Pace faster =
                new Pace(
                        pace.risePerMinute(),
                        pace.fallPerMinute(),
                        Math.max(1, pace.minuteNanos() / speed));
        return new AdjustmentParameters(
                bound, trigger, faster, Math.max(1, timeToLiveNanos / speed), minimumConfidence);
    }

    /**
     * Scores in micros.
     *
     * @param full at this score and below the bound is asked for
     * @param raiseBelow below this the multiplier starts to rise
     * @param releaseAbove above this it falls; between the two it holds
     */
    public record Trigger(long full, long raiseBelow, long releaseAbove) {
        /** Refuses what does not ascend. */
        public Trigger {
            if (full < 0 || full >= raiseBelow || raiseBelow > releaseAbove) {
                throw new IllegalArgumentException(
                        "0 <= full < raiseBelow <= releaseAbove must hold, got "
                                + full
                                + ", "
                                + raiseBelow
                                + ", "
                                + releaseAbove);
            }
        }
    }

    /**
     * The greatest change of the multiplier in a minute.
     *
     * @param risePerMinute upwards, > 0
     * @param fallPerMinute downwards, > 0
     * @param minuteNanos how long a minute is
     */
    public record Pace(Rate risePerMinute, Rate fallPerMinute, long minuteNanos) {
        /** Refuses what is not positive. */
        public Pace {
            if (risePerMinute.ppm() <= 0 || fallPerMinute.ppm() <= 0 || minuteNanos <= 0) {
                throw new IllegalArgumentException(
                        "a pace must be > 0, got "
                                + risePerMinute.ppm()
                                + " up, "
                                + fallPerMinute.ppm()
                                + " down in "
                                + minuteNanos
                                + " ns");
            }
        }
    }
}
