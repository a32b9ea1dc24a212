package io.delever.price.feed;

import io.delever.price.feed.protocol.SequenceRule;
import java.util.Arrays;

/**
 * The numbers of every channel of every market (FEED-020). They outlive a connection, so that what
 * was missed meanwhile is known.
 */
final class SequenceTracker {
    /** A jump as wide as this is a new count and no loss. */
    static final long WIDEST_GAP = 1_000_000;

    /** Stands for the time of a message where the venue sends none. */
    static final long NO_TIME = 0;

    /** What a number says. */
    enum Verdict {
        /** The expected one, or one that nothing is expected of. */
        NEXT,
        /** Some before it are missing. */
        GAP,
        /** It was there already, or a later one was. */
        LATE,
        /** The venue counts anew. */
        RESTARTED
    }

    private final long[] last;
    private final long[] lastTime;
    private final boolean[] known;
    private final boolean[] away;
    private long missing;

    SequenceTracker(int slots) {
        this.last = new long[slots];
        this.lastTime = new long[slots];
        this.known = new boolean[slots];
        this.away = new boolean[slots];
    }

    /** The next number of each slot is the first one of a connection. */
    void connected() {
        Arrays.fill(away, true);
    }

    /** How many numbers the last gap was wide. */
    long missing() {
        return missing;
    }

    /**
     * Judges a message and remembers it unless it is late.
     *
     * @param first first number that the message stands for
     * @param end last number that it stands for
     * @param timeNanos the venue's time of it, or {@link #NO_TIME}
     */
    Verdict take(int slot, SequenceRule rule, long first, long end, long timeNanos) {
        Verdict verdict = known[slot] ? judge(slot, rule, first, end, timeNanos) : Verdict.NEXT;
        if (verdict != Verdict.LATE) {
            last[slot] = end;
            lastTime[slot] = timeNanos;
            known[slot] = true;
        }
        away[slot] = false;
        return verdict;
    }

    private Verdict judge(int slot, SequenceRule rule, long first, long end, long timeNanos) {
        if (end <= last[slot]) {
            return judgeLower(slot, rule, end, timeNanos);
        }
        // A message that stands for several may begin with some that were there already.
        if (rule == SequenceRule.RISING || first <= last[slot] + 1) {
            return Verdict.NEXT;
        }
        missing = first - last[slot] - 1;
        return missing > WIDEST_GAP ? Verdict.RESTARTED : Verdict.GAP;
    }

    /**
     * A lower number at a later time can only be a new count; where the venue sends no time, only
     * the first number of a connection can be one. A quote repeated at a later time is confirmed.
     */
    private Verdict judgeLower(int slot, SequenceRule rule, long end, long timeNanos) {
        boolean later = timeNanos > lastTime[slot];
        if (rule == SequenceRule.RISING && end == last[slot] && later) {
            return Verdict.NEXT;
        }
        boolean isNewCount = timeNanos == NO_TIME ? away[slot] : later;
        return isNewCount ? Verdict.RESTARTED : Verdict.LATE;
    }
}
