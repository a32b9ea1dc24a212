package io.delever.margin.core;

import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import java.time.Duration;

/** What is counted. Called on hot paths: implementations must neither block nor throw. */
public interface MarginMetrics {
    /** A command got its answer. */
    void commandAnswered(CommandOutcome outcome);

    /** A group of entries became durable; the time is from the first attempt to write it. */
    void batchCommitted(int shard, int entries, Duration latency);

    /** An attempt to write failed and will be repeated. */
    void commitFailed(int shard, JournalUnavailableException failure);

    /** Accounts were evaluated after a price batch or a command. */
    void evaluated(int shard, int accounts, Duration latency);

    /** An account changed its risk state. */
    void riskChanged(RiskTransition event);

    /** An account changed its standing, or passed a further warning level. */
    void standingChanged(StandingChange change);

    /** A shard stopped for ever. */
    void shardStopped(int shard, RuntimeException cause);
}
