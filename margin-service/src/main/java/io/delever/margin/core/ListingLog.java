package io.delever.margin.core;

import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.AccountEvent;
import io.delever.engine.margin.Command;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Listings hold in every shard alike. Shard 0 decides them; the others take its accepted ones, in
 * its order, so that all shards have the same parameters after the same number of listings. What a
 * crash leaves behind is caught up. JRNL-013.
 *
 * <p>One thread at a time calls this, and it may block.
 */
final class ListingLog {
    private static final Duration STEP_LIMIT = Duration.ofSeconds(10);

    private final List<Shard> shards;

    ListingLog(List<Shard> shards) {
        this.shards = shards;
    }

    /** Lists in every shard; accepted means durable in all of them. */
    CommandOutcome list(Command command, Duration retryAfter) throws InterruptedException {
        try {
            CommandOutcome outcome = submit(shards.getFirst(), command);
            if (outcome instanceof CommandOutcome.Accepted) {
                catchUp();
            }
            return outcome;
        } catch (ReadFailedException e) {
            return new CommandOutcome.NotTaken(
                    command.commandId(), e.reason(), e.getMessage(), retryAfter);
        }
    }

    /**
     * Gives every shard the listings it lacks.
     *
     * @throws ReadFailedException where a shard cannot take them now; to be called again
     */
    void catchUp() throws InterruptedException {
        for (Shard shard : shards.subList(1, shards.size())) {
            int known = await(shard, ShardState::listingCount);
            for (ShardState.Listing listing :
                    await(shards.getFirst(), leader -> leader.listingsFrom(known))) {
                CommandOutcome outcome = submit(shard, commandOf(listing));
                switch (outcome) {
                    case CommandOutcome.Accepted a -> {}
                    case CommandOutcome.NotTaken n ->
                            throw new ReadFailedException(n.reason(), n.detail());
                    case CommandOutcome.Refused r ->
                            throw new IllegalStateException(
                                    "shard %d refused listing %s that shard 0 has accepted: %s"
                                            .formatted(r.shard(), r.commandId(), r.detail()));
                }
            }
        }
    }

    private static Command commandOf(ShardState.Listing listing) {
        AccountCommand action =
                switch (listing.event()) {
                    case AccountEvent.InstrumentListed e ->
                            new AccountCommand.InstrumentListing(e.instrument());
                    case AccountEvent.AssetListed e -> new AccountCommand.AssetListing(e.asset());
                    case AccountEvent.AccountOpened e -> throw notAListing(e);
                    case AccountEvent.BalanceChanged e -> throw notAListing(e);
                    case AccountEvent.PositionChanged e -> throw notAListing(e);
                    case AccountEvent.LeverageChosen e -> throw notAListing(e);
                    case AccountEvent.TransferStarted e -> throw notAListing(e);
                    case AccountEvent.TransferFinished e -> throw notAListing(e);
                };
        return new Command(listing.commandId(), listing.eventTimeNanos(), action);
    }

    private static IllegalStateException notAListing(AccountEvent event) {
        return new IllegalStateException("not a listing: " + event);
    }

    private static CommandOutcome submit(Shard shard, Command command) throws InterruptedException {
        CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();
        shard.submit(command, outcome::complete);
        return await(outcome);
    }

    private static <T> T await(Shard shard, java.util.function.Function<ShardState, T> read)
            throws InterruptedException {
        CompletableFuture<T> value = new CompletableFuture<>();
        shard.read(read, new FutureReply<>(value));
        return await(value);
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(STEP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ReadFailedException(
                    NotTakenReason.JOURNAL_UNAVAILABLE,
                    "a shard has not answered within " + STEP_LIMIT);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ReadFailedException failed
                    ? failed
                    : new IllegalStateException(e.getCause());
        }
    }

    /** A reply for a thread that waits. */
    private record FutureReply<T>(CompletableFuture<T> future) implements ReadReply<T> {
        @Override
        public void value(T value) {
            future.complete(value);
        }

        @Override
        public void failed(RuntimeException failure) {
            future.completeExceptionally(failure);
        }

        @Override
        public boolean isAbandoned() {
            return future.isDone();
        }
    }
}
