package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.delever.contracts.margin.v1.Command;
import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changes reach the services once, under the caller's key, and every answer of the services has its
 * status.
 */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class ChangesTest {
    @Services TestUpstreams services;

    private static ValidatableResponse post(String path, String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then();
    }

    private Command command(String id) {
        List<Command> found =
                services.commands().taken().stream()
                        .filter(c -> c.getCommandId().equals(id))
                        .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    @Covers({"GATE-001", "GATE-006"})
    void aRepeatedKeyGetsTheFirstAnswerAndChangesNothing() {
        String body = "{\"assetId\":\"USD\",\"amount\":\"1000.00000001\"}";
        String first =
                post("/v1/accounts/new-1/deposits", "dep-1", body)
                        .statusCode(200)
                        .body("commandId", equalTo("dep-1"))
                        .body("status", equalTo("ACCEPTED"))
                        .body("shard", equalTo(2))
                        .extract()
                        .asString();
        String second =
                post("/v1/accounts/new-1/deposits", "dep-1", body)
                        .statusCode(200)
                        .extract()
                        .asString();
        assertThat(second).isEqualTo(first);
        assertThat(command("dep-1").getDeposit().getAmountE8()).isEqualTo(100_000_000_001L);
        assertThat(command("dep-1").getDeposit().getAccountId()).isEqualTo("new-1");
        given().get("/v1/accounts/new-1")
                .then()
                .body("balances.amount", equalTo(List.of("1000.00000001")));
    }

    @Test
    @Covers("GATE-006")
    void withdrawalTransferAndLeverageArriveAsTheyWereSent() {
        post("/v1/accounts/a.1/withdrawals", "w-1", "{\"assetId\":\"USD\",\"amount\":\"0.5\"}")
                .statusCode(200);
        assertThat(command("w-1").getWithdrawal().getAccountId()).isEqualTo("a.1");
        assertThat(command("w-1").getWithdrawal().getAmountE8()).isEqualTo(50_000_000);
        post(
                        "/v1/transfers",
                        "t-1",
                        "{\"fromAccountId\":\"a\",\"toAccountId\":\"b\",\"assetId\":\"USD\",\"amount\":\"3\"}")
                .statusCode(200);
        assertThat(command("t-1").getTransfer().getToAccountId()).isEqualTo("b");
        post(
                        "/v1/accounts/a/leverage",
                        "l-1",
                        "{\"instrumentId\":\"BTC-PERP\",\"leverage\":\"12.5\"}")
                .statusCode(200);
        assertThat(command("l-1").getLeverageChange().getLeveragePpm()).isEqualTo(12_500_000);
        assertThat(command("l-1").getEventTimeNanos()).isZero();
    }

    @Test
    @Covers("GATE-006")
    void aContributionIsTakenOnce() {
        String body = "{\"assetId\":\"USD\",\"amount\":\"250000\"}";
        String first =
                post("/v1/insurance-fund/contributions", "c-1", body)
                        .statusCode(200)
                        .body("assetId", equalTo("USD"))
                        .extract()
                        .asString();
        assertThat(
                        post("/v1/insurance-fund/contributions", "c-1", body)
                                .statusCode(200)
                                .extract()
                                .asString())
                .isEqualTo(first);
    }

    @Test
    @Covers({"GATE-006", "GATE-046"})
    void aHaltAndItsEndArriveAsTheyWereSentAndOnce() {
        String body = "{\"reason\":\"one venue printed half\"}";
        for (int i = 0; i < 2; i++) {
            post("/v1/prices/BTC-PERP/halt", "halt-1", body)
                    .statusCode(200)
                    .body("instrumentId", equalTo("BTC-PERP"))
                    .body("halted", equalTo(true))
                    .body("reason", equalTo("one venue printed half"))
                    .body("receivedAt", equalTo("2025-10-09T08:53:20.000000000Z"));
        }
        post("/v1/prices/BTC-PERP/resume", "halt-2", body)
                .statusCode(200)
                .body("halted", equalTo(false));
        post("/v1/prices/BTC-PERP/resume", "halt-1", body)
                .statusCode(200)
                .body("halted", equalTo(true));
    }

    @Test
    @Covers({"GATE-006", "GATE-047"})
    void anIndexIsReadAsItWasSentAndPutOnce() {
        given().get("/v1/prices/PUT-PERP/index").then().statusCode(404);
        String source =
                "{\"venueId\":\"%s\",\"market\":\"PUT-USD\",\"weight\":%d,"
                        + "\"stalenessLimitMillis\":5000%s}";
        String sources =
                source.formatted("coinbase", 3, "")
                        + ","
                        + source.formatted(
                                "binance",
                                1,
                                ",\"rateInstrumentId\":\"USDT-USD\",\"depegLimit\":\"0.02\"")
                        + ","
                        + source.formatted("own", 1, ",\"ownVenue\":true");
        String body =
                "{\"sources\":[%s],\"minimumSources\":2,\"outlierLimit\":\"0.01\",\"tickSize\":\"0.1\""
                                .formatted(sources)
                        + ",\"method\":{\"outlierRule\":\"CLAMP\",\"average\":\"WEIGHTED_MEAN\","
                        + "\"volumeWindowMillis\":60000,\"weightCap\":\"0.5\",\"ownCap\":\"0.1\","
                        + "\"frozenAfterMillis\":10000,\"frozenMove\":\"0.02\"}}";
        String first = put("index-1", body).statusCode(200).extract().asString();
        assertThat(given().get("/v1/prices/PUT-PERP/index").asString()).isEqualTo(first);
        given().get("/v1/prices/PUT-PERP/index")
                .then()
                .body("sources.venueId", equalTo(List.of("coinbase", "binance", "own")))
                .body("sources[0].weight", equalTo(3))
                .body("sources[1].depegLimit", equalTo("0.02"))
                .body("sources[2].ownVenue", equalTo(true))
                .body("minimumSources", equalTo(2))
                .body("method.outlierRule", equalTo("CLAMP"))
                .body("method.volumeWindowMillis", equalTo(60_000))
                .body("method.frozenMove", equalTo("0.02"));
        assertThat(put("index-1", body.replace("0.01", "0.03")).extract().asString())
                .isEqualTo(first);
        put("index-2", body.replace("CLAMP", "GUESS"))
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
        put("index-3", body.replace("5000,", "9223372036854775807,"))
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
        assertThat(given().get("/v1/prices/PUT-PERP/index").asString()).isEqualTo(first);
    }

    private static ValidatableResponse put(String key, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .put("/v1/prices/PUT-PERP/index")
                .then();
    }

    @ParameterizedTest
    @Covers({"GATE-011", "GATE-012"})
    @CsvSource({
        "/v1/accounts/a/withdrawals, USD, 5000, 422, INSUFFICIENT_MARGIN",
        "/v1/accounts/a/withdrawals, USD, 7, 409, ACCOUNT_IN_LIQUIDATION",
        "/v1/accounts/a/deposits, XYZ, 1, 422, UNKNOWN_ASSET",
        "/v1/accounts/a/deposits, USD, -1, 400, MALFORMED",
        "/v1/accounts/a/deposits, OVERLOAD, 1, 429, OVERLOADED",
        "/v1/accounts/a/deposits, NOJOURNAL, 1, 503, JOURNAL_UNAVAILABLE",
    })
    void everyAnswerOfTheServiceHasItsStatus(
            String path, String asset, String amount, int status, String reason) {
        ValidatableResponse response =
                post(
                                path,
                                "status-" + reason,
                                "{\"assetId\":\"" + asset + "\",\"amount\":\"" + amount + "\"}")
                        .statusCode(status)
                        .contentType("application/problem+json")
                        .body("reason", equalTo(reason))
                        .body("status", equalTo(status))
                        .body("detail", not(equalTo("")));
        if (status == 429 || status == 503) {
            response.header("Retry-After", "3");
        }
    }

    @Test
    @Covers("GATE-012")
    void aRefusalIsRepeatedWithTheKey() {
        String body =
                "{\"fromAccountId\":\"a\",\"toAccountId\":\"a\",\"assetId\":\"USD\",\"amount\":\"3\"}";
        for (int i = 0; i < 2; i++) {
            post("/v1/transfers", "same-1", body)
                    .statusCode(422)
                    .body("reason", equalTo("SAME_ACCOUNT"));
        }
        post(
                        "/v1/accounts/a/leverage",
                        "lev-2",
                        "{\"instrumentId\":\"BTC-PERP\",\"leverage\":\"200\"}")
                .statusCode(422)
                .body("reason", equalTo("LEVERAGE_OUT_OF_RANGE"))
                .body("detail", equalTo("leverage 200 for BTC-PERP, the limit is 100"));
    }

    @Test
    @Covers("GATE-067")
    void anImaginedRoundShowsEveryPolicy() {
        given().contentType(ContentType.JSON)
                .body("{\"instrumentId\":\"BTC-PERP\",\"side\":\"short\",\"size\":\"2.5\"}")
                .post("/v1/adl/simulate")
                .then()
                .statusCode(200)
                .body("side", equalTo("SHORT"))
                .body("policy", equalTo("QUEUE"))
                .body("totalCount", equalTo(6))
                .body("policies[0].needed", equalTo("2.5"))
                .body("policies[0].overshoot", equalTo("0"))
                .body("policies[0].largestHaircut", equalTo("0.01"))
                .body("policies[0].leverageAfter", equalTo("7.5"))
                .body("policies[0].nextDeficit", equalTo("0.001"))
                .body("policies[1]", not(hasKey("leverageAfter")));
        given().contentType(ContentType.JSON)
                .body("{\"instrumentId\":\"BTC-PERP\",\"side\":\"both\",\"size\":\"1\"}")
                .post("/v1/adl/simulate")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
        given().contentType(ContentType.JSON)
                .body("{\"instrumentId\":\"BTC-PERP\",\"side\":\"LONG\"}")
                .post("/v1/adl/simulate")
                .then()
                .statusCode(400)
                .body("reason", equalTo("MISSING_FIELD"));
    }

    @Test
    @Covers("GATE-008")
    void calculationsChangeNothingAndNeedNoKey() {
        given().contentType(ContentType.JSON)
                .body(
                        "{\"account\":{\"balances\":[{\"assetId\":\"USD\",\"amount\":\"-5.25\"}],"
                            + "\"positions\":[{\"instrumentId\":\"BTC-PERP\",\"size\":\"-0.5\","
                            + "\"entryPrice\":\"60000\",\"leverage\":\"20\"}]},"
                            + "\"prices\":[{\"instrumentId\":\"BTC-PERP\",\"price\":\"58000\"}]}")
                .post("/v1/margin/evaluate")
                .then()
                .statusCode(200)
                .body("equity", equalTo("-5.25"))
                .body("positions[0].size", equalTo("-0.5"))
                .body("positions[0].leverage", equalTo("20"))
                .body("$", not(hasKey("maintenanceMargin")));
        String order =
                "{\"accountId\":\"a\",\"instrumentId\":\"BTC-PERP\",\"size\":\"%s\",\"limitPrice\":\"60000\"}";
        given().contentType(ContentType.JSON)
                .body(order.formatted("3"))
                .post("/v1/orders/check")
                .then()
                .statusCode(200)
                .body("passes", equalTo(false))
                .body("rejected.reason", equalTo("INSUFFICIENT_MARGIN"))
                .body("largestPassingSize", equalTo("2"));
        given().contentType(ContentType.JSON)
                .body(order.formatted("1"))
                .post("/v1/orders/check")
                .then()
                .statusCode(200)
                .body("passes", equalTo(true))
                .body("$", not(hasKey("rejected")));
    }
}
