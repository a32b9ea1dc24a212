package io.delever.simulation.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a run has come to rest and when waiting longer is of no use (SIMU-076, SIMU-077).
 *
 * <p>A flat wait would end in the middle of the work of a slow machine; this one lasts as long as
 * something still happens. Used by one thread.
 */
final class RestWatch {
    private static final int NAMES_SHOWN = 3;

    private final Limits limits;
    private final long beganNanos;
    private Optional<Sample> last = Optional.empty();
    private long movedNanos;

    /**
     * How long is waited.
     *
     * @param quiet nothing may have moved for so long before a run without open cases rests
     * @param quietWithCases the same with open cases, which may wait before they act again
     * @param patience without any movement for so long, what is not settled never will be
     * @param overall longest wait of all
     */
    record Limits(Duration quiet, Duration quietWithCases, Duration patience, Duration overall) {
        /** Waits of a person in front of a demo. */
        static Limits usual() {
            return new Limits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(30));
        }
    }

    /**
     * What is seen at one look.
     *
     * @param commands booked by margin-service since its beginning
     * @param makerFills makers' fills booked
     * @param waitingFills makers' fills not booked yet
     * @param openCases liquidation cases that are not closed
     * @param unbalanced instruments and assets of which one side of a trade has not arrived
     */
    record Sample(
            long commands,
            int makerFills,
            int waitingFills,
            long openCases,
            List<String> unbalanced) {
        /** Copies the list. */
        Sample {
            unbalanced = List.copyOf(unbalanced);
        }

        private boolean isSettled() {
            return waitingFills == 0 && unbalanced.isEmpty();
        }
    }

    /** What a look means. */
    sealed interface Verdict {
        /** Nothing moves any more and both sides of every trade are booked. */
        record Rested() implements Verdict {}

        /**
         * Not yet.
         *
         * @param what is waited for, for a person
         */
        record Waiting(String what) implements Verdict {}

        /**
         * Waiting longer is of no use.
         *
         * @param why and what was waited for, for a person
         */
        record GaveUp(String why) implements Verdict {}
    }

    /** A watch that begins now. */
    RestWatch(Limits limits, long nowNanos) {
        this.limits = limits;
        beganNanos = nowNanos;
        movedNanos = nowNanos;
    }

    /** Takes one look; the times of successive looks never go back. */
    Verdict look(Sample sample, long nowNanos) {
        if (!last.map(sample::equals).orElse(false)) {
            movedNanos = nowNanos;
        }
        last = Optional.of(sample);
        Duration still = Duration.ofNanos(nowNanos - movedNanos);
        Duration quiet = sample.openCases() > 0 ? limits.quietWithCases() : limits.quiet();
        if (sample.isSettled() && still.compareTo(quiet) >= 0) {
            return new Verdict.Rested();
        }
        if (still.compareTo(limits.patience()) >= 0) {
            return new Verdict.GaveUp(
                    "nothing moved for " + still.toSeconds() + " s: " + describe(sample));
        }
        Duration waited = Duration.ofNanos(nowNanos - beganNanos);
        if (waited.compareTo(limits.overall()) >= 0) {
            return new Verdict.GaveUp(
                    "still moving after " + waited.toSeconds() + " s: " + describe(sample));
        }
        return new Verdict.Waiting(describe(sample) + still(still));
    }

    private static String still(Duration still) {
        return still.toSeconds() > 0 ? ", still for " + still.toSeconds() + " s" : "";
    }

    private static String describe(Sample sample) {
        List<String> parts = new ArrayList<>();
        parts.add("%,d open cases".formatted(sample.openCases()));
        if (sample.waitingFills() > 0) {
            parts.add("%,d fills not booked".formatted(sample.waitingFills()));
        }
        if (!sample.unbalanced().isEmpty()) {
            List<String> names = sample.unbalanced();
            parts.add(
                    "one side of trades missing in "
                            + String.join(
                                    ", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
                            + (names.size() > NAMES_SHOWN
                                    ? " and " + (names.size() - NAMES_SHOWN) + " more"
                                    : ""));
        }
        parts.add("%,d commands booked".formatted(sample.commands()));
        return String.join(", ", parts);
    }
}
