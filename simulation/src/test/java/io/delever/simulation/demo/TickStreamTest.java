package io.delever.simulation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.contracts.price.v1.Tick;
import io.delever.contracts.price.v1.TickRejection;
import io.delever.contracts.price.v1.TickRejectionReason;
import io.delever.simulation.market.SourceKey;
import io.delever.simulation.market.TickSeries;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickStreamTest {
    private static final int TICKS = 1_000;

    private final Set<Long> seen = new ConcurrentSkipListSet<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Server server = serve();
    private final ManagedChannel channel = Channels.open(server.getPort());

    private Server serve() {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new MoodyPrices())
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
    @Covers("SIMU-073")
    void everyTickIsTakenAndCountedOnceWhateverBreaks() throws InterruptedException {
        TickSeries.Builder ticks = new TickSeries.Builder(List.of(new SourceKey("a", "X")));
        for (int i = 0; i < TICKS; i++) {
            ticks.add(0, i * 1_000_000L, 1 + i, 0);
        }
        TickStream stream =
                new TickStream(channel, new ReplayClock(() -> Instant.EPOCH, 0), ticks.build());
        for (int from = 0; from < TICKS; from += 10) {
            stream.send(IntStream.range(from, from + 10).boxed().toList());
        }
        stream.drain(Duration.ofSeconds(60));
        assertThat(stream.unansweredBatches()).isZero();
        assertThat(seen).hasSize(TICKS);
        // One tick of each batch is turned down by the test's server.
        assertThat(stream.accepted()).isEqualTo(TICKS - TICKS / 10);
        assertThat(stream.rejected()).containsExactly(java.util.Map.entry("absurd_price", 100L));
        assertThat(stream.reconnects()).isPositive();
        stream.close();
    }

    /** Has no room for some batches and breaks the stream after others. */
    private final class MoodyPrices extends PriceIngestServiceGrpc.PriceIngestServiceImplBase {
        @Override
        public StreamObserver<IngestTicksRequest> ingestTicks(
                StreamObserver<IngestTicksResponse> answer) {
            return new StreamObserver<>() {
                private boolean cut;

                @Override
                public void onNext(IngestTicksRequest request) {
                    if (cut) {
                        return;
                    }
                    int number = requests.incrementAndGet();
                    IngestTicksResponse.Builder response =
                            IngestTicksResponse.newBuilder().setBatchId(request.getBatchId());
                    if (number % 7 == 3) {
                        answer.onNext(response.setRetryAfterNanos(1_000_000).build());
                        return;
                    }
                    if (number % 23 == 11) {
                        cut = true;
                        answer.onError(Status.UNAVAILABLE.asRuntimeException());
                        return;
                    }
                    for (Tick tick : request.getTicksList()) {
                        seen.add(tick.getPriceE8());
                    }
                    answer.onNext(
                            response.setAcceptedCount(request.getTicksCount() - 1)
                                    .addRejections(
                                            TickRejection.newBuilder()
                                                    .setReason(
                                                            TickRejectionReason
                                                                    .TICK_REJECTION_REASON_ABSURD_PRICE))
                                    .build());
                }

                @Override
                public void onError(Throwable t) {}

                @Override
                public void onCompleted() {
                    answer.onCompleted();
                }
            };
        }
    }
}
