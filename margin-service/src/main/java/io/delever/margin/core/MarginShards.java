package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All shards of this process: sends each command and read to where it belongs. Nothing here blocks
 * its caller.
 */
public final class MarginShards {
    private static final System.Logger LOG = System.getLogger(MarginShards.class.getName());
    private static final Duration DRIVE_INTERVAL = Duration.ofMillis(500);
    private static final int MAX_WAITING_LISTINGS = 256;

    private final ShardLimits limits;
    private final Surroundings surroundings;
    private final ShardRouter router;
    private final List<Shard> shards;
    private final Transfers transfers;
    private final ListingLog listings;
    private final AtomicInteger waitingListings = new AtomicInteger();
    private final ScheduledExecutorService legs =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("margin-legs").factory());

    /** Shards that do nothing before {@link #start}. */
    public MarginShards(
            AccountJournal journal,
            ShardLimits limits,
            MarginParameters parameters,
            StandingRules standings,
            Surroundings surroundings) {
        this.limits = limits;
        this.surroundings = surroundings;
        this.router = new ShardRouter(limits.count());
        List<Shard> created = new ArrayList<>();
        for (int i = 0; i < limits.count(); i++) {
            int number = i;
            created.add(
                    new Shard(
                            number,
                            journal,
                            limits,
                            surroundings,
                            () -> new ShardState(number, parameters, standings)));
        }
        this.shards = List.copyOf(created);
        this.transfers = new Transfers(shards, router, surroundings.clock(), limits);
        this.listings = new ListingLog(shards);
    }

    /** Starts the threads, which replay the journal; only with a granted claim. */
    public void start() {
        shards.forEach(Shard::start);
    }

    /** Waits until every shard has replayed its journal; false where one has not by then. */
    public boolean awaitReplay(Duration limit) throws InterruptedException {
        Instant end = surroundings.clock().instant().plus(limit);
        for (Shard shard : shards) {
            if (!shard.awaitReplay(Duration.between(surroundings.clock().instant(), end))) {
                return false;
            }
        }
        return true;
    }

    /** Begins to take commands and reads, and to finish what a crash has left half done. */
    public void open() {
        shards.forEach(Shard::accept);
        var _ =
                legs.scheduleWithFixedDelay(
                        this::drive, 0, DRIVE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes a command; its outcome comes once, on any thread, when it is durable or not taken. */
    public void submit(Command command, Consumer<CommandOutcome> reply) {
        switch (command.action()) {
            case AccountCommand.Deposit c -> submit(c.account(), command, reply);
            case AccountCommand.Withdrawal c -> submit(c.account(), command, reply);
            case AccountCommand.Fill c -> submit(c.account(), command, reply);
            case AccountCommand.LeverageChange c -> submit(c.account(), command, reply);
            case AccountCommand.MarginModeChange c -> submit(c.account(), command, reply);
            case AccountCommand.InsuranceSettlement c -> submit(c.account(), command, reply);
            case AccountCommand.Transfer c -> transfers.submit(command, c.from(), reply);
            case AccountCommand.InstrumentListing c -> list(command, reply);
            case AccountCommand.AssetListing c -> list(command, reply);
            case AccountCommand.TransferCredit c -> throw internal(command);
            case AccountCommand.TransferFinish c -> throw internal(command);
        }
    }

    /** Reads in the shard of an account. */
    public <T> void read(AccountId account, Function<ShardState, T> read, ReadReply<T> reply) {
        shards.get(router.shardOf(account)).read(read, reply);
    }

    /** Reads what all shards have alike: listings and prices. */
    public <T> void readCommon(Function<ShardState, T> read, ReadReply<T> reply) {
        shards.getFirst().read(read, reply);
    }

    /** Reads in every shard; the values come in the order of the shards. */
    public <T> void readAll(Function<ShardState, T> read, ReadReply<List<T>> reply) {
        Gathering<T> gathering = new Gathering<>(shards.size(), reply);
        for (int i = 0; i < shards.size(); i++) {
            shards.get(i).read(read, gathering.part(i));
        }
    }

    /** Leaves the newest prices for every shard. */
    public void pricesChanged(Map<InstrumentId, PriceState> changed) {
        shards.forEach(shard -> shard.offerPrices(changed));
    }

    /** How each shard is. */
    public List<ShardStatus> statuses() {
        return shards.stream().map(Shard::status).toList();
    }

    /** How one shard is. */
    public ShardStatus status(int shard) {
        return shards.get(shard).status();
    }

    /** Stops taking, finishes and commits what was taken, and ends the threads. */
    public void stop(Duration limit) throws InterruptedException {
        legs.shutdownNow();
        Instant giveUpAt = surroundings.clock().instant().plus(limit);
        for (Shard shard : shards) {
            shard.stop(giveUpAt);
        }
    }

    /**
     * Stops for ever, because another process has taken over or the shards contradict each other.
     */
    public void fail(RuntimeException cause) {
        shards.forEach(shard -> shard.fail(cause));
    }

    private void submit(AccountId account, Command command, Consumer<CommandOutcome> reply) {
        shards.get(router.shardOf(account)).submit(command, reply);
    }

    private void list(Command command, Consumer<CommandOutcome> reply) {
        if (waitingListings.incrementAndGet() > MAX_WAITING_LISTINGS) {
            waitingListings.decrementAndGet();
            reply.accept(
                    new CommandOutcome.NotTaken(
                            command.commandId(),
                            NotTakenReason.OVERLOADED,
                            "%d listings wait, the limit is %d"
                                    .formatted(MAX_WAITING_LISTINGS, MAX_WAITING_LISTINGS),
                            limits.retryAfter()));
            return;
        }
        try {
            legs.execute(
                    () -> {
                        waitingListings.decrementAndGet();
                        listNow(command, reply);
                    });
        } catch (RejectedExecutionException e) {
            reply.accept(shuttingDown(command));
        }
    }

    private void listNow(Command command, Consumer<CommandOutcome> reply) {
        try {
            reply.accept(listings.list(command, limits.retryAfter()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply.accept(shuttingDown(command));
        } catch (IllegalStateException e) {
            fail(e);
            reply.accept(shuttingDown(command));
        }
    }

    private void drive() {
        try {
            listings.catchUp();
            transfers.driveAgain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ReadFailedException e) {
            LOG.log(System.Logger.Level.DEBUG, "unfinished legs wait: {0}", e.getMessage());
        } catch (IllegalStateException e) {
            fail(e);
        }
    }

    private CommandOutcome shuttingDown(Command command) {
        return new CommandOutcome.NotTaken(
                command.commandId(),
                NotTakenReason.JOURNAL_UNAVAILABLE,
                "the service stops",
                limits.retryAfter());
    }

    private static IllegalArgumentException internal(Command command) {
        return new IllegalArgumentException(
                "command %s is a leg of a transfer and cannot be sent"
                        .formatted(command.commandId()));
    }

    /** Values of all shards on their way to one reader. */
    private static final class Gathering<T> {
        private final AtomicReferenceArray<T> values;
        private final AtomicInteger missing;
        private final ReadReply<List<T>> reply;

        Gathering(int parts, ReadReply<List<T>> reply) {
            this.values = new AtomicReferenceArray<>(parts);
            this.missing = new AtomicInteger(parts);
            this.reply = reply;
        }

        ReadReply<T> part(int place) {
            return new ReadReply<>() {
                @Override
                public void value(T value) {
                    values.set(place, value);
                    if (missing.decrementAndGet() == 0) {
                        reply.value(all());
                    }
                }

                @Override
                public void failed(RuntimeException failure) {
                    if (missing.getAndSet(Integer.MIN_VALUE) > 0) {
                        reply.failed(failure);
                    }
                }

                @Override
                public boolean isAbandoned() {
                    return missing.get() <= 0 || reply.isAbandoned();
                }
            };
        }

        private List<T> all() {
            List<T> all = new ArrayList<>(values.length());
            for (int i = 0; i < values.length(); i++) {
                all.add(values.get(i));
            }
            return all;
        }
    }
}
