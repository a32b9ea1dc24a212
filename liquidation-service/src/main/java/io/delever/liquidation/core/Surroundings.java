package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEngine;
import io.delever.engine.liquidation.CaseId;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What every case needs around it.
 *
 * @param permits one for each case that may do something at the same time
 * @param nextId gives ids that were never given before
 * @param log told of everybody who did not answer
 */
record Surroundings(
        CaseSettings settings,
        CaseEngine engine,
        CaseStore store,
        MarginGateway margin,
        Venue venue,
        FundDesk fund,
        CaseHub hub,
        CaseMetrics metrics,
        InstantSource clock,
        Semaphore permits,
        Supplier<CaseId> nextId,
        AtomicBoolean stopping,
        BiConsumer<AccountId, RuntimeException> log) {
    boolean isStopping() {
        return stopping.get();
    }

    long nowNanos() {
        return EpochNanos.now(clock);
    }
}
