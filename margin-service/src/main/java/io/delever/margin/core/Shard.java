package io.delever.margin.core;

import io.delever.engine.margin.Command;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One shard: the only thread that touches its state, a bounded queue in front of it and a committer
 * behind it.
 *
 * <p>The thread replays the journal, then takes turns: a bounded number of commands and reads, then
 * every price that changed meanwhile as one batch, so that neither can starve the other. JRNL-001,
 * JRNL-009, JRNL-018.
 */
final class Shard implements Runnable {
    private static final System.Logger LOG = System.getLogger(Shard.class.getName());
    private static final int TASKS_PER_TURN = 256;
    private static final Duration IDLE_WAIT = Duration.ofMillis(50);
    private static final Duration REPLAY_RETRY = Duration.ofMillis(500);
    private static final long PROGRESS_EVERY = 250_000;

    private final int number;
    private final AccountJournal journal;
    private final ShardLimits limits;
    private final Surroundings surroundings;
    private final Supplier<ShardState> emptyState;
    private final Committer committer;
    private final ArrayBlockingQueue<ShardTask> inbox;
    private final PriceSlots prices = new PriceSlots();
    private final CountDownLatch replayDone = new CountDownLatch(1);
    private final Thread thread;
    private final Thread committerThread;

    private ShardState state;
    private volatile boolean sleeping;
    private volatile boolean accepting;
    private volatile boolean draining;
    private volatile boolean over;
    private volatile long appliedSequence;
    private volatile long accounts;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    Shard(
            int number,
            AccountJournal journal,
            ShardLimits limits,
            Surroundings surroundings,
            Supplier<ShardState> emptyState) {
        this.number = number;
        this.journal = journal;
        this.limits = limits;
        this.surroundings = surroundings;
        this.emptyState = emptyState;
        this.state = emptyState.get();
        this.inbox = new ArrayBlockingQueue<>(limits.queueCapacity());
        this.committer =
                new Committer(number, journal, limits.commit(), surroundings, this::stopFor);
        this.thread = Thread.ofPlatform().name("shard-" + number).unstarted(this);
        this.committerThread = Thread.ofPlatform().name("committer-" + number).unstarted(committer);
    }

    void start() {
        thread.start();
    }

    /** Waits for the end of the replay; false where it is not finished by then. */
    boolean awaitReplay(Duration limit) throws InterruptedException {
        return replayDone.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads what replay has left; only after the replay and before anything is accepted. */
    ShardState replayedState() {
        return state;
    }

    /** Opens the queue. */
    void accept() {
        accepting = true;
    }

    /** Queues a command; its outcome comes once it is durable, or at once where it is not taken. */
    void submit(Command command, Consumer<CommandOutcome> reply) {
        offer(new CommandTask(command, reply));
    }

    /** Queues a read; it sees every command taken before it. */
    <T> void read(Function<ShardState, T> read, ReadReply<T> reply) {
        offer(new ReadTask<>(read, reply));
    }

    /** Leaves the newest prices; never waits. */
    void offerPrices(Map<InstrumentId, PriceState> changed) {
        prices.put(changed);
        wake();
    }

    /** Stops taking, finishes what waits, and makes it durable until the given time. */
    void stop(Instant giveUpAt) throws InterruptedException {
        accepting = false;
        draining = true;
        wake();
        joinUntil(thread, giveUpAt);
        committer.stop(giveUpAt);
        LockSupport.unpark(committerThread);
        joinUntil(committerThread, giveUpAt.plusSeconds(1));
    }

    ShardStatus status() {
        return new ShardStatus(
                number,
                replayDone.getCount() == 0,
                !over && thread.isAlive(),
                failure,
                committer.isStalled(),
                inbox.size(),
                committer.pendingCount(),
                appliedSequence,
                committer.durableSequence(),
                accounts);
    }

    @Override
    public void run() {
        try {
            if (replay()) {
                committerThread.start();
                replayDone.countDown();
                serve();
            }
        } catch (RuntimeException e) {
            stopFor(e);
        } finally {
            over = true;
            refuseAll();
        }
    }

    private boolean replay() {
        while (!draining) {
            try {
                Instant begin = surroundings.clock().instant();
                state = emptyState.get();
                journal.replay(number, this::replayed);
                state.finishReplay(Nanos.of(surroundings.clock().instant()));
                committer.startAt(state.sequence());
                publishProgress();
                Duration took = Duration.between(begin, surroundings.clock().instant());
                LOG.log(
                        System.Logger.Level.INFO,
                        "shard {0}: replayed {1} entries in {2} ({3} entries/s), {4} accounts",
                        number,
                        state.sequence(),
                        took,
                        state.sequence() * 1_000_000 / Math.max(1, took.toNanos() / 1_000),
                        accounts);
                return true;
            } catch (JournalUnavailableException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "shard {0}: replay will begin again: {1}",
                        number,
                        e.getMessage());
                LockSupport.parkNanos(REPLAY_RETRY.toNanos());
            }
        }
        return false;
    }

    private void replayed(JournalEntry entry) {
        state.replay(entry);
        if (state.sequence() % PROGRESS_EVERY == 0) {
            publishProgress();
            LOG.log(
                    System.Logger.Level.INFO,
                    "shard {0}: {1} entries replayed so far",
                    number,
                    state.sequence());
        }
    }

    private void serve() {
        while (!draining || !inbox.isEmpty()) {
            int done = 0;
            while (done < TASKS_PER_TURN) {
                ShardTask task = inbox.poll();
                if (task == null) {
                    break;
                }
                task.run();
                done++;
            }
            Instant begin = surroundings.clock().instant();
            Map<InstrumentId, PriceState> changed = prices.take();
            evaluate(changed, begin);
            publishProgress();
            if (done == 0 && changed.isEmpty()) {
                sleep();
            }
        }
    }

    private void evaluate(Map<InstrumentId, PriceState> changed, Instant begin) {
        if (!changed.isEmpty()) {
            state.pricesChanged(changed, Nanos.of(begin));
            surroundings
                    .metrics()
                    .evaluated(
                            number,
                            changed.size(),
                            Duration.between(begin, surroundings.clock().instant()));
        }
        state.timePassed(Nanos.of(begin));
        List<RiskTransition> transitions = state.takeTransitions();
        if (!transitions.isEmpty()) {
            transitions.forEach(surroundings.metrics()::riskChanged);
            surroundings.riskEvents().publish(transitions);
        }
        List<StandingChange> changes = state.takeStandingChanges();
        if (!changes.isEmpty()) {
            changes.forEach(surroundings.metrics()::standingChanged);
            surroundings.riskEvents().publishStandings(changes);
        }
    }

    private void publishProgress() {
        appliedSequence = state.sequence();
        accounts = state.ledger().accounts().size();
    }

    private void sleep() {
        sleeping = true;
        if (inbox.isEmpty() && !prices.isDirty() && !draining) {
            LockSupport.parkNanos(this, IDLE_WAIT.toNanos());
        }
        sleeping = false;
    }

    private void wake() {
        if (sleeping) {
            LockSupport.unpark(thread);
        }
    }

    private void offer(ShardTask task) {
        if (!accepting || over) {
            task.refuse(NotTakenReason.JOURNAL_UNAVAILABLE, whyNotAccepting());
        } else if (!inbox.offer(task)) {
            task.refuse(
                    NotTakenReason.OVERLOADED,
                    "the queue of shard %d is full: %d wait, the limit is %d"
                            .formatted(number, limits.queueCapacity(), limits.queueCapacity()));
        } else {
            wake();
            if (over) {
                refuseAll();
            }
        }
    }

    private String whyNotAccepting() {
        if (failure.isPresent()) {
            return "shard " + number + " has stopped for ever and needs an operator";
        }
        return draining
                ? "the service shuts down"
                : "shard %d has not replayed its journal yet".formatted(number);
    }

    private void refuseAll() {
        for (ShardTask task = inbox.poll(); task != null; task = inbox.poll()) {
            task.refuse(NotTakenReason.JOURNAL_UNAVAILABLE, whyNotAccepting());
        }
    }

    /** Stops for ever. */
    void fail(RuntimeException cause) {
        stopFor(cause);
    }

    private void stopFor(RuntimeException cause) {
        if (failure.isPresent()) {
            return;
        }
        failure = Optional.of(cause);
        accepting = false;
        draining = true;
        LOG.log(System.Logger.Level.ERROR, "shard " + number + " stops for ever", cause);
        surroundings.metrics().shardStopped(number, cause);
        committer.stop(surroundings.clock().instant());
        wake();
    }

    private void joinUntil(Thread joined, Instant limit) throws InterruptedException {
        Duration left = Duration.between(surroundings.clock().instant(), limit);
        if (joined.isAlive() && left.isPositive() && !joined.join(left)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} did not end in time; what it had not made durable is not acknowledged",
                    joined.getName());
        }
    }

    /** Why nothing can be taken now, before anything is decided. */
    private Optional<NotTakenReason> obstacle() {
        if (failure.isPresent() || committer.isStalled()) {
            return Optional.of(NotTakenReason.JOURNAL_UNAVAILABLE);
        }
        return committer.hasRoom() ? Optional.empty() : Optional.of(NotTakenReason.OVERLOADED);
    }

    private String describe(NotTakenReason reason) {
        return switch (reason) {
            case OVERLOADED ->
                    "%d entries of shard %d wait for a commit, the limit is %d"
                            .formatted(
                                    committer.pendingCount(), number, limits.commit().maxPending());
            case JOURNAL_UNAVAILABLE ->
                    "the journal of shard %d does not take entries now".formatted(number);
        };
    }

    /** A command on its way through the shard. */
    private final class CommandTask implements ShardTask {
        private final Command command;
        private final Consumer<CommandOutcome> reply;

        CommandTask(Command command, Consumer<CommandOutcome> reply) {
            this.command = command;
            this.reply = reply;
        }

        @Override
        public void run() {
            Optional<Reply> first = state.firstReply(command.commandId());
            if (first.isPresent() && first.get().sequence() <= committer.durableSequence()) {
                answer(outcome(first.get()));
                return;
            }
            Optional<NotTakenReason> obstacle = obstacle();
            if (obstacle.isPresent()) {
                refuse(obstacle.get(), describe(obstacle.get()));
                return;
            }
            if (first.isPresent()) {
                committer.afterAll(new CommandAnswer(outcome(first.get())));
                return;
            }
            JournalEntry entry = state.decideAndApply(command);
            committer.submit(entry, new CommandAnswer(outcome(entry.reply())));
        }

        private CommandOutcome outcome(Reply reply) {
            return CommandOutcome.of(command.commandId(), number, reply);
        }

        @Override
        public void refuse(NotTakenReason reason, String detail) {
            answer(
                    new CommandOutcome.NotTaken(
                            command.commandId(), reason, detail, limits.retryAfter()));
        }

        private void answer(CommandOutcome outcome) {
            surroundings.metrics().commandAnswered(outcome);
            reply.accept(outcome);
        }

        /** The outcome, once it is durable. */
        private final class CommandAnswer implements Committer.Durable {
            private final CommandOutcome outcome;

            CommandAnswer(CommandOutcome outcome) {
                this.outcome = outcome;
            }

            @Override
            public void durable() {
                answer(outcome);
            }

            @Override
            public void lost() {
                refuse(
                        NotTakenReason.JOURNAL_UNAVAILABLE,
                        "not known to be written; send it again with the same id");
            }
        }
    }

    /** A read on its way through the shard. */
    private final class ReadTask<T> implements ShardTask {
        private final Function<ShardState, T> read;
        private final ReadReply<T> reply;

        ReadTask(Function<ShardState, T> read, ReadReply<T> reply) {
            this.read = read;
            this.reply = reply;
        }

        @Override
        public void run() {
            if (reply.isAbandoned()) {
                return;
            }
            T value;
            try {
                value = read.apply(state);
            } catch (IllegalArgumentException | ArithmeticException e) {
                // The question was wrong, not the state: a read changes nothing.
                reply.failed(e);
                return;
            }
            if (state.sequence() <= committer.durableSequence()) {
                reply.value(value);
                return;
            }
            Optional<NotTakenReason> obstacle = obstacle();
            if (obstacle.isPresent()) {
                refuse(obstacle.get(), describe(obstacle.get()));
            } else {
                committer.afterAll(new ReadAnswer(value));
            }
        }

        @Override
        public void refuse(NotTakenReason reason, String detail) {
            reply.failed(new ReadFailedException(reason, detail));
        }

        /** The value, once everything that it shows is durable. */
        private final class ReadAnswer implements Committer.Durable {
            private final T value;

            ReadAnswer(T value) {
                this.value = value;
            }

            @Override
            public void durable() {
                reply.value(value);
            }

            @Override
            public void lost() {
                refuse(NotTakenReason.JOURNAL_UNAVAILABLE, "the journal was lost meanwhile");
            }
        }
    }
}
