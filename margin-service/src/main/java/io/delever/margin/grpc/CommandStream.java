package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.SubmitCommandsRequest;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One stream of command batches: responses in the order of the requests, and no more requests asked
 * for than may wait. A stream that is cut loses replies, never commands: each may be sent again
 * with its id. JRNL-003, JRNL-014.
 */
final class CommandStream implements StreamObserver<SubmitCommandsRequest> {

    /** One request that waits for the replies of all its commands. */
    private final class Pending {
        private final long batchId;
        private final CommandReply[] replies;
        private final AtomicInteger missing;

        Pending(SubmitCommandsRequest request) {
            batchId = request.getBatchId();
            replies = new CommandReply[request.getCommandsCount()];
            missing = new AtomicInteger(replies.length);
        }

        void reply(int place, CommandReply reply) {
            replies[place] = reply;
            if (missing.decrementAndGet() == 0) {
                sendFinished();
            }
        }

        boolean isFinished() {
            return missing.get() == 0;
        }

        SubmitCommandsResponse message() {
            return SubmitCommandsResponse.newBuilder()
                    .setBatchId(batchId)
                    .addAllReplies(Arrays.asList(replies))
                    .build();
        }
    }

    private final ServerCallStreamObserver<SubmitCommandsResponse> responses;
    private final BiConsumer<Command, Consumer<CommandReply>> submit;
    private final Failures failures;
    private final int maxBatch;
    private final Deque<Pending> inFlight = new ArrayDeque<>();
    private boolean halfClosed;
    private boolean ended;

    /**
     * Begins to read requests.
     *
     * @param submit takes one command and calls back once with its reply, on any thread
     * @param maxInFlight most requests that wait for their response
     */
    CommandStream(
            ServerCallStreamObserver<SubmitCommandsResponse> responses,
            BiConsumer<Command, Consumer<CommandReply>> submit,
            Failures failures,
            int maxBatch,
            int maxInFlight) {
        this.responses = responses;
        this.submit = submit;
        this.failures = failures;
        this.maxBatch = maxBatch;
        responses.disableAutoRequest();
        responses.setOnReadyHandler(this::sendFinished);
        responses.setOnCancelHandler(this::cancelled);
        responses.request(maxInFlight);
    }

    @Override
    public void onNext(SubmitCommandsRequest request) {
        if (request.getCommandsCount() > maxBatch) {
            fail(
                    failures.invalid(
                            "BATCH_TOO_LARGE",
                            "batch %d has %d commands, the limit is %d"
                                    .formatted(
                                            request.getBatchId(),
                                            request.getCommandsCount(),
                                            maxBatch),
                            Map.of(
                                    "id", Long.toString(request.getBatchId()),
                                    "value", Integer.toString(request.getCommandsCount()),
                                    "limit", Integer.toString(maxBatch))));
            return;
        }
        Pending pending = new Pending(request);
        synchronized (this) {
            if (ended) {
                return;
            }
            inFlight.add(pending);
        }
        for (int i = 0; i < request.getCommandsCount(); i++) {
            int place = i;
            submit.accept(request.getCommands(i), reply -> pending.reply(place, reply));
        }
        if (request.getCommandsCount() == 0) {
            sendFinished();
        }
    }

    @Override
    public void onError(Throwable failure) {
        cancelled();
    }

    @Override
    public synchronized void onCompleted() {
        halfClosed = true;
        sendFinished();
    }

    private synchronized void sendFinished() {
        while (!ended && !inFlight.isEmpty() && inFlight.peek().isFinished()) {
            if (!responses.isReady()) {
                return;
            }
            responses.onNext(inFlight.remove().message());
            if (!halfClosed) {
                responses.request(1);
            }
        }
        if (!ended && halfClosed && inFlight.isEmpty()) {
            ended = true;
            responses.onCompleted();
        }
    }

    private synchronized void fail(RuntimeException failure) {
        if (!ended) {
            ended = true;
            inFlight.clear();
            responses.onError(failure);
        }
    }

    private synchronized void cancelled() {
        ended = true;
        inFlight.clear();
    }
}
