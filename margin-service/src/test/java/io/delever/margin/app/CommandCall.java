package io.delever.margin.app;

import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.SubmitCommandsRequest;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.delever.testing.Await;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One stream of commands as a client holds it. */
public final class CommandCall
        implements ClientResponseObserver<SubmitCommandsRequest, SubmitCommandsResponse> {
    private final List<SubmitCommandsResponse> responses = new CopyOnWriteArrayList<>();
    private ClientCallStreamObserver<SubmitCommandsRequest> requests;
    private volatile boolean completed;
    private volatile Optional<Status> failure = Optional.empty();

    public CommandCall(Channel channel) {
        var _ = AccountCommandServiceGrpc.newStub(channel).submitCommands(this);
    }

    public void send(long batch, List<Command> commands) {
        requests.onNext(
                SubmitCommandsRequest.newBuilder()
                        .setBatchId(batch)
                        .addAllCommands(commands)
                        .build());
    }

    public void halfClose() {
        requests.onCompleted();
    }

    /** Ends the stream as a client does that goes away. */
    public void cut() {
        requests.cancel("cut by the test", null);
    }

    public List<SubmitCommandsResponse> responses() {
        return responses;
    }

    public boolean isOver() {
        return completed || failure.isPresent();
    }

    public void awaitResponses(int count, Duration limit) {
        Await.until(count + " responses", limit, () -> responses.size() >= count);
    }

    public List<SubmitCommandsResponse> awaitEnd(Duration limit) {
        Await.until("end of the stream", limit, this::isOver);
        failure.ifPresent(
                status -> {
                    throw new AssertionError("the stream failed: " + status);
                });
        return responses;
    }

    public Status awaitFailure(Duration limit) {
        Await.until("failure of the stream", limit, () -> failure.isPresent());
        return failure.orElseThrow();
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubmitCommandsRequest> call) {
        requests = call;
    }

    @Override
    public void onNext(SubmitCommandsResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable t) {
        failure = Optional.of(Status.fromThrowable(t));
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}
