package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.PendingTransfer;
import io.delever.engine.margin.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Transfers in their three legs: the money leaves the sender and waits in clearing, the receiver's
 * shard takes it (the caller is answered then), and the sender's shard closes the transfer or takes
 * the money back.
 *
 * <p>Every leg is a journaled command whose id follows from the transfer's, so each may be sent any
 * number of times. A leg that was lost to a crash or a full queue is sent again by {@link
 * #driveAgain}. JRNL-012.
 */
final class Transfers {
    private static final int DRIVEN_AT_ONCE = 256;

    private final List<Shard> shards;
    private final ShardRouter router;
    private final InstantSource clock;
    private final ShardLimits limits;
    private final AtomicInteger open = new AtomicInteger();

    Transfers(List<Shard> shards, ShardRouter router, InstantSource clock, ShardLimits limits) {
        this.shards = shards;
        this.router = router;
        this.clock = clock;
        this.limits = limits;
    }

    /** Drives a transfer that a client sent; {@code from} is its sender. */
    void submit(Command command, AccountId from, Consumer<CommandOutcome> reply) {
        if (open.incrementAndGet() > limits.maxOpenTransfers()) {
            open.decrementAndGet();
            reply.accept(
                    notTaken(
                            command.commandId(),
                            NotTakenReason.OVERLOADED,
                            "%d transfers are on their way, the limit is %d"
                                    .formatted(
                                            limits.maxOpenTransfers(), limits.maxOpenTransfers())));
            return;
        }
        Consumer<CommandOutcome> closing =
                outcome -> {
                    open.decrementAndGet();
                    reply.accept(outcome);
                };
        Shard sender = shards.get(router.shardOf(from));
        sender.submit(command, first -> afterFirstLeg(sender, first, closing));
    }

    /**
     * Sends the next leg of transfers that wait; harmless for those that are being driven anyway.
     */
    void driveAgain() {
        for (Shard sender : shards) {
            sender.read(
                    state -> state.pendingTransfers(DRIVEN_AT_ONCE),
                    new TransferReply<>(
                            pending ->
                                    pending.forEach(
                                            transfer -> credit(sender, transfer, outcome -> {})),
                            failure -> {}));
        }
    }

    private void afterFirstLeg(Shard sender, CommandOutcome first, Consumer<CommandOutcome> reply) {
        switch (first) {
            case CommandOutcome.NotTaken n -> reply.accept(n);
            case CommandOutcome.Refused r -> reply.accept(r);
            case CommandOutcome.Accepted accepted ->
                    sender.read(
                            state -> state.progressOf(accepted.commandId()),
                            new TransferReply<>(
                                    progress -> onward(sender, accepted, progress, reply),
                                    failure ->
                                            reply.accept(
                                                    notTaken(
                                                            accepted.commandId(),
                                                            failure.reason(),
                                                            failure.getMessage()))));
        }
    }

    private void onward(
            Shard sender,
            CommandOutcome.Accepted accepted,
            ShardState.TransferProgress progress,
            Consumer<CommandOutcome> reply) {
        switch (progress) {
            case ShardState.TransferProgress.Delivered d -> reply.accept(accepted);
            case ShardState.TransferProgress.Pending pending ->
                    credit(
                            sender,
                            pending.transfer(),
                            outcome -> reply.accept(overall(accepted, outcome)));
            case ShardState.TransferProgress.Returned returned ->
                    readRefusal(accepted, returned.refusedFor(), reply);
        }
    }

    private void credit(
            Shard sender, PendingTransfer transfer, Consumer<CommandOutcome> creditOutcome) {
        Shard receiver = shards.get(router.shardOf(transfer.to()));
        receiver.submit(
                transfer.credit(now()),
                outcome -> {
                    creditOutcome.accept(outcome);
                    switch (outcome) {
                        case CommandOutcome.NotTaken n -> {}
                        case CommandOutcome.Accepted a ->
                                finish(sender, transfer, new Reply.Accepted(a.sequence()));
                        case CommandOutcome.Refused r ->
                                finish(
                                        sender,
                                        transfer,
                                        new Reply.Rejected(r.sequence(), r.reason(), r.detail()));
                    }
                });
    }

    private void finish(Shard sender, PendingTransfer transfer, Reply creditReply) {
        // Where this is not taken, the transfer stays pending and is driven again.
        sender.submit(transfer.finish(creditReply, now()), outcome -> {});
    }

    /**
     * What the caller is told: the place of the first leg, or why the receiver could not take it.
     */
    private static CommandOutcome overall(CommandOutcome.Accepted first, CommandOutcome credit) {
        return switch (credit) {
            case CommandOutcome.Accepted a -> first;
            case CommandOutcome.Refused r ->
                    new CommandOutcome.Refused(
                            first.commandId(), r.reason(), r.detail(), r.shard(), r.sequence());
            case CommandOutcome.NotTaken n ->
                    new CommandOutcome.NotTaken(
                            first.commandId(), n.reason(), n.detail(), n.retryAfter());
        };
    }

    private void readRefusal(
            CommandOutcome.Accepted accepted, AccountId receiver, Consumer<CommandOutcome> reply) {
        Shard shard = shards.get(router.shardOf(receiver));
        String creditId = accepted.commandId() + Command.CREDIT_SUFFIX;
        shard.read(
                state ->
                        state.firstReply(creditId)
                                .map(r -> CommandOutcome.of(creditId, state.shard(), r))
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "no answer to " + creditId)),
                new TransferReply<>(
                        credit -> reply.accept(overall(accepted, credit)),
                        failure ->
                                reply.accept(
                                        notTaken(
                                                accepted.commandId(),
                                                failure.reason(),
                                                failure.getMessage()))));
    }

    private CommandOutcome.NotTaken notTaken(
            String commandId, NotTakenReason reason, String detail) {
        return new CommandOutcome.NotTaken(commandId, reason, detail, limits.retryAfter());
    }

    private long now() {
        return Nanos.of(clock.instant());
    }

    /** A reply that is always waited for. */
    private record TransferReply<T>(Consumer<T> onValue, Consumer<ReadFailedException> onFailure)
            implements ReadReply<T> {
        @Override
        public void value(T value) {
            onValue.accept(value);
        }

        @Override
        public void failed(RuntimeException failure) {
            onFailure.accept(
                    failure instanceof ReadFailedException read
                            ? read
                            : new ReadFailedException(
                                    NotTakenReason.JOURNAL_UNAVAILABLE, failure.getMessage()));
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }
    }
}
