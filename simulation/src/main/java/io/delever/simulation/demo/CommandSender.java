package io.delever.simulation.demo;

import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.SubmitCommandsRequest;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.delever.simulation.stack.StackException;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends commands to margin-service until each of them has its answer. What was not taken, or whose
 * answer was lost with a connection, is sent again with the same id, so that each takes effect
 * exactly once.
 */
public final class CommandSender {
    private static final int BATCH = 256;
    private static final int IN_FLIGHT = 4;
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration STREAM_LIMIT = Duration.ofMinutes(1);

    private final ManagedChannel channel;

    /** Sends over this channel. */
    public CommandSender(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * Sends commands and waits for every answer. Commands whose order matters go in different
     * calls.
     *
     * @param commands each with its own id
     * @param limit how long to try
     * @return the refused ones
     * @throws StackException where some have no answer in time, or one is malformed
     */
    public List<CommandReply> send(List<Command> commands, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Command> pending = new LinkedHashMap<>();
        commands.forEach(command -> pending.put(command.getCommandId(), command));
        List<CommandReply> refused = new ArrayList<>();
        while (!pending.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "margin-service gave no answer to "
                                + pending.size()
                                + " of "
                                + commands.size()
                                + " commands in "
                                + limit.toSeconds()
                                + " s, the first is "
                                + pending.keySet().iterator().next());
            }
            Round round = new Round(new ArrayList<>(pending.values()));
            for (CommandReply reply : round.run()) {
                take(reply, pending, refused);
            }
            if (!pending.isEmpty()) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
        return refused;
    }

    private static void take(
            CommandReply reply, Map<String, Command> pending, List<CommandReply> refused) {
        if (reply.hasNotTaken()) {
            if (reply.getNotTaken().getReason() == NotTakenReason.NOT_TAKEN_REASON_MALFORMED) {
                throw new StackException(
                        "margin-service calls command "
                                + reply.getCommandId()
                                + " malformed: "
                                + reply.getNotTaken().getDetail());
            }
            return;
        }
        if (pending.remove(reply.getCommandId()) != null && reply.hasRejected()) {
            refused.add(reply);
        }
    }

    /** One stream: everything is sent once, with few batches under way at a time. */
    private final class Round implements StreamObserver<SubmitCommandsResponse> {
        private final List<Command> commands;
        private final List<CommandReply> replies = new ArrayList<>();
        private final Semaphore free = new Semaphore(IN_FLIGHT);
        private Optional<Throwable> failure = Optional.empty();
        private boolean completed;

        Round(List<Command> commands) {
            this.commands = commands;
        }

        List<CommandReply> run() {
            StreamObserver<SubmitCommandsRequest> out =
                    AccountCommandServiceGrpc.newStub(channel)
                            .withDeadlineAfter(STREAM_LIMIT)
                            .submitCommands(this);
            try {
                for (int from = 0; from < commands.size() && !isOver(); from += BATCH) {
                    free.acquire();
                    int to = Math.min(commands.size(), from + BATCH);
                    out.onNext(
                            SubmitCommandsRequest.newBuilder()
                                    .setBatchId(from)
                                    .addAllCommands(commands.subList(from, to))
                                    .build());
                }
                if (!isOver()) {
                    out.onCompleted();
                }
                awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted while sending commands", e);
            } catch (IllegalStateException e) {
                // The call was closed under our hands; what has no answer goes into the next round.
                end(Optional.of(e));
            }
            synchronized (this) {
                return List.copyOf(replies);
            }
        }

        private synchronized boolean isOver() {
            return completed || failure.isPresent();
        }

        private synchronized void awaitEnd() throws InterruptedException {
            while (!completed && failure.isEmpty()) {
                wait();
            }
        }

        private synchronized void end(Optional<Throwable> why) {
            failure = why;
            completed = true;
            free.release(IN_FLIGHT);
            notifyAll();
        }

        @Override
        public void onNext(SubmitCommandsResponse response) {
            synchronized (this) {
                replies.addAll(response.getRepliesList());
            }
            free.release();
        }

        @Override
        public void onError(Throwable why) {
            end(Optional.of(why));
        }

        @Override
        public void onCompleted() {
            end(Optional.empty());
        }
    }
}
