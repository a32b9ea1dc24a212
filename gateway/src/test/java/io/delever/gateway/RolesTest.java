package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Walks the whole interface with every role and with none. */
@QuarkusTest
@TestProfile(AskedProfile.class)
@QuarkusTestResource(value = UpstreamsResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IssuerResource.class, restrictToAnnotatedClass = true)
class RolesTest {
    private static final Set<String> EVERYBODY =
            Set.of("viewer", "trader", "system", "operator", "risk-admin");
    private static final Set<String> NO_TRADER =
            Set.of("viewer", "system", "operator", "risk-admin");
    // Stated here a second time, by hand: who may do what is decided, not derived.
    private static final Map<String, Set<String>> ALLOWED = allowed();

    @TestHTTPResource URL root;

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> table = new TreeMap<>();
        for (String path :
                List.of(
                        "/v1/instruments",
                        "/v1/assets",
                        "/v1/prices",
                        "/v1/prices/{instrument}",
                        "/v1/prices/{instrument}/candles",
                        "/v1/prices/{instrument}/recent",
                        "/v1/prices/{instrument}/index",
                        "/v1/accounts/{account}",
                        "/v1/liquidations/{caseId}",
                        "/v1/insurance-fund",
                        "/v1/risk/early-warning",
                        "/v1/sentiment",
                        "/v1/sentiment/{instrument}",
                        "/v1/status",
                        "/v1/stream",
                        "/v1/stream/prices",
                        "/v1/stream/risk-events",
                        "/v1/stream/standings",
                        "/v1/stream/cases",
                        "/v1/stream/sentiment")) {
            table.put("GET " + path, EVERYBODY);
        }
        // A trader has to name an own account here, which the walk does not; see OwnAccountsTest.
        table.put("GET /v1/liquidations", NO_TRADER);
        table.put("GET /v1/accounts", NO_TRADER);
        table.put("GET /v1/insurance-fund/entries", NO_TRADER);
        table.put("GET /v1/adl-queue", NO_TRADER);
        table.put("GET /v1/conservation", NO_TRADER);
        table.put("GET /v1/risk/early-warning/history", NO_TRADER);
        table.put("GET /v1/risk/cascade", NO_TRADER);
        table.put("GET /v1/texts", NO_TRADER);
        table.put("POST /v1/texts", Set.of("system"));
        table.put("POST /v1/adl/simulate", NO_TRADER);
        table.put("POST /v1/margin/evaluate", EVERYBODY);
        table.put("POST /v1/orders/check", EVERYBODY);
        table.put("POST /v1/accounts/{account}/deposits", Set.of("system"));
        table.put("POST /v1/accounts/{account}/withdrawals", Set.of("system"));
        table.put("POST /v1/accounts/{account}/leverage", Set.of("system", "trader"));
        table.put("POST /v1/transfers", Set.of("system", "trader"));
        table.put("POST /v1/insurance-fund/contributions", Set.of("operator"));
        table.put("PUT /v1/prices/{instrument}/index", Set.of("risk-admin"));
        table.put("POST /v1/prices/{instrument}/halt", Set.of("operator", "risk-admin"));
        table.put("POST /v1/prices/{instrument}/resume", Set.of("operator", "risk-admin"));
        return table;
    }

    private static List<String> operations() {
        Map<String, Map<String, Object>> paths =
                given().accept(ContentType.JSON)
                        .get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getMap("paths");
        List<String> operations = new ArrayList<>();
        paths.forEach(
                (path, methods) ->
                        methods.keySet()
                                .forEach(
                                        method ->
                                                operations.add(
                                                        method.toUpperCase(Locale.ROOT)
                                                                + " "
                                                                + path)));
        return operations;
    }

    /** The status alone: the body of a stream never ends. */
    private int status(HttpClient client, String operation, Optional<String> token) {
        String[] parts = operation.split(" ", -1);
        String path =
                parts[1].replace("{account}", "own-1")
                        .replace("{instrument}", "BTC-PERP")
                        .replace("{caseId}", "no-such-case");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root.toString().replaceAll("/$", "") + path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Content-Type", "application/json")
                        .method(
                                parts[0],
                                parts[0].equals("POST")
                                        ? HttpRequest.BodyPublishers.ofString("{}")
                                        : HttpRequest.BodyPublishers.noBody());
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        try {
            HttpResponse<InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new AssertionError(operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(operation, e);
        }
    }

    @Test
    @Covers("GATE-060")
    void everyOperationLetsExactlyItsRolesIn() {
        assertThat(operations()).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
        List<String> wrong = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String operation : ALLOWED.keySet()) {
                for (String role : EVERYBODY) {
                    int status =
                            status(
                                    client,
                                    operation,
                                    Optional.of(Tokens.of(role, "own-1", "own-2")));
                    boolean in = status != 401 && status != 403 && status < 500;
                    if (in != ALLOWED.get(operation).contains(role) || (!in && status != 403)) {
                        wrong.add(role + " " + operation + " -> " + status);
                    }
                }
                for (Optional<String> nobody :
                        List.of(Optional.<String>empty(), Optional.of("nonsense"))) {
                    int status = status(client, operation, nobody);
                    if (status != 401) {
                        wrong.add("nobody " + operation + " -> " + status);
                    }
                }
                int status = status(client, operation, Optional.of(Tokens.of("admin", "own-1")));
                if (status != 403) {
                    wrong.add("a role that does not exist " + operation + " -> " + status);
                }
            }
            client.shutdownNow();
        }
        assertThat(wrong).isEmpty();
    }
}
