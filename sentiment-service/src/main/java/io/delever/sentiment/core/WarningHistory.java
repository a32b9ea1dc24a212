package io.delever.sentiment.core;

import io.delever.engine.sentiment.AlertLevel;
import io.delever.sentiment.core.RiskView.Graded;
import java.util.List;

/** Keeps warnings beyond the life of the process. */
public interface WarningHistory {
    /** Takes warnings to be kept soon; never blocks and never throws. */
    void keep(List<Graded> warnings);

    /** Kept warnings, newest first; asks the database. */
    List<Kept> newest(Query query);

    /**
     * Which warnings.
     *
     * @param instrument empty means every instrument
     * @param horizonNanos 0 means every horizon
     * @param beforeId only those below this one
     * @param most at once
     */
    record Query(String instrument, long horizonNanos, long beforeId, int most) {}

    /**
     * One of them.
     *
     * @param id rises with time
     * @param probabilityPpm that was shown
     * @param predictor whose it was
     */
    record Kept(long id, Said said, long probabilityPpm, String predictor, AlertLevel level) {}

    /** About what and when. */
    record Said(String instrument, long eventTimeNanos, long horizonNanos) {}
}
