package io.delever.simulation.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.margin.v1.Accepted;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.NotTaken;
import io.delever.contracts.margin.v1.NotTakenReason;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.SubmitCommandsRequest;
import io.delever.contracts.margin.v1.SubmitCommandsResponse;
import io.delever.simulation.stack.StackException;
import io.delever.testing.Covers;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandSenderTest {
    private final ForgetfulMargin margin = new ForgetfulMargin();
    private final Server server = serve();
    private final ManagedChannel channel = Channels.open(server.getPort());
    private final CommandSender sender = new CommandSender(channel);

    private Server serve() {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(margin)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    @Covers("SIMU-058")
    void everyCommandIsAnsweredAndTakesEffectOnceWhateverIsLost() {
        List<CommandReply> refused = sender.send(commands(2_000), Duration.ofMinutes(1));
        assertThat(margin.effects).hasSize(2_000).allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
        assertThat(margin.streams).isGreaterThan(2);
        assertThat(refused).extracting(CommandReply::getCommandId).containsExactly("c-13");
    }

    @Test
    @Covers("SIMU-058")
    void aMalformedCommandAndAServiceThatStaysAwayAreSaid() {
        assertThatThrownBy(
                        () ->
                                sender.send(
                                        List.of(Command.newBuilder().setCommandId("bad").build()),
                                        Duration.ofSeconds(30)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("calls command bad malformed: no kind");
        server.shutdownNow();
        assertThatThrownBy(() -> sender.send(commands(1), Duration.ofMillis(600)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("no answer to 1 of 1 commands");
    }

    private static List<Command> commands(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Command.newBuilder().setCommandId("c-" + i).build())
                .toList();
    }

    /**
     * Takes every command once by its id, has no room now and then, and loses answers with the
     * connection.
     */
    private static final class ForgetfulMargin
            extends AccountCommandServiceGrpc.AccountCommandServiceImplBase {
        private final Map<String, Integer> effects = new HashMap<>();
        private int streams;
        private int requests;

        @Override
        public StreamObserver<SubmitCommandsRequest> submitCommands(
                StreamObserver<SubmitCommandsResponse> answer) {
            synchronized (this) {
                streams++;
            }
            return new StreamObserver<>() {
                private boolean cut;

                @Override
                public void onNext(SubmitCommandsRequest request) {
                    if (cut) {
                        return;
                    }
                    SubmitCommandsResponse response = take(request);
                    if (isEvery(5)) {
                        cut = true;
                        answer.onError(Status.UNAVAILABLE.asRuntimeException());
                    } else {
                        answer.onNext(response);
                    }
                }

                @Override
                public void onError(Throwable t) {}

                @Override
                public void onCompleted() {
                    if (!cut) {
                        answer.onCompleted();
                    }
                }
            };
        }

        private synchronized boolean isEvery(int n) {
            return ++requests % n == 3;
        }

        private synchronized SubmitCommandsResponse take(SubmitCommandsRequest request) {
            SubmitCommandsResponse.Builder response =
                    SubmitCommandsResponse.newBuilder().setBatchId(request.getBatchId());
            int place = 0;
            for (Command command : request.getCommandsList()) {
                String id = command.getCommandId();
                CommandReply.Builder reply = CommandReply.newBuilder().setCommandId(id);
                boolean known = effects.containsKey(id);
                if (id.equals("bad")) {
                    reply.setNotTaken(
                            NotTaken.newBuilder()
                                    .setReason(NotTakenReason.NOT_TAKEN_REASON_MALFORMED)
                                    .setDetail("no kind"));
                } else if (!known && ++place % 50 == 49) {
                    reply.setNotTaken(
                            NotTaken.newBuilder()
                                    .setReason(NotTakenReason.NOT_TAKEN_REASON_OVERLOADED));
                } else {
                    effects.putIfAbsent(id, 1);
                    if (id.equals("c-13")) {
                        reply.setRejected(Rejected.getDefaultInstance());
                    } else {
                        reply.setAccepted(Accepted.getDefaultInstance());
                    }
                }
                response.addReplies(reply);
            }
            return response.build();
        }
    }
}
