package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps other pages and other machines away. */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class SafetyTest {
    @ParameterizedTest
    @Covers("GATE-042")
    @ValueSource(strings = {"/", "/js/main.js", "/v1/prices", "/v1/nothing", "/q/health/live"})
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        given().get(path)
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", containsString("script-src 'self';"))
                .header("Content-Security-Policy", not(containsString("unsafe")));
    }

    @Test
    @Covers("GATE-042")
    void otherOriginsMayNotRead() {
        given().header("Origin", "https://elsewhere.example")
                .get("/v1/prices")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,idempotency-key")
                .options("/v1/transfers")
                .then()
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Access-Control-Allow-Headers", nullValue());
    }

    @Test
    @Covers("GATE-043")
    void aNameThatOnlyPointsHereIsNotAnswered() {
        given().header("Host", "rebound.example")
                .get("/v1/prices")
                .then()
                .statusCode(421)
                .contentType("application/problem+json")
                .body("reason", equalTo("HOST_NOT_ALLOWED"));
        given().header("Host", "LOCALHOST:1234").get("/v1/instruments").then().statusCode(200);
        given().header("Host", "[::1]:1234").get("/v1/instruments").then().statusCode(200);
    }

    @Test
    @Covers("GATE-044")
    void theDocumentListsEveryPathWithSummaryAndProblem() {
        var document =
                given().accept(ContentType.JSON)
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .body("openapi", equalTo("3.1.0"))
                        .extract()
                        .jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
        assertThat(paths.keySet())
                .containsExactlyInAnyOrder(
                        "/v1/instruments",
                        "/v1/assets",
                        "/v1/prices",
                        "/v1/prices/{instrument}",
                        "/v1/prices/{instrument}/candles",
                        "/v1/prices/{instrument}/recent",
                        "/v1/prices/{instrument}/index",
                        "/v1/prices/{instrument}/halt",
                        "/v1/prices/{instrument}/resume",
                        "/v1/accounts",
                        "/v1/accounts/{account}",
                        "/v1/accounts/{account}/deposits",
                        "/v1/accounts/{account}/withdrawals",
                        "/v1/accounts/{account}/leverage",
                        "/v1/transfers",
                        "/v1/margin/evaluate",
                        "/v1/orders/check",
                        "/v1/liquidations",
                        "/v1/liquidations/{caseId}",
                        "/v1/insurance-fund",
                        "/v1/insurance-fund/entries",
                        "/v1/insurance-fund/contributions",
                        "/v1/adl-queue",
                        "/v1/adl/simulate",
                        "/v1/risk/cascade",
                        "/v1/risk/early-warning",
                        "/v1/risk/early-warning/history",
                        "/v1/texts",
                        "/v1/sentiment",
                        "/v1/sentiment/{instrument}",
                        "/v1/conservation",
                        "/v1/status",
                        "/v1/stream",
                        "/v1/stream/prices",
                        "/v1/stream/risk-events",
                        "/v1/stream/standings",
                        "/v1/stream/cases",
                        "/v1/stream/sentiment");
        paths.forEach(
                (path, operations) ->
                        operations.forEach(
                                (method, operation) ->
                                        assertThat(operation)
                                                .as("%s %s", method, path)
                                                .containsKeys("summary", "responses", "tags")
                                                .extracting("responses")
                                                .asInstanceOf(InstanceOfAssertFactories.MAP)
                                                .containsKeys("200", "default")));
        Map<String, Object> schemas = document.getMap("components.schemas");
        everyReferenceLeadsSomewhere(
                given().get("/q/openapi?format=json").asString(), schemas.keySet());
        assertThat(document.getString("components.schemas.Decimal.type")).isEqualTo("string");
        assertThat(document.getList("components.schemas.MoneyRequest.properties.amount.examples"))
                .isEqualTo(List.of("1000.5"));
    }

    private static void everyReferenceLeadsSomewhere(String document, Set<String> schemas) {
        var references = Pattern.compile("\"#/components/schemas/([^\"]+)\"").matcher(document);
        int found = 0;
        while (references.find()) {
            found++;
            assertThat(schemas).contains(references.group(1));
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    @Covers("GATE-044")
    void swaggerUiIsServed() {
        given().get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .body(containsString("swagger"));
    }

    @Test
    @Covers("GATE-022")
    void metricsCountWhatTheGatewayDoes() {
        given().get("/v1/instruments").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("delever_gateway_stream_readers{stream=\"prices\"}"))
                .body(
                        containsString(
                                "delever_gateway_upstream_serving{service=\"margin-service\"}"))
                .body(containsString("delever_gateway_stream_reconnects_total{stream=\"cases\"}"))
                .body(containsString("http_server_requests_seconds_count"));
    }
}
