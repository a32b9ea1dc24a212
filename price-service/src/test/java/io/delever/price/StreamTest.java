package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.ListPricesResponse;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.SourceExclusionReason;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.contracts.price.v1.Tick;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class StreamTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject TestClock clock;
    @Inject MeterRegistry meters;
    private PriceClient client;
    private PriceClient.Feed feed;

    @BeforeEach
    void connect() {
        client = new PriceClient(uri.getPort());
        feed = client.feed();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static StreamPricesRequest only(String... instruments) {
        return StreamPricesRequest.newBuilder().addAllInstrumentIds(List.of(instruments)).build();
    }

    private void feed(Tick... ticks) {
        assertThat(feed.sendAndWait(ticks).getAcceptedCount()).isEqualTo(ticks.length);
    }

    private static void assertPriced(PriceUpdate price, PriceState state, long wholePrice) {
        assertThat(price.getState()).isEqualTo(state);
        assertThat(price.getIndexPriceE8()).isEqualTo(wholePrice * 100_000_000L);
        assertThat(price.getMarkPriceE8()).isEqualTo(price.getIndexPriceE8());
    }

    private double subscribers() {
        return meters.get("delever.price.stream.subscribers").gauge().value();
    }

    @Test
    @Covers({"PSVC-010", "PSVC-040"})
    void unknownInstrumentIsNotFound() {
        for (String id : new String[] {"NOT-LISTED", "", "no id at all!", "x".repeat(100_000)}) {
            Throwable error =
                    catchThrowable(
                            () ->
                                    client.prices()
                                            .getPrice(
                                                    GetPriceRequest.newBuilder()
                                                            .setInstrumentId(id)
                                                            .build()));
            assertThat(Status.fromThrowable(error).getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(Errors.reason(error)).isEqualTo("UNKNOWN_INSTRUMENT");
            assertThat(Errors.metadata(error).get("instrument_id")).hasSizeLessThan(70);
        }
    }

    @Test
    @Covers({"PSVC-013", "PSVC-014", "PSVC-018"})
    void pricesComeFreshAndAgeByTimeAlone() {
        client.list(index("AGES", "ages-a", "ages-b").build());
        PriceClient.Reader reader = client.read(only("AGES"));
        StreamPricesResponse snapshot = reader.next();
        assertThat(snapshot.getSnapshot()).isTrue();
        assertThat(snapshot.getPricesCount()).isEqualTo(1);
        PriceUpdate missing = snapshot.getPrices(0);
        assertThat(missing.getState()).isEqualTo(PriceState.PRICE_STATE_MISSING);
        assertThat(missing.hasIndexPriceE8()).isFalse();
        assertThat(missing.hasMarkPriceE8()).isFalse();
        assertThat(missing.getExclusions(0).getReason())
                .isEqualTo(SourceExclusionReason.SOURCE_EXCLUSION_REASON_NEVER_SEEN);

        long start = clock.nanos();
        feed(tick("ages-a", 100, start), tick("ages-b", 102, start));
        StreamPricesResponse fresh = reader.next();
        assertThat(fresh.getSnapshot()).isFalse();
        assertThat(fresh.getEpoch()).isEqualTo(snapshot.getEpoch());
        assertThat(fresh.getSequence()).isGreaterThan(snapshot.getSequence());
        assertPriced(fresh.getPrices(0), PriceState.PRICE_STATE_FRESH, 101);
        assertThat(fresh.getPrices(0).getEventTimeNanos()).isEqualTo(start);
        assertThat(fresh.getPrices(0).getSourcesUsed()).isEqualTo(2);
        assertThat(fresh.getPrices(0).getSourcesConfigured()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(5));
        feed(tick("ages-b", 103, clock.nanos()));
        assertPriced(nextWithPrices(reader).getPrices(0), PriceState.PRICE_STATE_FRESH, 101, 5);

        clock.advance(Duration.ofSeconds(6));
        PriceUpdate degraded = nextWithPrices(reader).getPrices(0);
        assertPriced(degraded, PriceState.PRICE_STATE_DEGRADED, 103);
        assertThat(degraded.getExclusions(0).getVenueId()).isEqualTo("ages-a");
        assertThat(degraded.getExclusions(0).getReason())
                .isEqualTo(SourceExclusionReason.SOURCE_EXCLUSION_REASON_STALE);

        clock.advance(Duration.ofSeconds(60));
        PriceUpdate stale = nextWithPrices(reader).getPrices(0);
        assertPriced(stale, PriceState.PRICE_STATE_STALE, 103);
        assertThat(stale.getComputedAtNanos()).isEqualTo(clock.nanos());
    }

    private static void assertPriced(
            PriceUpdate price, PriceState state, long wholePrice, int tenths) {
        assertThat(price.getState()).isEqualTo(state);
        assertThat(price.getIndexPriceE8())
                .isEqualTo(wholePrice * 100_000_000L + tenths * 10_000_000L);
    }

    private static StreamPricesResponse nextWithPrices(PriceClient.Reader reader) {
        StreamPricesResponse batch = reader.next();
        while (batch.getPricesCount() == 0) {
            batch = reader.next();
        }
        return batch;
    }

    @Test
    @Covers("PSVC-011")
    void listIsOrderedAndNamesItsSequence() {
        client.list(index("LIST-B", "list").build());
        client.list(index("LIST-A", "list").build());
        ListPricesResponse list =
                client.prices().listPrices(ListPricesRequest.getDefaultInstance());
        assertThat(list.getPricesList())
                .extracting(PriceUpdate::getInstrumentId)
                .contains("LIST-A", "LIST-B")
                .isSorted();
        feed(tick("list", 7, clock.nanos()));
        Await.until(
                "both priced",
                () -> {
                    ListPricesResponse next =
                            client.prices().listPrices(ListPricesRequest.getDefaultInstance());
                    return next.getSequence() > list.getSequence()
                            && next.getPricesList().stream()
                                            .filter(p -> p.getIndexPriceE8() == 700_000_000L)
                                            .count()
                                    == 2;
                });
    }

    @Test
    @Covers({"PSVC-013", "PSVC-014"})
    void readerResumesWhereItStopped() {
        client.list(index("RESUME-A", "resume-a").build());
        client.list(index("RESUME-B", "resume-b").build());
        PriceClient.Reader reader = client.read(only("RESUME-B", "RESUME-A"));
        StreamPricesResponse snapshot = reader.next();
        assertThat(snapshot.getPricesList())
                .extracting(PriceUpdate::getInstrumentId)
                .containsExactly("RESUME-A", "RESUME-B");
        reader.cancel();
        feed(tick("resume-b", 50, clock.nanos()));
        Await.until(
                "published",
                () ->
                        client.prices()
                                        .getPrice(
                                                GetPriceRequest.newBuilder()
                                                        .setInstrumentId("RESUME-B")
                                                        .build())
                                        .getPrice()
                                        .getState()
                                == PriceState.PRICE_STATE_FRESH);

        StreamPricesRequest resume =
                only("RESUME-B", "RESUME-A").toBuilder()
                        .setResumeEpoch(snapshot.getEpoch())
                        .setResumeAfterSequence(snapshot.getSequence())
                        .build();
        StreamPricesResponse missed = client.read(resume).next();
        assertThat(missed.getSnapshot()).isFalse();
        assertThat(missed.getSequence()).isGreaterThan(snapshot.getSequence());
        assertThat(missed.getPricesList())
                .extracting(PriceUpdate::getInstrumentId)
                .containsExactly("RESUME-B");
        assertPriced(missed.getPrices(0), PriceState.PRICE_STATE_FRESH, 50);

        List<StreamPricesRequest> notResumable =
                List.of(
                        resume.toBuilder().clearResumeEpoch().build(),
                        resume.toBuilder().setResumeEpoch("another run").build(),
                        resume.toBuilder().setResumeAfterSequence(Long.MAX_VALUE).build(),
                        resume.toBuilder().setResumeAfterSequence(-1).build());
        for (StreamPricesRequest each : notResumable) {
            StreamPricesResponse full = client.read(each).next();
            assertThat(full.getSnapshot()).isTrue();
            assertThat(full.getPricesCount()).isEqualTo(2);
        }
    }

    @Test
    @Covers("PSVC-017")
    void streamOfAllCarriesWhatIsListedLater() {
        PriceClient.Reader reader = client.read(StreamPricesRequest.getDefaultInstance());
        assertThat(reader.next().getSnapshot()).isTrue();
        client.list(index("LISTED-LATER", "later").build());
        StreamPricesResponse batch = nextWithPrices(reader);
        while (!batch.getPricesList().stream()
                .anyMatch(price -> price.getInstrumentId().equals("LISTED-LATER"))) {
            batch = nextWithPrices(reader);
        }
        Throwable unknown = client.read(only("LISTED-LATER", "NEVER-LISTED")).end();
        assertThat(Status.fromThrowable(unknown).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Errors.metadata(unknown)).containsEntry("instrument_id", "NEVER-LISTED");
    }

    @Test
    @Covers("PSVC-015")
    void silenceIsBrokenByAHeartbeat() {
        client.list(index("HEARTBEAT", "heartbeat").build());
        PriceClient.Reader reader = client.read(only("HEARTBEAT"));
        StreamPricesResponse last = reader.next();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            StreamPricesResponse beat = reader.next();
            assertThat(beat.getPricesCount()).isZero();
            assertThat(beat.getSnapshot()).isFalse();
            assertThat(beat.getSequence()).isGreaterThan(last.getSequence());
            last = beat;
        }
    }

    @Test
    @Covers("PSVC-012")
    void readerThatDoesNotReadGetsTheNewestOfEachAndNoQueue() {
        int instruments = 200;
        int rounds = 400;
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < instruments; i++) {
            String id = "SLOW-%03d".formatted(i);
            ids.add(id);
            client.list(index(id, "slow-" + i).build());
        }
        double conflatedBefore = meters.get("delever.price.stream.conflations").counter().count();
        StreamPricesRequest all = only(ids.toArray(String[]::new));
        PriceClient.Reader slow = client.readOnly(1, all);
        assertThat(slow.next().getSnapshot()).isTrue();
        PriceClient quick = new PriceClient(uri.getPort());
        try (quick) {
            PriceClient.Reader fast = quick.read(only("SLOW-000"));
            assertThat(fast.next().getSnapshot()).isTrue();
            for (int round = 1; round <= rounds; round++) {
                clock.advance(Duration.ofMillis(5));
                Tick[] ticks = new Tick[instruments];
                for (int i = 0; i < instruments; i++) {
                    ticks[i] = tick("slow-" + i, 1_000 + round, clock.nanos());
                }
                feed(ticks);
                StreamPricesResponse update = nextWithPrices(fast);
                assertPriced(update.getPrices(0), PriceState.PRICE_STATE_FRESH, 1_000 + round);
            }
        }
        double conflated =
                meters.get("delever.price.stream.conflations").counter().count() - conflatedBefore;
        assertThat(conflated).isGreaterThan(instruments * (rounds - 100.0));

        slow.request(Integer.MAX_VALUE - 1);
        int messages = 0;
        long lastSequence = 0;
        StreamPricesResponse batch;
        do {
            batch = slow.next();
            messages++;
            assertThat(batch.getSequence()).isGreaterThan(lastSequence);
            lastSequence = batch.getSequence();
        } while (batch.getPrices(0).getIndexPriceE8() != (1_000L + rounds) * 100_000_000L);
        assertThat(batch.getPricesList()).hasSize(instruments);
        assertThat(batch.getPricesList())
                .allSatisfy(
                        price -> assertPriced(price, PriceState.PRICE_STATE_FRESH, 1_000 + rounds));
        // What was under way before the transport said stop, and then the newest: no backlog.
        assertThat(messages).isLessThan(60);
    }

    @Test
    @Covers("PSVC-016")
    void readersThatGoAreForgotten() throws Exception {
        client.list(index("GONE", "gone").build());
        Await.until("readers of other tests are gone", () -> subscribers() == 0);
        PriceClient.Reader polite = client.read(only("GONE"));
        assertThat(polite.next().getSnapshot()).isTrue();
        assertThat(subscribers()).isEqualTo(1);
        polite.cancel();
        Await.until("the one that cancelled is forgotten", () -> subscribers() == 0);

        try (CuttableProxy proxy = new CuttableProxy(uri.getPort());
                PriceClient killed = new PriceClient(proxy.port())) {
            PriceClient.Reader reader = killed.read(only("GONE"));
            assertThat(reader.next().getSnapshot()).isTrue();
            assertThat(subscribers()).isEqualTo(1);
            proxy.cut();
            Await.until("the one that was killed is forgotten", () -> subscribers() == 0);
        }
    }
}
