package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.contracts.margin.v1.SubmitCommandResponse;
import io.delever.contracts.margin.v1.SubmitCommandsRequest;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.delever.engine.margin.Command;
import io.delever.margin.core.CommandOutcome;
import io.delever.margin.core.MarginShards;
import io.delever.margin.core.Nanos;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Commands over gRPC: translates, hands over, and answers when the core does. */
@GrpcService
public class CommandGrpc extends AccountCommandServiceGrpc.AccountCommandServiceImplBase {
    private final MarginShards shards;
    private final InstantSource clock;
    private final CallLimits limits;
    private final Failures failures;

    /** Serves these shards. */
    public CommandGrpc(MarginShards shards, InstantSource clock, CallLimits limits) {
        this.shards = shards;
        this.clock = clock;
        this.limits = limits;
        this.failures = new Failures(limits.retryAfter());
    }

    @Override
    public void submitCommand(
            SubmitCommandRequest request, StreamObserver<SubmitCommandResponse> response) {
        Command command;
        try {
            command = CommandMessages.command(request.getCommand(), now());
        } catch (IllegalArgumentException e) {
            response.onError(failures.invalid(e));
            return;
        }
        shards.submit(command, outcome -> answer(outcome, response));
    }

    @Override
    public StreamObserver<SubmitCommandsRequest> submitCommands(
            StreamObserver<SubmitCommandsResponse> response) {
        return new CommandStream(
                (ServerCallStreamObserver<SubmitCommandsResponse>) response,
                this::submit,
                failures,
                limits.maxBatch(),
                limits.maxInFlight());
    }

    private void submit(
            io.delever.contracts.margin.v1.Command message, Consumer<CommandReply> reply) {
        Command command;
        try {
            command = CommandMessages.command(message, now());
        } catch (IllegalArgumentException e) {
            reply.accept(CommandMessages.malformed(message.getCommandId(), e));
            return;
        }
        shards.submit(command, outcome -> reply.accept(CommandMessages.reply(outcome)));
    }

    private void answer(CommandOutcome outcome, StreamObserver<SubmitCommandResponse> response) {
        if (outcome instanceof CommandOutcome.NotTaken notTaken) {
            response.onError(
                    failures.notTaken(
                            notTaken.reason(),
                            "command %s: %s".formatted(notTaken.commandId(), notTaken.detail())));
            return;
        }
        response.onNext(
                SubmitCommandResponse.newBuilder()
                        .setReply(CommandMessages.reply(outcome))
                        .build());
        response.onCompleted();
    }

    private long now() {
        return Nanos.of(clock.instant());
    }
}
