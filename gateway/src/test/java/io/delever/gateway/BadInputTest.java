package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear problem with the right status, and no service ever sees it. */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class BadInputTest {
    private static final long HUNDRED_MEGABYTES = 100_000_000L;

    @Services TestUpstreams services;

    @TestHTTPResource URL root;

    private static ValidatableResponse deposit(String body) {
        return given().header("Idempotency-Key", "bad-input")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/accounts/bad/deposits")
                .then();
    }

    private static void isProblem(ValidatableResponse response, int status, String reason) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("reason", equalTo(reason))
                .body("type", startsWith("/problems.html#"))
                .body("title", not(equalTo("")))
                .body("detail", not(equalTo("")))
                .body("instance", startsWith("urn:delever:request:"))
                .body(not(containsString("Exception")))
                .body(not(containsString("io.delever")));
        String anchor = response.extract().path("type").toString().split("#", -1)[1];
        String page = given().get("/problems.html").then().statusCode(200).extract().asString();
        assertThat(page).contains("id=\"" + anchor + "\"");
    }

    @ParameterizedTest
    @Covers({"GATE-002", "GATE-004", "GATE-010"})
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"assetId\":\"USD\",\"amount\":\"1.123456789\"}|TOO_MANY_DECIMALS|amount",
                "{\"assetId\":\"USD\",\"amount\":\"92233720368.54775808\"}|NUMBER_OUT_OF_RANGE|amount",
                "{\"assetId\":\"USD\",\"amount\":\"1e5\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\"NaN\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\" 1\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\"+1\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\"01\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\"\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":\"1.\"}|NOT_A_DECIMAL|amount",
                "{\"assetId\":\"USD\",\"amount\":1.5}|WRONG_TYPE|amount",
                "{\"assetId\":\"USD\",\"amount\":true}|WRONG_TYPE|amount",
                "{\"assetId\":\"USD\",\"amount\":{}}|WRONG_TYPE|amount",
                "{\"assetId\":7,\"amount\":\"1\"}|WRONG_TYPE|assetId",
                "{\"assetId\":\"USD\"}|MISSING_FIELD|amount",
                "{\"assetId\":null,\"amount\":\"1\"}|MISSING_FIELD|assetId",
                "{\"assetId\":\"USD\",\"amount\":\"1\",\"amuont\":\"1\"}|UNKNOWN_FIELD|amuont",
            })
    void theProblemNamesThePlace(String body, String reason, String place) {
        ValidatableResponse response = deposit(body);
        isProblem(response, 400, reason);
        response.body("place", equalTo(place));
        assertThat(services.commands().taken())
                .noneMatch(c -> c.getCommandId().equals("bad-input"));
    }

    @ParameterizedTest
    @Covers("GATE-004")
    @ValueSource(
            strings = {
                "{\"assetId\":\"USD\",\"amount\":\"1",
                "{\"assetId\":\"USD\",\"amount\":\"1\"",
                "{\"assetId\":\"USD\",\"assetId\":\"USD\",\"amount\":\"1\"}",
                "{\"assetId\":\"USD\",\"amount\":\"1\"} {}",
                "{'assetId':'USD'}",
                "\u0000",
                "<xml/>",
            })
    void brokenJsonIsRefusedWithTheLineAndColumn(String body) {
        ValidatableResponse response = deposit(body);
        isProblem(response, 400, "MALFORMED_JSON");
        response.body("detail", containsString("line 1, column"));
    }

    @ParameterizedTest
    @Covers("GATE-004")
    @CsvSource({"'', MISSING_BODY", "null, MISSING_BODY", "[], WRONG_TYPE", "5, WRONG_TYPE"})
    void somethingElseThanAnObjectIsRefused(String body, String reason) {
        isProblem(deposit(body), 400, reason);
    }

    @Test
    @Covers("GATE-002")
    void theProblemOfADecimalNamesValueAndLimit() {
        deposit("{\"assetId\":\"USD\",\"amount\":\"1.123456789\"}")
                .body("value", equalTo("1.123456789"))
                .body("limit", equalTo("8"));
        deposit("{\"assetId\":\"USD\",\"amount\":\"" + "9".repeat(100_000) + "\"}")
                .statusCode(400)
                .body("reason", equalTo("NUMBER_OUT_OF_RANGE"))
                .body("limit", equalTo("92233720368.54775807"))
                .body("value.length()", equalTo(41));
        given().header("Idempotency-Key", "bad-input")
                .contentType(ContentType.JSON)
                .body("{\"instrumentId\":\"BTC-PERP\",\"leverage\":\"1.1234567\"}")
                .post("/v1/accounts/bad/leverage")
                .then()
                .statusCode(400)
                .body("limit", equalTo("6"));
    }

    @Test
    @Covers("GATE-004")
    void aDeepPlaceIsNamedInFull() {
        ValidatableResponse response =
                given().contentType(ContentType.JSON)
                        .body(
                                "{\"account\":{\"balances\":[],\"positions\":[{\"instrumentId\":\"X\","
                                    + "\"size\":\"1\",\"entryPrice\":\"0.000000001\"}]}}")
                        .post("/v1/margin/evaluate")
                        .then();
        isProblem(response, 400, "TOO_MANY_DECIMALS");
        response.body("place", equalTo("account.positions[0].entryPrice"));
        isProblem(
                given().contentType(ContentType.JSON)
                        .body("{\"account\":{\"balances\":[null],\"positions\":[]}}")
                        .post("/v1/margin/evaluate")
                        .then(),
                400,
                "MISSING_FIELD");
        isProblem(
                given().contentType(ContentType.JSON)
                        .body("{\"account\":" + "[".repeat(5_000))
                        .post("/v1/margin/evaluate")
                        .then(),
                400,
                "WRONG_TYPE");
    }

    @ParameterizedTest
    @Covers("GATE-006")
    @CsvSource({
        "'', MISSING_IDEMPOTENCY_KEY",
        "with space, INVALID_IDEMPOTENCY_KEY",
        "LONG, INVALID_IDEMPOTENCY_KEY"
    })
    void aChangeNeedsAKey(String key, String reason) {
        var request =
                given().contentType(ContentType.JSON)
                        .body("{\"assetId\":\"USD\",\"amount\":\"1\"}");
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key.equals("LONG") ? "k".repeat(129) : key);
        }
        for (String path :
                new String[] {"/v1/accounts/bad/withdrawals", "/v1/insurance-fund/contributions"}) {
            isProblem(request.post(path).then(), 400, reason);
        }
        request.body("{\"reason\":\"wick\"}");
        for (String path :
                new String[] {"/v1/prices/BTC-PERP/halt", "/v1/prices/BTC-PERP/resume"}) {
            isProblem(request.post(path).then(), 400, reason);
        }
    }

    @ParameterizedTest
    @Covers("GATE-008")
    @CsvSource({
        "/v1/accounts?pageSize=0, INVALID_PARAMETER, pageSize",
        "/v1/accounts?pageSize=1001, INVALID_PARAMETER, pageSize",
        "/v1/accounts?pageSize=many, INVALID_PARAMETER, pageSize",
        "/v1/accounts?order=best, INVALID_PARAMETER, order",
        "/v1/accounts?states=SICK, INVALID_PARAMETER, states",
        "/v1/accounts?states=UNSPECIFIED, INVALID_PARAMETER, states",
        "/v1/prices/BTC-PERP/candles, MISSING_PARAMETER, interval",
        "/v1/prices/BTC-PERP/candles?interval=2m, INVALID_PARAMETER, interval",
        "/v1/prices/BTC-PERP/candles?interval=1m&from=yesterday, INVALID_PARAMETER, from",
        "/v1/prices/BTC-PERP/candles?interval=1m&to=1969-12-31T23:59:59Z, INVALID_PARAMETER, to",
        "/v1/prices/BTC-PERP/candles?interval=1m&to=2300-01-01T00:00:00Z, INVALID_PARAMETER, to",
        "/v1/prices/BTC-PERP/candles?interval=1m&pageSize=5001, INVALID_PARAMETER, pageSize",
        "/v1/liquidations?openOnly=perhaps, INVALID_PARAMETER, openOnly",
        "/v1/adl-queue?side=long, MISSING_PARAMETER, instrument",
        "/v1/adl-queue?instrument=BTC-PERP, MISSING_PARAMETER, side",
        "/v1/adl-queue?instrument=BTC-PERP&side=both, INVALID_PARAMETER, side",
        "/v1/stream?topics=prices%2Cnews, INVALID_PARAMETER, topics",
    })
    void aParameterOutOfItsRangeIsNamed(String path, String reason, String place) {
        ValidatableResponse response = given().urlEncodingEnabled(false).get(path).then();
        isProblem(response, 400, reason);
        response.body("place", equalTo(place));
    }

    @ParameterizedTest
    @Covers({"GATE-011", "GATE-016"})
    @CsvSource({
        "GET, /v1/nothing, 404, UNKNOWN_PATH",
        "GET, /nothing.html, 404, UNKNOWN_PATH",
        "GET, /v1/accounts/unknown, 404, UNKNOWN_ACCOUNT",
        "GET, /v1/prices/UNKNOWN-PERP, 404, UNKNOWN_INSTRUMENT",
        "GET, /v1/liquidations/unknown, 404, UNKNOWN_CASE",
        "DELETE, /v1/prices, 405, METHOD_NOT_ALLOWED",
        "POST, /v1/accounts/a, 405, METHOD_NOT_ALLOWED",
        "GET, /v1/accounts/busy, 429, QUEUE_FULL",
        "GET, /v1/accounts/slow, 504, SERVICE_TIMEOUT",
        "GET, /v1/accounts/boom, 500, INTERNAL",
    })
    void everyFailureHasItsStatus(String method, String path, int status, String reason) {
        ValidatableResponse response = given().request(method, path).then();
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason));
        if (!reason.equals("QUEUE_FULL")) {
            isProblem(response, status, reason);
        }
    }

    @Test
    @Covers("GATE-011")
    void idAndTimeToTryAgainComeFromTheService() {
        given().get("/v1/accounts/unknown").then().body("id", equalTo("unknown"));
        given().get("/v1/accounts/busy").then().header("Retry-After", "8");
        given().contentType(ContentType.JSON)
                .body(
                        "{\"account\":{\"balances\":[],\"positions\":[{\"instrumentId\":\"NOPE-PERP\","
                            + "\"size\":\"1\",\"entryPrice\":\"1\"}]}}")
                .post("/v1/margin/evaluate")
                .then()
                .statusCode(400)
                .body("reason", equalTo("UNKNOWN_INSTRUMENT"))
                .body("id", equalTo("NOPE-PERP"));
    }

    @Test
    @Covers("GATE-013")
    void anInnerFailureShowsNothingOfTheInside() {
        given().get("/v1/accounts/boom")
                .then()
                .statusCode(500)
                .body(not(containsString("secret")))
                .body("detail", equalTo("margin-service failed; see its logs"));
    }

    @Test
    @Covers("GATE-016")
    void otherMediaTypesAreRefused() {
        isProblem(
                given().header("Idempotency-Key", "bad-input")
                        .contentType("text/plain")
                        .body("{}")
                        .post("/v1/accounts/bad/deposits")
                        .then(),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        isProblem(given().accept("text/html").get("/v1/prices").then(), 406, "NOT_ACCEPTABLE");
    }

    @Test
    @Covers("GATE-015")
    void aBodyOfAHundredMegabytesIsRefusedWithoutBeingHeld() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> stated =
                    client.send(
                            bigRequest(
                                    HttpRequest.BodyPublishers.fromPublisher(
                                            HttpRequest.BodyPublishers.ofInputStream(Blanks::new),
                                            HUNDRED_MEGABYTES)),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(stated.statusCode()).isEqualTo(413);
            assertThat(stated.body())
                    .contains("BODY_TOO_LARGE")
                    .contains("\"value\":\"100000000\"")
                    .contains("\"limit\":\"1048576\"");
            HttpResponse<String> unstated =
                    client.send(
                            bigRequest(HttpRequest.BodyPublishers.ofInputStream(Blanks::new)),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(unstated.statusCode()).isEqualTo(413);
            assertThat(unstated.body()).contains("BODY_TOO_LARGE");
        }
        given().contentType(ContentType.JSON)
                .body(" ".repeat(1_048_576 - 2) + "{}")
                .post("/v1/margin/evaluate")
                .then()
                .statusCode(400)
                .body("reason", equalTo("MISSING_FIELD"));
        given().get("/v1/instruments").then().statusCode(200);
    }

    private HttpRequest bigRequest(HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(root + "v1/margin/evaluate"))
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    /** A hundred million blanks. */
    private static final class Blanks extends InputStream {
        private long left = HUNDRED_MEGABYTES;

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int some = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + some, (byte) ' ');
            left -= some;
            return some;
        }
    }

    @Test
    @Covers("GATE-004")
    void aRequestCutInTheMiddleOfItsBodyDoesNoHarm() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), root.getPort())) {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/accounts/cut/deposits HTTP/1.1\r\n"
                                            + "Host: localhost\r\n"
                                            + "Content-Type: application/json\r\n"
                                            + "Idempotency-Key: cut\r\n"
                                            + "Content-Length: 50\r\n\r\n"
                                            + "{\"assetId\":\"USD\",\"amou")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        given().get("/v1/instruments").then().statusCode(200);
        assertThat(services.commands().taken()).noneMatch(c -> c.getCommandId().equals("cut"));
    }
}
