package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.upstream.TestServer;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A service that is away makes its own figures unavailable, nothing else, and is back as soon as it
 * is back.
 */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class OutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Services TestUpstreams services;

    @AfterEach
    void everythingIsBack() {
        Await.until("readiness", LIMIT, () -> ready() == 200);
    }

    private static int ready() {
        return given().get("/q/health/ready").statusCode();
    }

    private static void during(TestServer server, Runnable test, Callable<Boolean> back) {
        server.kill();
        try {
            test.run();
        } finally {
            server.start();
        }
        Await.until("the service to be used again", LIMIT, back);
    }

    @Test
    @Covers({"GATE-011", "GATE-020", "GATE-021"})
    void withoutMarginTheGatewayIsNotReadyAndSaysWhat() {
        during(
                services.marginServer(),
                () -> {
                    Await.until("not ready", LIMIT, () -> ready() == 503);
                    given().get("/q/health/live").then().statusCode(200);
                    given().get("/v1/accounts")
                            .then()
                            .statusCode(503)
                            .contentType("application/problem+json")
                            .header("Retry-After", notNullValue())
                            .body("reason", equalTo("SERVICE_UNAVAILABLE"))
                            .body("detail", equalTo("margin-service does not answer"))
                            .body("detail", not(containsString("127.0.0.1")));
                    given().header("Idempotency-Key", "outage-1")
                            .contentType(ContentType.JSON)
                            .body("{\"assetId\":\"USD\",\"amount\":\"1\"}")
                            .post("/v1/accounts/a/deposits")
                            .then()
                            .statusCode(503);
                    given().get("/v1/prices").then().statusCode(200);
                    given().get("/v1/status")
                            .then()
                            .body(
                                    "services.find { it.service == 'margin-service' }.state",
                                    equalTo("UNREACHABLE"));
                },
                () -> given().get("/v1/accounts").statusCode() == 200);
        given().header("Idempotency-Key", "outage-1")
                .contentType(ContentType.JSON)
                .body("{\"assetId\":\"USD\",\"amount\":\"1\"}")
                .post("/v1/accounts/a/deposits")
                .then()
                .statusCode(200);
    }

    @Test
    @Covers("GATE-020")
    void withoutPricesTheGatewayIsNotReady() {
        during(
                services.priceServer(),
                () -> Await.until("not ready", LIMIT, () -> ready() == 503),
                () -> given().get("/v1/prices").statusCode() == 200);
    }

    @Test
    @Covers("GATE-020")
    void withoutLiquidationItIsReadyButDegraded() {
        during(
                services.liquidationServer(),
                () -> {
                    Await.until(
                            "the outage to be seen",
                            LIMIT,
                            () ->
                                    given().get("/q/health/ready")
                                            .path(
                                                    "checks.find { it.name == 'liquidation-service'"
                                                            + " }.data.degraded")
                                            .equals(true));
                    given().get("/q/health/ready").then().statusCode(200);
                    given().get("/v1/liquidations").then().statusCode(503);
                    given().get("/v1/insurance-fund").then().statusCode(503);
                    given().get("/v1/accounts").then().statusCode(200);
                },
                () -> given().get("/v1/insurance-fund").statusCode() == 200);
    }
}
