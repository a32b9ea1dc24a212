package io.delever.margin.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Makes the entries of one shard durable, in groups, on a thread of its own, and only then lets
 * their replies go.
 *
 * <p>Whatever waits when a commit ends goes into the next one, up to a limit. While the journal
 * does not answer, the very same group is tried again with growing waits: nothing is acknowledged,
 * nothing is skipped. JRNL-001, JRNL-006.
 */
final class Committer implements Runnable {
    private static final Duration IDLE_WAIT = Duration.ofMillis(100);

    /** Something that waits for durability. */
    private record Item(Optional<JournalEntry> entry, Durable waiter) {}

    /** What happens to those who wait for an entry. */
    interface Durable {
        /** Everything before and the entry itself is durable. */
        void durable();

        /** It is not known to be durable and never will be by this process. */
        void lost();
    }

    private final int shard;
    private final AccountJournal journal;
    private final CommitLimits limits;
    private final InstantSource clock;
    private final MarginMetrics metrics;
    private final Consumer<RuntimeException> onFatal;
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Object pause = new Object();
    private volatile boolean stopping;
    private volatile Instant abandonAt = Instant.MAX;
    private volatile boolean failing;
    private volatile boolean dead;
    private volatile long writingSinceNanos = Long.MAX_VALUE;
    private volatile long durableSequence;

    Committer(
            int shard,
            AccountJournal journal,
            CommitLimits limits,
            Surroundings surroundings,
            Consumer<RuntimeException> onFatal) {
        this.shard = shard;
        this.journal = journal;
        this.limits = limits;
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.onFatal = onFatal;
    }

    /** Only before the thread starts: what replay has found. */
    void startAt(long sequence) {
        durableSequence = sequence;
    }

    /** Hands an entry over; the caller has asked {@link #hasRoom} before. Shard thread only. */
    void submit(JournalEntry entry, Durable waiter) {
        enqueue(new Item(Optional.of(entry), waiter));
    }

    /** Runs the waiter once everything handed over so far is durable. Shard thread only. */
    void afterAll(Durable waiter) {
        enqueue(new Item(Optional.empty(), waiter));
    }

    private void enqueue(Item item) {
        if (dead) {
            item.waiter().lost();
            return;
        }
        pending.incrementAndGet();
        queue.add(item);
        if (dead) {
            loseEverything();
        }
    }

    boolean hasRoom() {
        return pending.get() < limits.maxPending();
    }

    /** True while the journal fails or has not answered for the stall limit. */
    boolean isStalled() {
        return failing
                || dead
                || Nanos.of(clock.instant()) - writingSinceNanos > limits.stallLimit().toNanos();
    }

    int pendingCount() {
        return pending.get();
    }

    long durableSequence() {
        return durableSequence;
    }

    /** Ends the thread once everything is durable, or at the given time whatever is left. */
    void stop(Instant giveUpAt) {
        abandonAt = giveUpAt;
        stopping = true;
        synchronized (pause) {
            pause.notifyAll();
        }
    }

    @Override
    public void run() {
        try {
            List<Item> batch = new ArrayList<>(limits.maxBatch());
            while (true) {
                Item first = queue.poll(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (stopping) {
                        return;
                    }
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, limits.maxBatch() - 1);
                if (!commit(batch)) {
                    batch.forEach(item -> item.waiter().lost());
                    return;
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            onFatal.accept(e);
        } finally {
            dead = true;
            loseEverything();
        }
    }

    private boolean commit(List<Item> batch) throws InterruptedException {
        List<JournalEntry> entries = new ArrayList<>(batch.size());
        batch.forEach(item -> item.entry().ifPresent(entries::add));
        if (!entries.isEmpty() && !writeUntilDurable(entries)) {
            return false;
        }
        batch.forEach(item -> item.waiter().durable());
        pending.addAndGet(-batch.size());
        return true;
    }

    private boolean writeUntilDurable(List<JournalEntry> entries) throws InterruptedException {
        Instant begin = clock.instant();
        writingSinceNanos = Nanos.of(begin);
        Duration wait = limits.retryMin();
        while (true) {
            try {
                journal.append(shard, entries);
                durableSequence = entries.getLast().sequence();
                failing = false;
                writingSinceNanos = Long.MAX_VALUE;
                metrics.batchCommitted(
                        shard, entries.size(), Duration.between(begin, clock.instant()));
                return true;
            } catch (JournalUnavailableException e) {
                failing = true;
                metrics.commitFailed(shard, e);
                if (!clock.instant().isBefore(abandonAt)) {
                    return false;
                }
                synchronized (pause) {
                    pause.wait(wait.toMillis());
                }
                Duration doubled = wait.multipliedBy(2);
                wait = doubled.compareTo(limits.retryMax()) > 0 ? limits.retryMax() : doubled;
            } catch (JournalFencedException e) {
                onFatal.accept(e);
                return false;
            }
        }
    }

    private void loseEverything() {
        for (Item item = queue.poll(); item != null; item = queue.poll()) {
            item.waiter().lost();
        }
    }
}
