package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.Standing;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.upstream.TestPrices;
import io.delever.gateway.upstream.TestSentiment;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events: complete, resumable, bounded, and alive while a service is away. */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class StreamsTest {
    private static final String PRICES = "/v1/stream/prices";
    private static final long ONE = 100_000_000L;

    @Services TestUpstreams services;

    @TestHTTPResource URL root;

    private long time = 1_760_100_000_000_000_000L;

    @BeforeEach
    void pricesFlow() {
        publish("FLOW-PERP", 1);
        Await.until(
                "the gateway to be connected",
                Duration.ofSeconds(20),
                () ->
                        services.priceStreamsOpen() == 1
                                && given().get("/v1/prices/FLOW-PERP").statusCode() == 200);
    }

    private void publish(String instrument, long price) {
        services.prices().publish(TestPrices.fresh(instrument, price * ONE, ++time));
    }

    private EventReader open(String path) throws IOException {
        return EventReader.open(root.getPort(), path);
    }

    private static Predicate<JsonNode> shows(String instrument, String price) {
        return data -> priceIn(data, instrument).equals(price);
    }

    private static String priceIn(JsonNode data, String instrument) {
        for (JsonNode price : data.path("prices")) {
            if (price.path("instrumentId").asText().equals(instrument)) {
                return price.path("markPrice").asText();
            }
        }
        return "";
    }

    @Test
    @Covers("GATE-030")
    void aReaderGetsASnapshotAndThenChangesWithIds() throws IOException {
        publish("SNAP-PERP", 7);
        try (EventReader reader = open(PRICES)) {
            EventReader.Event first = reader.await("prices", data -> true);
            assertThat(reader.status()).contains("200");
            assertThat(first.data().get("snapshot").asBoolean()).isTrue();
            EventReader.Event complete =
                    reader.await("prices", data -> !data.get("more").asBoolean());
            assertThat(complete.id().orElseThrow())
                    .isEqualTo(
                            complete.data().get("epoch").asText()
                                    + "-"
                                    + complete.data().get("sequence").asText());
            reader.await("prices", shows("SNAP-PERP", "7"));
            publish("SNAP-PERP", 8);
            EventReader.Event second = reader.await("prices", shows("SNAP-PERP", "8"));
            assertThat(second.data().get("snapshot").asBoolean()).isFalse();
            assertThat(second.data().get("prices")).hasSize(1);
            assertThat(second.data().get("sequence").asLong())
                    .isGreaterThan(first.data().get("sequence").asLong());
        }
    }

    @Test
    @Covers("GATE-030")
    void everyStreamTellsItsOwn() throws IOException {
        services.margin()
                .publish(
                        RiskEvent.newBuilder()
                                .setAccountId("stream-acc")
                                .setPrevious(RiskState.RISK_STATE_HEALTHY)
                                .setCurrent(RiskState.RISK_STATE_LIQUIDATABLE)
                                .setAdjustedEquityE8(5 * ONE)
                                .build());
        services.liquidation()
                .publish(
                        Case.newBuilder()
                                .setCaseId("stream-case")
                                .setState(CaseState.CASE_STATE_REDUCING)
                                .build());
        services.sentiment().publish(TestSentiment.score("", 33, 1));
        try (EventReader risk = open("/v1/stream/risk-events");
                EventReader cases = open("/v1/stream/cases");
                EventReader sentiment = open("/v1/stream/sentiment")) {
            JsonNode event =
                    risk.await(
                                    "risk-events",
                                    data -> data.get("events").toString().contains("stream-acc"))
                            .data();
            assertThat(event.toString())
                    .contains("\"current\":\"LIQUIDATABLE\"")
                    .contains("\"adjustedEquity\":\"5\"")
                    .doesNotContain("maintenanceMargin\":\"0");
            cases.await("cases", data -> data.toString().contains("\"state\":\"REDUCING\""));
            sentiment.await("sentiment", data -> data.toString().contains("\"score\":\"33\""));
            services.margin()
                    .publish(
                            RiskEvent.newBuilder()
                                    .setAccountId("stream-acc")
                                    .setPrevious(RiskState.RISK_STATE_LIQUIDATABLE)
                                    .setCurrent(RiskState.RISK_STATE_HEALTHY)
                                    .build());
            risk.await("risk-events", data -> data.toString().contains("\"current\":\"HEALTHY\""));
        }
        try (EventReader later = open("/v1/stream/risk-events")) {
            assertThat(later.await("risk-events", data -> data.get("snapshot").asBoolean()).text())
                    .doesNotContain("stream-acc");
        }
    }

    @Test
    @Covers("GATE-030")
    void marginCallsAreToldWithTheirDeadline() throws IOException {
        Standing healthy =
                Standing.newBuilder().setStanding(AccountStanding.ACCOUNT_STANDING_HEALTHY).build();
        Standing call =
                Standing.newBuilder()
                        .setStanding(AccountStanding.ACCOUNT_STANDING_MARGIN_CALL)
                        .setWarningLevel(2)
                        .setDeadlineNanos(1_760_097_600_000_000_001L)
                        .build();
        services.margin()
                .publish(
                        StandingEvent.newBuilder()
                                .setAccountId("called-acc")
                                .setPrevious(healthy)
                                .setCurrent(call)
                                .setAdjustedEquityE8(5 * ONE)
                                .build());
        try (EventReader reader = open("/v1/stream/standings")) {
            JsonNode event =
                    reader.await("standings", data -> data.toString().contains("called-acc"))
                            .data();
            assertThat(event.toString())
                    .contains("\"standing\":\"MARGIN_CALL\"")
                    .contains("\"warningLevel\":2")
                    .contains("\"deadline\":\"2025-10-10T12:00:00.000000001Z\"")
                    .contains("\"adjustedEquity\":\"5\"");
            services.margin()
                    .publish(
                            StandingEvent.newBuilder()
                                    .setAccountId("called-acc")
                                    .setPrevious(call)
                                    .setCurrent(healthy)
                                    .build());
            reader.await(
                    "standings",
                    data ->
                            !data.get("snapshot").asBoolean()
                                    && data.toString().contains("called-acc"));
        }
        try (EventReader later = open("/v1/stream/standings")) {
            assertThat(later.await("standings", data -> data.get("snapshot").asBoolean()).text())
                    .doesNotContain("called-acc");
        }
    }

    @Test
    @Covers("GATE-035")
    void lastEventIdContinuesWithExactlyWhatChanged() throws IOException {
        publish("RES-A", 1);
        publish("RES-B", 1);
        String id;
        try (EventReader reader = open(PRICES)) {
            id = reader.await("prices", shows("RES-B", "1")).id().orElseThrow();
        }
        publish("RES-A", 2);
        publish("RES-A", 3);
        try (EventReader probe = open(PRICES)) {
            probe.await("prices", shows("RES-A", "3"));
        }
        try (EventReader reader = EventReader.resume(root.getPort(), PRICES, id)) {
            EventReader.Event event = reader.await("prices", data -> true);
            assertThat(event.data().get("snapshot").asBoolean()).isFalse();
            assertThat(event.data().get("prices")).hasSize(1);
            assertThat(priceIn(event.data(), "RES-A")).isEqualTo("3");
        }
    }

    @Test
    @Covers("GATE-035")
    void anIdFromAnotherRunOrNoIdAtAllGetsASnapshot() throws IOException {
        for (String id : List.of("other-epoch-5", "nonsense", "epoch-1-x", "-", "epoch-1--1")) {
            try (EventReader reader = EventReader.resume(root.getPort(), PRICES, id)) {
                assertThat(reader.await("prices", data -> true).data().get("snapshot").asBoolean())
                        .as(id)
                        .isTrue();
            }
        }
    }

    @Test
    @Covers("GATE-036")
    void severalStreamsShareOneConnectionAndOneId() throws IOException {
        String id;
        try (EventReader reader = open("/v1/stream?topics=prices,cases")) {
            reader.await("prices", shows("FLOW-PERP", "1"));
            reader.await("cases", data -> true);
            publish("FLOW-PERP", 2);
            id = reader.await("prices", shows("FLOW-PERP", "2")).id().orElseThrow();
            assertThat(id).contains("prices:epoch").contains("cases:epoch");
            assertThat(reader.events("risk-events")).isEmpty();
        }
        publish("FLOW-PERP", 3);
        services.liquidation()
                .publish(
                        Case.newBuilder()
                                .setCaseId("shared-case")
                                .setState(CaseState.CASE_STATE_OPEN)
                                .build());
        try (EventReader reader =
                EventReader.resume(root.getPort(), "/v1/stream?topics=prices,cases", id)) {
            assertThat(reader.await("prices", shows("FLOW-PERP", "3")).data().get("prices"))
                    .hasSize(1);
            EventReader.Event cases =
                    reader.await("cases", data -> data.toString().contains("shared-case"));
            assertThat(cases.data().get("snapshot").asBoolean()).isFalse();
        }
    }

    @Test
    @Covers({"GATE-031", "GATE-034"})
    void readersShareOneSubscriptionAndAreLimited() throws IOException {
        int opened = services.priceStreamsOpened();
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                readers.add(open("/v1/stream/sentiment"));
            }
            for (EventReader reader : readers) {
                reader.await("upstream", data -> true);
            }
            given().accept("text/event-stream")
                    .get("/v1/stream/sentiment")
                    .then()
                    .statusCode(429)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5")
                    .body("reason", equalTo("TOO_MANY_STREAMS"))
                    .body("limit", equalTo("8"));
            assertThat(services.priceStreamsOpen()).isEqualTo(1);
            assertThat(services.priceStreamsOpened()).isEqualTo(opened);
        } finally {
            for (EventReader reader : readers) {
                reader.close();
            }
        }
        Await.until(
                "the places to be free again",
                Duration.ofSeconds(20),
                () -> {
                    try (EventReader reader = open("/v1/stream/sentiment")) {
                        reader.await("upstream", data -> true);
                        return reader.status().contains("200");
                    }
                });
    }

    @Test
    @Covers("GATE-032")
    void aSlowReaderGetsTheNewestOfEachAndNotEverything() throws IOException {
        int instruments = 400;
        int rounds = 300;
        try (EventReader slow = EventReader.sleepy(root.getPort(), PRICES);
                EventReader quick = open(PRICES)) {
            for (int round = 1; round <= rounds; round++) {
                var updates = new PriceUpdate[instruments];
                for (int i = 0; i < instruments; i++) {
                    updates[i] = TestPrices.fresh("SLOW-%03d".formatted(i), round * ONE, ++time);
                }
                services.prices().publish(updates);
            }
            String last = Integer.toString(rounds);
            quick.await("prices", shows("SLOW-399", last));
            slow.startReading();
            Set<String> complete = new HashSet<>();
            Await.until(
                    "the newest price of every instrument",
                    Duration.ofSeconds(30),
                    () -> {
                        for (EventReader.Event event : slow.events("prices")) {
                            for (JsonNode price : event.data().get("prices")) {
                                if (price.path("markPrice").asText().equals(last)) {
                                    complete.add(price.get("instrumentId").asText());
                                }
                            }
                        }
                        return complete.size() >= instruments;
                    });
            assertThat(slow.events("prices").size()).isLessThan(rounds / 2);
        }
    }

    @Test
    @Covers("GATE-032")
    void aLargeSnapshotComesInPartsAndOnlyTheLastCanBeResumed() throws IOException {
        var updates = new PriceUpdate[1_200];
        for (int i = 0; i < updates.length; i++) {
            updates[i] = TestPrices.fresh("PART-%04d".formatted(i), ONE, ++time);
        }
        services.prices().publish(updates);
        try (EventReader reader = open(PRICES)) {
            reader.await("prices", data -> !data.get("more").asBoolean());
            List<EventReader.Event> parts = reader.events("prices");
            assertThat(parts.size()).isGreaterThanOrEqualTo(3);
            assertThat(parts.getFirst().data().get("snapshot").asBoolean()).isTrue();
            assertThat(parts.getFirst().id()).isEmpty();
            assertThat(parts.get(1).data().get("snapshot").asBoolean()).isFalse();
            assertThat(parts).allMatch(part -> part.data().get("prices").size() <= 500);
        }
    }

    @Test
    @Covers("GATE-033")
    void readersStayWhileTheServiceIsAwayAndLoseNothing() throws IOException {
        try (EventReader reader = open(PRICES)) {
            reader.await("upstream", data -> data.get("connected").asBoolean());
            reader.await("prices", shows("FLOW-PERP", "1"));
            int resumed = services.priceStreamsResumed();
            services.restartPrices(
                    () -> {
                        reader.await("upstream", data -> !data.get("connected").asBoolean());
                        publish("FLOW-PERP", 77);
                    },
                    "");
            reader.await("prices", shows("FLOW-PERP", "77"));
            assertThat(reader.ended()).isFalse();
            assertThat(services.priceStreamsResumed()).isGreaterThan(resumed);
            assertThat(
                            reader.events("prices").stream()
                                    .filter(event -> event.data().get("snapshot").asBoolean()))
                    .hasSize(1);
        }
    }

    @Test
    @Covers("GATE-033")
    void anotherRunOfTheServiceMeansANewSnapshot() throws IOException {
        try (EventReader reader = open(PRICES)) {
            reader.await("prices", shows("FLOW-PERP", "1"));
            services.restartPrices(() -> publish("FLOW-PERP", 88), "epoch-next-" + time);
            EventReader.Event event = reader.await("prices", shows("FLOW-PERP", "88"));
            assertThat(event.data().get("snapshot").asBoolean()).isTrue();
            assertThat(event.data().get("epoch").asText()).startsWith("epoch-next-");
            publish("FLOW-PERP", 89);
            assertThat(
                            reader.await("prices", shows("FLOW-PERP", "89"))
                                    .data()
                                    .get("snapshot")
                                    .asBoolean())
                    .isFalse();
        }
    }

    @Test
    @Covers("GATE-037")
    void aQuietConnectionGetsSignsOfLife() throws IOException {
        try (EventReader reader = open("/v1/stream/cases")) {
            Await.until(
                    "two heartbeats",
                    Duration.ofSeconds(20),
                    () ->
                            reader.comments().stream()
                                            .filter(comment -> comment.equals("heartbeat"))
                                            .count()
                                    >= 2);
        }
    }
}
