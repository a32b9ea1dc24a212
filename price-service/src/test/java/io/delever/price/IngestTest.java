package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.Tick;
import io.delever.contracts.price.v1.TickRejection;
import io.delever.contracts.price.v1.TickRejectionReason;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class IngestTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject TestClock clock;
    private PriceClient client;

    @BeforeEach
    void connect() {
        client = new PriceClient(uri.getPort());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private PriceUpdate price(String instrument) {
        return client.prices()
                .getPrice(GetPriceRequest.newBuilder().setInstrumentId(instrument).build())
                .getPrice();
    }

    private void awaitPrice(String instrument, long wholePrice) {
        Await.until(
                instrument + " at " + wholePrice,
                () -> price(instrument).getIndexPriceE8() == wholePrice * 100_000_000L);
    }

    @Test
    @Covers({"PSVC-001", "PSVC-041"})
    void requestsAreAnsweredInOrder() {
        client.list(index("IN-ORDER", "in-order").build());
        PriceClient.Feed feed = client.feed();
        long now = clock.nanos();
        for (int i = 1; i <= 200; i++) {
            feed.send(tick("in-order", 100 + i, now), tick("nobody", 1, now));
        }
        for (int i = 1; i <= 200; i++) {
            IngestTicksResponse answer = feed.answer();
            assertThat(answer.getBatchId()).isEqualTo(i);
            assertThat(answer.getAcceptedCount()).isEqualTo(1);
            assertThat(answer.getRetryAfterNanos()).isZero();
            assertThat(answer.getRejectionsList()).hasSize(1);
            assertThat(answer.getRejections(0).getIndex()).isEqualTo(1);
        }
        awaitPrice("IN-ORDER", 300);
        feed.complete();
        assertThat(feed.end()).isInstanceOf(PriceClient.Completed.class);
    }

    @Test
    @Covers({"PSVC-001", "PSVC-002"})
    void everyReasonIsNamedAndTheGoodTicksAreTaken() {
        client.list(index("REASONS", "reasons").build());
        PriceClient.Feed feed = client.feed();
        long now = clock.nanos();
        long second = 1_000_000_000L;
        assertThat(feed.sendAndWait(tick("reasons", 100, now)).getAcceptedCount()).isEqualTo(1);
        IngestTicksResponse answer =
                feed.sendAndWait(
                        tick("reasons", 101, now),
                        tick("stranger", 100, now),
                        tick("", 100, now),
                        tick("reasons", 0, now),
                        tick("reasons", -1, now),
                        tick("reasons", 100_000_001, now),
                        tick("reasons", 506, now),
                        tick("reasons", 20, now),
                        tick("reasons", 100, now + second + 1),
                        tick("reasons", 100, now - 10 * second - 1),
                        tick("reasons", 100, 0),
                        tick("reasons", 100, now - 1),
                        tick("reasons", 100, now).toBuilder().setSizeE8(-1).build(),
                        Tick.getDefaultInstance(),
                        tick("reasons", 102, now));
        assertThat(answer.getAcceptedCount()).isEqualTo(2);
        assertThat(answer.getRejectionsList())
                .extracting(TickRejection::getIndex)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(answer.getRejectionsList())
                .extracting(TickRejection::getReason)
                .containsExactly(
                        TickRejectionReason.TICK_REJECTION_REASON_UNKNOWN_SOURCE,
                        TickRejectionReason.TICK_REJECTION_REASON_UNKNOWN_SOURCE,
                        TickRejectionReason.TICK_REJECTION_REASON_NON_POSITIVE_PRICE,
                        TickRejectionReason.TICK_REJECTION_REASON_NON_POSITIVE_PRICE,
                        TickRejectionReason.TICK_REJECTION_REASON_ABSURD_PRICE,
                        TickRejectionReason.TICK_REJECTION_REASON_ABSURD_PRICE,
                        TickRejectionReason.TICK_REJECTION_REASON_ABSURD_PRICE,
                        TickRejectionReason.TICK_REJECTION_REASON_TIME_IN_FUTURE,
                        TickRejectionReason.TICK_REJECTION_REASON_TIME_TOO_OLD,
                        TickRejectionReason.TICK_REJECTION_REASON_TIME_TOO_OLD,
                        TickRejectionReason.TICK_REJECTION_REASON_OUT_OF_ORDER,
                        TickRejectionReason.TICK_REJECTION_REASON_NEGATIVE_SIZE,
                        TickRejectionReason.TICK_REJECTION_REASON_UNKNOWN_SOURCE);
        assertThat(answer.getRejections(4).getDetail())
                .contains("'reasons'", "10000000100000000", "limit 10000000000000000");
        assertThat(feed.sendAndWait(tick("reasons", 103, now)).getAcceptedCount()).isEqualTo(1);
        awaitPrice("REASONS", 103);
    }

    @Test
    @Covers("PSVC-003")
    void cutStreamLosesNothingThatWasAnswered() throws Exception {
        client.list(index("CUT", "cut").build());
        try (CuttableProxy proxy = new CuttableProxy(uri.getPort());
                PriceClient victim = new PriceClient(proxy.port())) {
            PriceClient.Feed feed = victim.feed();
            assertThat(feed.sendAndWait(tick("cut", 100, clock.nanos())).getAcceptedCount())
                    .isEqualTo(1);
            proxy.cut();
            assertThat(Status.fromThrowable(feed.end()).getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
        awaitPrice("CUT", 100);
        assertThat(price("CUT").getState()).isEqualTo(PriceState.PRICE_STATE_FRESH);
        assertThat(client.feed().sendAndWait(tick("cut", 101, clock.nanos())).getAcceptedCount())
                .isEqualTo(1);
        awaitPrice("CUT", 101);
    }

    @Test
    @Covers("PSVC-006")
    void hundredMegabytesAreRefusedAndOthersGoOn() {
        client.list(index("HUGE", "huge").build());
        PriceClient.Feed healthy = client.feed();
        assertThat(healthy.sendAndWait(tick("huge", 100, clock.nanos())).getAcceptedCount())
                .isEqualTo(1);
        try (PriceClient other = new PriceClient(uri.getPort())) {
            PriceClient.Feed huge = other.feed();
            Tick tick =
                    tick("huge", 100, clock.nanos()).toBuilder()
                            .setMarket("m".repeat(100 << 20))
                            .build();
            huge.send(tick);
            assertThat(Status.fromThrowable(huge.end()).getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
        assertThat(healthy.sendAndWait(tick("huge", 101, clock.nanos())).getAcceptedCount())
                .isEqualTo(1);
    }

    @Test
    @Covers("PSVC-006")
    void batchWithTooManyTicksIsRefused() {
        List<Tick> many = Collections.nCopies(16_385, Tick.getDefaultInstance());
        PriceClient.Feed feed = client.feed();
        feed.send(many.toArray(Tick[]::new));
        Throwable end = feed.end();
        assertThat(Status.fromThrowable(end).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Errors.reason(end)).isEqualTo("BATCH_TOO_LARGE");
        assertThat(Errors.metadata(end))
                .containsEntry("value", "16385")
                .containsEntry("limit", "16384");
        PriceClient.Feed next = client.feed();
        assertThat(
                        next.sendAndWait(many.subList(1, many.size()).toArray(Tick[]::new))
                                .getRejectionsCount())
                .isEqualTo(16_384);
    }

    @Test
    @Covers("PSVC-006")
    void compressedRequestsAreRefusedBeforeTheyAreUnpacked() {
        var stub = PriceIngestServiceGrpc.newStub(client.channel()).withCompression("gzip");
        Collected<IngestTicksResponse> collected = new Collected<>();
        var requests = stub.ingestTicks(collected);
        requests.onNext(
                io.delever.contracts.price.v1.IngestTicksRequest.newBuilder()
                        .addTicks(tick("x", 1, 1).toBuilder().setMarket("m".repeat(50 << 20)))
                        .build());
        assertThat(Status.fromThrowable(collected.end()).getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }
}
