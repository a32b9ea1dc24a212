package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseEvent;
import java.time.Duration;

/** What is counted and timed. */
public interface CaseMetrics {
    /** An event of a case was persisted. */
    void persisted(CaseEvent event);

    /** The first order of a case was sent so long after its account was reported. */
    void firstOrder(Duration afterDetection);

    /** Somebody did not answer. */
    void unreachable(UnreachableException.Peer peer);

    /** A case met a broken invariant and stopped. */
    void broken();
}
