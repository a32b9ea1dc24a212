package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A gateway that asks who calls. */
@QuarkusTest
@TestProfile(AskedProfile.class)
@QuarkusTestResource(value = UpstreamsResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IssuerResource.class, restrictToAnnotatedClass = true)
class AskedTest {
    private static final String MONEY = "{\"assetId\":\"USD\",\"amount\":\"12.5\"}";

    @Services TestUpstreams services;

    @TestHTTPResource URL root;

    private static ValidatableResponse get(String token, String path) {
        return given().header("Authorization", "Bearer " + token).get(path).then();
    }

    private static ValidatableResponse post(String token, String path, String key, String body) {
        return given().header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then();
    }

    private static void isRefused(ValidatableResponse response, int status, String reason) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .body("reason", equalTo(reason))
                .body(not(containsString("Exception")));
        if (status == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
    }

    private static String unsigned(String header, String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + ".";
    }

    @Test
    @Covers("GATE-062")
    void aTokenOfTheIssuerForThisAudienceInItsTimeIsBelieved() {
        get(Tokens.of("viewer"), "/v1/instruments").statusCode(200);
        Map<String, String> forged =
                Map.of(
                        "another key",
                        Tokens.claims("viewer")
                                .jws()
                                .keyId("k1")
                                .sign(IssuerResource.OTHER_KEYS.getPrivate()),
                        "an unknown key id",
                        Tokens.claims("viewer")
                                .jws()
                                .keyId("k2")
                                .sign(IssuerResource.OTHER_KEYS.getPrivate()),
                        "another issuer",
                        Tokens.signed(Tokens.claims("viewer").issuer("https://evil.example")),
                        "another audience",
                        Tokens.signed(Tokens.claims("viewer").audience("somebody-else")),
                        "no audience",
                        Tokens.signed(
                                Jwt.issuer(IssuerResource.ISSUER)
                                        .upn("p")
                                        .groups("viewer")
                                        .expiresIn(Duration.ofMinutes(5))),
                        "expired",
                        Tokens.signed(
                                Tokens.claims("viewer")
                                        .issuedAt(Instant.now().minusSeconds(7200))
                                        .expiresAt(Instant.now().minusSeconds(3600))),
                        "no algorithm",
                        unsigned(
                                "{\"alg\":\"none\",\"kid\":\"k1\"}",
                                "{\"iss\":\""
                                        + IssuerResource.ISSUER
                                        + "\",\"aud\":\"delever\",\"upn\":\"p\",\"groups\":[\"viewer\"],"
                                        + "\"exp\":4102444800,\"iat\":1700000000}"),
                        "the public key as a shared secret",
                        Tokens.claims("viewer")
                                .jws()
                                .keyId("k1")
                                .sign(
                                        new SecretKeySpec(
                                                IssuerResource.KEYS.getPublic().getEncoded(),
                                                "HmacSHA256")));
        forged.forEach(
                (what, token) ->
                        assertThat(get(token, "/v1/instruments").extract().statusCode())
                                .as(what)
                                .isEqualTo(401));
        isRefused(get(forged.get("expired"), "/v1/instruments"), 401, "UNAUTHENTICATED");
        isRefused(given().get("/v1/instruments").then(), 401, "UNAUTHENTICATED");
        isRefused(get(Tokens.of("viewer"), "/v1/accounts/x/deposits"), 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    @Covers("GATE-061")
    void aTraderSeesAndMovesOwnAccountsOnly() {
        String trader = Tokens.of("trader", "own-1", "own-2");
        isRefused(get(trader, "/v1/accounts/other"), 403, "FORBIDDEN");
        // An own account that does not exist is told, another is not.
        get(trader, "/v1/accounts/own-1").statusCode(404);
        get(trader, "/v1/liquidations?account=own-1").statusCode(200);
        isRefused(get(trader, "/v1/liquidations?account=other"), 403, "FORBIDDEN");
        isRefused(get(trader, "/v1/liquidations"), 403, "FORBIDDEN");
        String order =
                "{\"accountId\":\"%s\",\"instrumentId\":\"BTC-PERP\",\"size\":\"1\","
                        + "\"limitPrice\":\"60000\"}";
        post(trader, "/v1/orders/check", "k", order.formatted("own-1")).statusCode(200);
        isRefused(
                post(trader, "/v1/orders/check", "k", order.formatted("other")), 403, "FORBIDDEN");
        String leverage = "{\"instrumentId\":\"BTC-PERP\",\"leverage\":\"5\"}";
        post(trader, "/v1/accounts/own-1/leverage", "own-lev", leverage).statusCode(200);
        isRefused(
                post(trader, "/v1/accounts/other/leverage", "other-lev", leverage),
                403,
                "FORBIDDEN");
        String transfer =
                "{\"fromAccountId\":\"%s\",\"toAccountId\":\"%s\",\"assetId\":\"USD\","
                        + "\"amount\":\"3\"}";
        post(trader, "/v1/transfers", "own-tr", transfer.formatted("own-1", "own-2"))
                .statusCode(200);
        isRefused(
                post(trader, "/v1/transfers", "out", transfer.formatted("own-1", "other")),
                403,
                "FORBIDDEN");
        isRefused(
                post(trader, "/v1/transfers", "in", transfer.formatted("other", "own-1")),
                403,
                "FORBIDDEN");
        assertThat(services.commands().taken().stream().map(c -> c.getCommandId()))
                .contains("own-lev", "own-tr")
                .doesNotContain("other-lev", "out", "in");
        isRefused(
                post(Tokens.of("trader"), "/v1/accounts/own-1/leverage", "none", leverage),
                403,
                "FORBIDDEN");
    }

    @Test
    @Covers("GATE-061")
    void aViewerWhoTradesSeesAllAndMovesOwnAccountsOnly() {
        String both =
                Tokens.signed(Tokens.claims("trader", "own-1").groups(Set.of("viewer", "trader")));
        get(both, "/v1/accounts").statusCode(200);
        String leverage = "{\"instrumentId\":\"BTC-PERP\",\"leverage\":\"5\"}";
        post(both, "/v1/accounts/own-1/leverage", "both-own", leverage).statusCode(200);
        isRefused(
                post(both, "/v1/accounts/other/leverage", "both-other", leverage),
                403,
                "FORBIDDEN");
    }

    @Test
    @Covers("GATE-061")
    void aCaseShowsItsTraderNoOtherAccount() {
        services.liquidation()
                .publish(aCase("case-own", "own-1", "winner-7"), aCase("case-other", "other", "w"));
        String trader = Tokens.of("trader", "own-1");
        get(trader, "/v1/liquidations/case-own")
                .statusCode(200)
                .body("accountId", equalTo("own-1"))
                .body("steps[0].fills[0]", not(hasKey("counterpartyAccountId")))
                .body(not(containsString("winner-7")));
        isRefused(get(trader, "/v1/liquidations/case-other"), 403, "FORBIDDEN");
        get(Tokens.of("viewer"), "/v1/liquidations/case-own")
                .statusCode(200)
                .body("steps[0].fills[0].counterpartyAccountId", equalTo("winner-7"));
    }

    private static Case aCase(String id, String account, String winner) {
        return Case.newBuilder()
                .setCaseId(id)
                .setAccountId(account)
                .setState(CaseState.CASE_STATE_REDUCING)
                .addSteps(
                        CaseStep.newBuilder()
                                .setNumber(1)
                                .setExplanation("closed against " + winner)
                                .addFills(
                                        CaseFill.newBuilder()
                                                .setFillId("fill-" + winner)
                                                .setCounterpartyAccountId(winner)))
                .build();
    }

    @Test
    @Covers("GATE-061")
    void aTradersStreamCarriesOwnAccountsOnly() throws IOException {
        services.liquidation()
                .publish(aCase("stream-own", "own-9", "w"), aCase("stream-other", "other-9", "w"));
        assertThat(firstEvent(Tokens.of("trader", "own-9"), "/v1/stream/cases"))
                .contains("stream-own")
                .doesNotContain("stream-other");
        assertThat(firstEvent(Tokens.of("viewer"), "/v1/stream/cases"))
                .contains("stream-own", "stream-other");
    }

    private String firstEvent(String token, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create(root.toString().replaceAll("/$", "") + path)
                                .toURL()
                                .openConnection();
        connection.setReadTimeout(10_000);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !(line.startsWith("data:") && line.contains("\"cases\":["))) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        } finally {
            connection.disconnect();
        }
    }

    @Test
    @Covers("GATE-063")
    void aStreamEndsWhenTheTokenDoes() throws IOException {
        String token =
                Tokens.signed(Tokens.claims("viewer").expiresAt(Instant.now().plusSeconds(3)));
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create(root.toString().replaceAll("/$", "") + "/v1/stream/prices")
                                .toURL()
                                .openConnection();
        connection.setReadTimeout(20_000);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        int lines = 0;
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                connection.getInputStream(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                lines++;
            }
        }
        assertThat(lines).isPositive();
    }

    @Test
    @Covers("GATE-064")
    void apiTokensAreBelievedUntilTheyExpireOrAreTakenOut() throws IOException {
        get("dlv_viewer", "/v1/accounts").statusCode(200);
        isRefused(get("dlv_old", "/v1/accounts"), 401, "UNAUTHENTICATED");
        isRefused(get("dlv_unknown", "/v1/accounts"), 401, "UNAUTHENTICATED");
        isRefused(post("dlv_viewer", "/v1/accounts/a/deposits", "no", MONEY), 403, "FORBIDDEN");
        get("dlv_trader", "/v1/liquidations?account=own-1").statusCode(200);
        isRefused(get("dlv_trader", "/v1/liquidations?account=other"), 403, "FORBIDDEN");
        Files.writeString(
                IssuerResource.TOKENS,
                IssuerResource.tokenLine("soon", "dlv_soon", "2999-01-01T00:00:00Z", "viewer -"),
                StandardOpenOption.APPEND);
        get("dlv_soon", "/v1/accounts").statusCode(200);
        List<String> lines = new ArrayList<>(Files.readAllLines(IssuerResource.TOKENS));
        lines.removeIf(line -> line.startsWith("soon "));
        Files.write(IssuerResource.TOKENS, lines);
        isRefused(get("dlv_soon", "/v1/accounts"), 401, "UNAUTHENTICATED");
    }

    @Test
    @Covers("GATE-066")
    void everyChangeStandsInTheAuditLogWithWhoWhatBeforeAndAfter() throws IOException {
        given().header("Authorization", "Bearer dlv_system")
                .header("X-Request-Id", "audit-request-1")
                .header("Idempotency-Key", "audit-1")
                .contentType(ContentType.JSON)
                .body(MONEY)
                .post("/v1/accounts/audited/deposits")
                .then()
                .statusCode(200);
        post(
                        "dlv_system",
                        "/v1/accounts/audited/withdrawals",
                        "audit-2",
                        "{\"assetId\":\"USD\",\"amount\":\"5000\"}")
                .statusCode(422);
        post(Tokens.of("operator"), "/v1/insurance-fund/contributions", "audit-3", MONEY)
                .statusCode(200);
        isRefused(
                post("dlv_viewer", "/v1/accounts/audited/deposits", "audit-4", MONEY),
                403,
                "FORBIDDEN");
        post(Tokens.of("operator"), "/v1/prices/BTC-PERP/halt", "audit-5", "{\"reason\":\"wick\"}")
                .statusCode(200);
        given().header("Authorization", "Bearer " + Tokens.of("risk-admin"))
                .header("Idempotency-Key", "audit-6")
                .contentType(ContentType.JSON)
                .body(
                        "{\"sources\":[{\"venueId\":\"a\",\"market\":\"X\",\"weight\":1,"
                                + "\"stalenessLimitMillis\":1000}],\"minimumSources\":1,"
                                + "\"outlierLimit\":\"0.01\",\"tickSize\":\"0.1\"}")
                .put("/v1/prices/AUDITED-PERP/index")
                .then()
                .statusCode(200);
        assertThat(audited("audit-6").get(0).get("before").asText()).isEqualTo("not listed");
        assertThat(audited("audit-6").get(0).get("change").asText()).contains("weight: 1");
        assertThat(audited("audit-6").get(1).get("after").asText()).contains("AUDITED-PERP");
        assertThat(audited("audit-5")).hasSize(2);
        assertThat(audited("audit-5").get(0).get("operation").asText())
                .isEqualTo("HALT_INSTRUMENT");
        assertThat(audited("audit-5").get(0).get("change").asText()).contains("wick");

        List<JsonNode> deposit = audited("audit-1");
        assertThat(deposit).hasSize(2);
        assertThat(deposit.get(0).get("phase").asText()).isEqualTo("asked");
        assertThat(deposit.get(0).get("caller").asText()).isEqualTo("token:bank");
        assertThat(deposit.get(0).get("roles").asText()).isEqualTo("[system]");
        assertThat(deposit.get(0).get("requestId").asText()).isEqualTo("audit-request-1");
        assertThat(deposit.get(0).get("operation").asText()).isEqualTo("DEPOSIT");
        assertThat(deposit.get(0).get("change").asText()).contains("amount_e8: 1250000000");
        assertThat(deposit.get(0).get("before").asText()).isEqualTo("not read: NOT_FOUND");
        assertThat(deposit.get(1).get("outcome").asText()).isEqualTo("DONE");
        assertThat(deposit.get(1).get("after").asText()).contains("amount_e8: 1250000000");
        assertThat(audited("audit-2").get(1).get("outcome").asText())
                .isEqualTo("INSUFFICIENT_MARGIN");
        assertThat(audited("audit-3").get(0).get("caller").asText()).isEqualTo("person-operator");
        assertThat(audited("audit-3").get(1).get("outcome").asText()).isEqualTo("DONE");
        assertThat(audited("audit-4")).isEmpty();
        assertThat(Files.readString(IssuerResource.AUDIT)).doesNotContain("dlv_");
    }

    private static List<JsonNode> audited(String commandId) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(IssuerResource.AUDIT)) {
            JsonNode node = json.readTree(line);
            if (node.path("commandId").asText().equals(commandId)) {
                found.add(node);
            }
        }
        return found;
    }

    @Test
    @Covers("GATE-060")
    void probesAndThePageAreOpenAndMetricsAreNot() {
        given().get("/q/health/live").then().statusCode(200);
        given().header("Host", "10.1.2.3:8443").get("/q/health/live").then().statusCode(200);
        given().get("/").then().statusCode(200);
        given().get("/q/metrics").then().statusCode(401);
        get(Tokens.of("trader", "own-1"), "/q/metrics").statusCode(403);
        get("dlv_viewer", "/q/metrics").statusCode(200);
    }
}
