package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.delever.price.app.PriceConfig;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class OperationTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject TestClock clock;
    @Inject PriceConfig config;

    @Test
    @Covers("PSVC-030")
    void healthSaysWhatItDependsOn() {
        RestAssured.get(uri + "q/health/live")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("price loop"));
        RestAssured.get(uri + "q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItem("prices"))
                .body("checks.name", hasItem("Database connections health check"))
                .body("status", equalTo("UP"));
    }

    @Test
    @Covers("PSVC-031")
    void metricsNameVenuesOfDefinitionsOnly() {
        try (PriceClient client = new PriceClient(uri.getPort())) {
            client.list(index("METRICS", "metrics-venue").build());
            PriceClient.Feed feed = client.feed();
            long now = clock.nanos();
            assertThat(
                            feed.sendAndWait(
                                            tick("metrics-venue", 1, now),
                                            tick("metrics-venue", 0, now),
                                            tick("metrics-stranger", 1, now))
                                    .getRejectionsCount())
                    .isEqualTo(2);
            RestAssured.get(uri + "q/metrics")
                    .then()
                    .statusCode(200)
                    .body(
                            containsString(
                                    "delever_price_ticks_total{outcome=\"accepted\",venue=\"metrics-venue\"}"
                                        + " 1.0"))
                    .body(
                            containsString(
                                    "delever_price_ticks_total{outcome=\"non_positive_price\",venue=\"metrics-venue\"}"
                                        + " 1.0"))
                    .body(containsString("outcome=\"unknown_source\",venue=\"unknown\""))
                    .body(
                            containsString(
                                    "delever_price_tick_lag_seconds_count{venue=\"metrics-venue\"}"
                                            + " 1"))
                    .body(containsString("delever_price_instruments{state=\"missing\"}"))
                    .body(containsString("delever_price_stream_subscribers"))
                    .body(containsString("delever_price_stream_conflations_total"))
                    .body(containsString("delever_price_flush_updates_count"))
                    .body(containsString("delever_price_batches_refused_total"))
                    .body(containsString("delever_price_queue_batches"))
                    .body(not(containsString("metrics-stranger")));
        }
    }

    @Test
    @Covers("PSVC-033")
    void defaultsArePinned() {
        assertThat(config.maximumInstruments()).isEqualTo(1024);
        assertThat(config.stream().flushInterval()).isEqualTo(Duration.ofMillis(5));
        assertThat(config.stream().heartbeatInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.stream().history()).isEqualTo(4096);
        assertThat(config.stream().maximumSubscriptions()).isEqualTo(256);
        assertThat(config.history().writeInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.history().pending()).isEqualTo(262_144);
        assertThat(config.history().keepSeconds()).isEqualTo(Duration.ofDays(1));
        assertThat(config.history().keepMinutes()).isEqualTo(Duration.ofDays(30));
        assertThat(config.history().keepFiveMinutes()).isEqualTo(Duration.ofDays(90));
        assertThat(config.history().keepHours()).isEqualTo(Duration.ofDays(730));
        assertThat(config.queue().batches()).isEqualTo(4096);
        assertThat(config.queue().ticks()).isEqualTo(262_144);
        assertThat(config.queue().ticksPerBatch()).isEqualTo(16_384);
        assertThat(config.pricing().greatestPrice()).isEqualTo("100000000");
        assertThat(config.pricing().futureSkew()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.pricing().jumpFactor()).isEqualTo(5);
    }

    @Test
    @Covers("PSVC-041")
    void healthAndReflectionAnswerOnTheSamePort() {
        try (PriceClient client = new PriceClient(uri.getPort())) {
            assertThat(
                            HealthGrpc.newBlockingStub(client.channel())
                                    .check(HealthCheckRequest.getDefaultInstance())
                                    .getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
            Collected<ServerReflectionResponse> answers = new Collected<>();
            var requests =
                    ServerReflectionGrpc.newStub(client.channel()).serverReflectionInfo(answers);
            requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
            Await.until("reflection answers", () -> !answers.messages().isEmpty());
            assertThat(answers.messages().getFirst().getListServicesResponse().getServiceList())
                    .extracting(ServiceResponse::getName)
                    .contains(
                            "delever.price.v1.PriceService",
                            "delever.price.v1.PriceHistoryService",
                            "delever.price.v1.PriceIngestService",
                            "delever.price.v1.PriceAdminService");
            requests.onCompleted();
        }
    }
}
