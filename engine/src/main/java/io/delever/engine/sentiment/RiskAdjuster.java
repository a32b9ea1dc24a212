package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns the scores of one instrument, or of the market, into a multiplier on initial margin:
 * bounded, slow, hysteretic, expiring (SENT-020 to SENT-026). Integers only. One writer.
 */
public final class RiskAdjuster {
    private static final long ONE = FixedPoint.ONE_PPM;
    // Finer than ppm, so that updates a few milliseconds apart still add up to the pace.
    private static final long FINE = 1_000_000L;

    private final AdjustmentParameters parameters;
    private long fineMultiplier;
    private boolean raised;
    private boolean started;
    private long updatedAtNanos;
    private long expiresAtNanos;
    private List<String> reasons = List.of();

    /** Starts without an adjustment. */
    public RiskAdjuster(AdjustmentParameters parameters) {
        this.parameters = parameters;
        this.fineMultiplier = ONE * FINE;
    }

    /**
     * Goes on from the adjustment that was in force before a restart, so that a restart is no jump
     * (SENT-026).
     */
    public static RiskAdjuster resume(
            AdjustmentParameters parameters, RiskAdjustment last, long nowNanos) {
        RiskAdjuster adjuster = new RiskAdjuster(parameters);
        if (nowNanos < last.expiresAtNanos() && last.multiplier().ppm() > ONE) {
            long ppm = Math.min(last.multiplier().ppm(), parameters.bound().ppm());
            adjuster.fineMultiplier = ppm * FINE;
            adjuster.raised = true;
            adjuster.started = true;
            adjuster.updatedAtNanos = nowNanos;
            adjuster.expiresAtNanos = last.expiresAtNanos();
            adjuster.reasons = last.reasons();
        }
        return adjuster;
    }

    /** Takes the newest score; one that is older than the last is left out. */
    public void update(Score score, long nowNanos) {
        if (started && nowNanos < updatedAtNanos) {
            return;
        }
        expire(nowNanos);
        if (score.confidence().ppm() < parameters.minimumConfidence().ppm()) {
            // The clock of the pace goes on, so that a return of confidence is no jump.
            updatedAtNanos = nowNanos;
            started = true;
            return;
        }
        long elapsed = started ? nowNanos - updatedAtNanos : 0;
        started = true;
        updatedAtNanos = nowNanos;
        if (score.micros() < parameters.trigger().raiseBelow()) {
            raised = true;
        } else if (score.micros() > parameters.trigger().releaseAbove()) {
            raised = false;
        }
        moveTo(raised ? Math.max(target(score.micros()), fineMultiplier) : ONE * FINE, elapsed);
        if (fineMultiplier > ONE * FINE) {
            expiresAtNanos = Math.addExact(nowNanos, parameters.timeToLiveNanos());
        }
        reasons = explain(score);
    }

    /** The adjustment at a time; 1 once it has expired. */
    public RiskAdjustment at(Optional<InstrumentId> id, long nowNanos) {
        boolean inForce = nowNanos < expiresAtNanos && fineMultiplier / FINE > ONE;
        return new RiskAdjustment(
                id,
                new Rate(inForce ? fineMultiplier / FINE : ONE),
                parameters.bound(),
                expiresAtNanos,
                inForce ? reasons : List.of());
    }

    private void expire(long nowNanos) {
        if (nowNanos >= expiresAtNanos) {
            fineMultiplier = ONE * FINE;
            raised = false;
            reasons = List.of();
        }
    }

    /** 1 + (bound - 1) × (releaseAbove - score) / (releaseAbove - full), within 1 and the bound. */
    private long target(long micros) {
        AdjustmentParameters.Trigger trigger = parameters.trigger();
        long span = trigger.releaseAbove() - trigger.full();
        long below = Math.clamp(trigger.releaseAbove() - micros, 0, span);
        long room = (parameters.bound().ppm() - ONE) * FINE;
        return ONE * FINE + FixedPoint.mulDiv(room, below, span, Rounding.FLOOR);
    }

    private void moveTo(long target, long elapsedNanos) {
        AdjustmentParameters.Pace pace = parameters.pace();
        if (target > fineMultiplier) {
            long step = step(pace.risePerMinute(), elapsedNanos);
            fineMultiplier = Math.min(target, fineMultiplier + step);
        } else {
            long step = step(pace.fallPerMinute(), elapsedNanos);
            fineMultiplier = Math.max(target, fineMultiplier - step);
        }
    }

    private long step(Rate perMinute, long elapsedNanos) {
        // Nothing can move farther than the bound, so a long gap is cut before the product could
        // overflow.
        long room = (parameters.bound().ppm() - ONE) * FINE;
        long minute = parameters.pace().minuteNanos();
        long pacePpm = Math.max(1, perMinute.ppm());
        long enough = FixedPoint.mulDiv(room, minute, pacePpm * FINE, Rounding.CEILING);
        return FixedPoint.mulDiv(
                pacePpm * FINE, Math.min(elapsedNanos, enough), minute, Rounding.FLOOR);
    }

    private List<String> explain(Score score) {
        if (fineMultiplier / FINE <= ONE) {
            return List.of();
        }
        List<String> why = new ArrayList<>();
        AdjustmentParameters.Trigger trigger = parameters.trigger();
        String points = points(score.micros());
        if (!raised) {
            why.add("falling: score " + points + " is above " + points(trigger.releaseAbove()));
            return why;
        }
        if (score.micros() < trigger.raiseBelow()) {
            why.add("score " + points + " is below " + points(trigger.raiseBelow()));
        } else {
            why.add("holding: score " + points + " is not above " + points(trigger.releaseAbove()));
        }
        for (Contribution contribution : score.contributions()) {
            if (contribution.micros() < 0) {
                why.add(
                        contribution.signal().id()
                                + " takes "
                                + points(-contribution.micros())
                                + " points");
            }
        }
        return why;
    }

    private static String points(long micros) {
        return FixedPoint.formatE8(Math.multiplyExact(micros, 100L));
    }
}
