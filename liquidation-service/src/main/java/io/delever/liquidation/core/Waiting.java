package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.WaitReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A wait that ends at its time, or early where its reason is over. */
final class Waiting {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Set<CaseRunner.Wake> wakes = EnumSet.noneOf(CaseRunner.Wake.class);
    private boolean stopping;

    Waiting(InstantSource clock) {
        this.clock = clock;
    }

    void wake(CaseRunner.Wake reason) {
        lock.lock();
        try {
            wakes.add(reason);
            stopping |= reason == CaseRunner.Wake.STOPPING;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the time of the observation; a wake that came while the case was busy counts too.
     */
    void until(CaseAction.ObserveAccount observation) throws InterruptedException {
        waitFor(
                observation.notBeforeNanos() - EpochNanos.now(clock),
                Optional.of(observation.reason()));
    }

    /** Waits this long; only the end of the service ends it early. */
    void pause(Duration wait) throws InterruptedException {
        waitFor(wait.toNanos(), Optional.empty());
    }

    private void waitFor(long nanos, Optional<WaitReason> reason) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !stopping && !isOver(reason)) {
                left = woken.awaitNanos(left);
            }
            if (reason.isPresent()) {
                wakes.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(Optional<WaitReason> reason) {
        return reason.isPresent() && wakes.stream().anyMatch(wake -> wake.ends(reason.get()));
    }
}
