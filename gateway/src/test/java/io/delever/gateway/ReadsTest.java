package io.delever.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseOutcome;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.Standing;
import io.delever.contracts.price.v1.Candle;
import io.delever.contracts.price.v1.CandleInterval;
import io.delever.contracts.price.v1.ListCandlesRequest;
import io.delever.contracts.price.v1.PriceHold;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.gateway.UpstreamsResource.Services;
import io.delever.gateway.rest.view.PriceViews.PriceView;
import io.delever.gateway.upstream.TestPrices;
import io.delever.gateway.upstream.TestSentiment;
import io.delever.gateway.upstream.TestUpstreams;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every figure that the services know can be read, in the form that people and tools expect. */
@QuarkusTest
@QuarkusTestResource(UpstreamsResource.class)
class ReadsTest {
    private static final long NOON = 1_760_097_600_000_000_001L;
    private static final long ONE = 100_000_000L;

    @Services TestUpstreams services;

    @BeforeEach
    void tellTheServices() {
        services.prices()
                .publish(
                        TestPrices.degraded("BTC-PERP", 6_000_012_345_678L, NOON),
                        TestPrices.missing("GONE-PERP", NOON));
        services.margin().put(account("read-1", 500_000, RiskState.RISK_STATE_LIQUIDATABLE));
        services.margin().put(account("read-2", 1_500_000, RiskState.RISK_STATE_HEALTHY));
        services.margin()
                .put(
                        Account.newBuilder()
                                .setAccountId("read-3")
                                .setMargin(
                                        AccountMargin.newBuilder()
                                                .setState(RiskState.RISK_STATE_PRICE_UNAVAILABLE)
                                                .addUnpricedInstrumentIds("GONE-PERP"))
                                .build());
    }

    private static Account account(String id, long ratioPpm, RiskState state) {
        return Account.newBuilder()
                .setAccountId(id)
                .addBalances(Balance.newBuilder().setAssetId("USD").setAmountE8(-1))
                .setMargin(
                        AccountMargin.newBuilder()
                                .setState(state)
                                .setEquityE8(123_456_789_012_345_678L)
                                .setAdjustedEquityE8(5 * ONE)
                                .setEquityRatioPpm(ratioPpm)
                                .addPositions(
                                        PositionMargin.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .setSizeE8(-50_000_000)
                                                .setEntryPriceE8(60_000 * ONE)
                                                .setLiquidationPriceE8(61_000 * ONE)
                                                .setLeveragePpm(10_000_000)))
                .setStanding(
                        Standing.newBuilder()
                                .setStanding(
                                        state == RiskState.RISK_STATE_LIQUIDATABLE
                                                ? AccountStanding.ACCOUNT_STANDING_LIQUIDATABLE
                                                : AccountStanding.ACCOUNT_STANDING_RECOVERED)
                                .setDeadlineNanos(NOON))
                .setShard(3)
                .setSequence(9_000)
                .build();
    }

    @Test
    @Covers({"GATE-001", "GATE-003", "GATE-007"})
    void pricesAreExactTextWithTheirStateAndNanoseconds() {
        given().get("/v1/prices/BTC-PERP")
                .then()
                .statusCode(200)
                .body("markPrice", equalTo("60000.12345678"))
                .body("state", equalTo("DEGRADED"))
                .body("eventTime", equalTo("2025-10-10T12:00:00.000000001Z"))
                .body("sourcesUsed", equalTo(2))
                .body("exclusions[0].reason", equalTo("OUTLIER"));
        given().get("/v1/prices")
                .then()
                .statusCode(200)
                .body(
                        "prices.find { it.instrumentId == 'BTC-PERP' }.indexPrice",
                        equalTo("60000.12345678"));
    }

    @Test
    @Covers("GATE-046")
    void aPriceShowsWhyItIsHeld() {
        PriceUpdate stale = TestPrices.stale("HELD-PERP", ONE, NOON);

        assertThat(PriceView.of(stale).hold()).isEmpty();
        assertThat(
                        PriceView.of(stale.toBuilder().setHold(PriceHold.PRICE_HOLD_HALTED).build())
                                .hold())
                .contains("HALTED");
        assertThat(
                        PriceView.of(
                                        stale.toBuilder()
                                                .setHold(PriceHold.PRICE_HOLD_VOLATILE)
                                                .build())
                                .hold())
                .contains("VOLATILE");
    }

    @Test
    @Covers("GATE-005")
    void aPriceThatNeverWasIsAbsentAndNotZero() {
        given().get("/v1/prices/GONE-PERP")
                .then()
                .statusCode(200)
                .body("state", equalTo("MISSING"))
                .body("$", not(hasKey("markPrice")))
                .body("$", not(hasKey("indexPrice")))
                .body("$", not(hasKey("eventTime")));
        given().get("/v1/accounts/read-3")
                .then()
                .body("margin.state", equalTo("PRICE_UNAVAILABLE"))
                .body("margin", not(hasKey("equity")))
                .body("margin", not(hasKey("equityRatio")))
                .body("margin.unpricedInstrumentIds", contains("GONE-PERP"));
    }

    @Test
    @Covers({"GATE-001", "GATE-007"})
    void anAccountKeepsEveryDigit() {
        given().get("/v1/accounts/read-1")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("balances[0].amount", equalTo("-0.00000001"))
                .body("margin.equity", equalTo("1234567890.12345678"))
                .body("margin.equityRatio", equalTo("0.5"))
                .body("margin.positions[0].size", equalTo("-0.5"))
                .body("margin.positions[0].leverage", equalTo("10"))
                .body("margin.positions[0]", not(hasKey("bankruptcyPrice")))
                .body("sequence", equalTo(9000));
    }

    @Test
    @Covers("GATE-007")
    void accountsComeRiskiestFirstByStateAndInPages() {
        given().queryParam("states", "liquidatable,BANKRUPT")
                .get("/v1/accounts")
                .then()
                .statusCode(200)
                .body("accounts.margin.state.unique()", contains("LIQUIDATABLE"));
        given().queryParam("standings", "recovered")
                .queryParam("instrument", "BTC-PERP")
                .get("/v1/accounts")
                .then()
                .statusCode(200)
                .body("accounts.accountId", contains("read-2"))
                .body("accounts[0].standing.standing", equalTo("RECOVERED"))
                .body("accounts[0].standing.deadline", equalTo("2025-10-10T12:00:00.000000001Z"));
        given().queryParam("instrument", "NONE-PERP")
                .get("/v1/accounts")
                .then()
                .statusCode(200)
                .body("accounts", hasSize(0));
        given().queryParam("standings", "LOST")
                .get("/v1/accounts")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
        String token =
                given().queryParam("pageSize", 1)
                        .get("/v1/accounts")
                        .then()
                        .statusCode(200)
                        .body("accounts", hasSize(1))
                        .body("accounts[0].margin.equityRatio", equalTo("0.5"))
                        .extract()
                        .path("nextPageToken");
        given().queryParam("pageSize", 1)
                .queryParam("pageToken", token)
                .get("/v1/accounts")
                .then()
                .body("accounts[0].accountId", not(equalTo("read-1")));
        given().queryParam("order", "id")
                .queryParam("pageSize", 1000)
                .get("/v1/accounts")
                .then()
                .body("$", not(hasKey("nextPageToken")))
                .body("accounts.accountId.indexOf('read-1')", not(equalTo(-1)));
    }

    @Test
    @Covers("GATE-007")
    void parametersShowRatesAsDecimals() {
        given().get("/v1/instruments")
                .then()
                .statusCode(200)
                .body("instruments[0].tickSize", equalTo("0.1"))
                .body("instruments[0].takerFee", equalTo("0.0005"))
                .body("instruments[0].tiers[0].maintenanceMargin", equalTo("0.005"));
        given().get("/v1/assets")
                .then()
                .statusCode(200)
                .body("assets[0].haircut", equalTo("0.05"))
                .body("assets[0].pricedByInstrumentId", equalTo("BTC-PERP"))
                .body("assets[1]", not(hasKey("pricedByInstrumentId")));
    }

    @Test
    @Covers("GATE-007")
    void casesHaveStepsOnlyWhereOneIsRead() {
        services.liquidation().publish(aCase("read-case-1", NOON), aCase("read-case-2", NOON + 1));
        given().queryParam("account", "read-1")
                .queryParam("pageSize", 1)
                .get("/v1/liquidations")
                .then()
                .statusCode(200)
                .body("totalCount", equalTo(2))
                .body("cases.caseId", contains("read-case-2"))
                .body("cases[0]", not(hasKey("steps")))
                .body("nextPageToken", equalTo("1"));
        given().queryParam("openOnly", true)
                .queryParam("account", "read-1")
                .get("/v1/liquidations")
                .then()
                .body("cases", hasSize(0));
        given().get("/v1/liquidations/read-case-1")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("RECOVERED"))
                .body("steps", hasSize(2))
                .body("steps[0].kind", equalTo("ORDER"))
                .body("steps[0].size", equalTo("-0.5"))
                .body("steps[0].explanation", equalTo("because"))
                .body("steps[0].fills[0].fee", equalTo("0.00000007"))
                .body("steps[0].fills[0].booked", equalTo(true))
                .body("steps[0]", not(hasKey("amount")))
                .body("steps[1].kind", equalTo("FUND_DRAW"))
                .body("steps[1].amount", equalTo("12"))
                .body("steps[1]", not(hasKey("size")));
    }

    private static Case aCase(String id, long openedAt) {
        return Case.newBuilder()
                .setCaseId(id)
                .setAccountId("read-1")
                .setState(CaseState.CASE_STATE_CLOSED)
                .setOutcome(CaseOutcome.CASE_OUTCOME_RECOVERED)
                .setOpenedAtNanos(openedAt)
                .setUpdatedAtNanos(openedAt)
                .addSteps(
                        CaseStep.newBuilder()
                                .setNumber(1)
                                .setKind(StepKind.STEP_KIND_ORDER)
                                .setInstrumentId("BTC-PERP")
                                .setSizeE8(-50_000_000)
                                .setPriceE8(59_000 * ONE)
                                .setExplanation("because")
                                .addFills(
                                        CaseFill.newBuilder()
                                                .setFillId("f")
                                                .setSizeE8(-50_000_000)
                                                .setPriceE8(59_100 * ONE)
                                                .setFeeE8(7)
                                                .setBooked(true)))
                .addSteps(
                        CaseStep.newBuilder()
                                .setNumber(2)
                                .setKind(StepKind.STEP_KIND_FUND_DRAW)
                                .setAssetId("USD")
                                .setAmountE8(12 * ONE))
                .build();
    }

    @Test
    @Covers("GATE-007")
    void theFundItsLedgerTheQueueAndTheSumsCanBeRead() {
        services.fund().book("contribution", 100 * ONE, "", NOON);
        services.fund().book("payment", 40 * ONE, "case-9", NOON);
        given().get("/v1/insurance-fund")
                .then()
                .statusCode(200)
                .body("balanced", equalTo(true))
                .body("balances[0].assetId", equalTo("USD"));
        given().queryParam("pageSize", 1)
                .get("/v1/insurance-fund/entries")
                .then()
                .statusCode(200)
                .body("entries[0].amount", equalTo("40"))
                .body("entries[0].creditLedgerAccount", equalTo("FUND_CASH"))
                .body("entries[0].caseId", equalTo("case-9"))
                .body("$", hasKey("nextPageToken"));
        given().queryParam("instrument", "BTC-PERP")
                .queryParam("side", "short")
                .get("/v1/adl-queue")
                .then()
                .statusCode(200)
                .body("side", equalTo("SHORT"))
                .body("policy", equalTo("CAPPED_PRO_RATA"))
                .body("totalCount", equalTo(6))
                .body("outlookSizePpm", equalTo(100_000))
                .body("outlookGapPpm", equalTo(10_000))
                .body("entries[0].percentilePpm", equalTo(150_000))
                .body("entries[0].topTenth", equalTo(true))
                .body("entries[1].topTenth", equalTo(false))
                .body("entries[0].expectedHaircut", equalTo("12.5"))
                .body("entries[0].rank", equalTo(1))
                .body("entries[0].size", equalTo("-9"));
        given().get("/v1/conservation")
                .then()
                .statusCode(200)
                .body("conserved", equalTo(true))
                .body("assets[0].residue", equalTo("0"))
                .body("instruments[0].openInterest", equalTo("12"));
    }

    @Test
    @Covers("GATE-007")
    void sentimentTellsTheMarketFromInstruments() {
        services.sentiment()
                .publish(
                        TestSentiment.score("", 23, NOON),
                        TestSentiment.score("BTC-PERP", 30, NOON));
        given().get("/v1/sentiment")
                .then()
                .statusCode(200)
                .body("market.score", equalTo("23"))
                .body("market.level", equalTo("FEAR"))
                .body("market", not(hasKey("instrumentId")))
                .body("market.contributions[0].signal", equalTo("volatility"))
                .body("market.missingSignals", contains("funding"))
                .body("instruments.instrumentId", contains("BTC-PERP"));
        given().get("/v1/sentiment/BTC-PERP")
                .then()
                .statusCode(200)
                .body("score.score", equalTo("30"))
                .body("adjustment.initialMarginMultiplier", equalTo("1.25"))
                .body("adjustment.expiresAt", equalTo("2025-10-10T21:25:00.000000000Z"));
    }

    @Test
    @Covers("GATE-080")
    void earlyWarningShowsWhatIsKnownAndLeavesOutWhatIsNot() {
        given().queryParam("instrument", "BTC-PERP")
                .get("/v1/risk/early-warning")
                .then()
                .statusCode(200)
                .body("warnings.horizon", contains("PT1H", "PT4H"))
                .body("warnings[0].probability", equalTo("0.3125"))
                .body("warnings[0].threshold", equalTo("0.04"))
                .body("warnings[0].shownPredictor", equalTo("volatility_alone"))
                .body("warnings[0].level", equalTo("WARNING"))
                .body("warnings[0].reasons[0].logOdds", equalTo(1.25f))
                .body("warnings[0].missingFeatures", contains("fuel_below"))
                .body("warnings[1]", not(hasKey("probability")))
                .body("skills[0].brierScore", equalTo(0.05f));
        given().get("/v1/risk/early-warning/history?pageSize=1")
                .then()
                .statusCode(200)
                .body("warnings[0].probability", equalTo("0.1"))
                .body("nextPageToken", equalTo("41"));
        given().get("/v1/risk/early-warning/history?pageSize=0").then().statusCode(400);
    }

    @Test
    @Covers("GATE-081")
    void aCascadeShowsFuelAndWhereAPushEnds() {
        given().queryParam("instrument", "BTC-PERP")
                .queryParam("push", "-0.1")
                .get("/v1/risk/cascade")
                .then()
                .statusCode(200)
                .body("fuel.distance", contains("-0.02", "-0.01", "0.01"))
                .body("amplified.priceBelow", equalTo(95.5f))
                .body("amplified", not(hasKey("priceAbove")))
                .body("amplified.feedsItselfBelow", equalTo(true))
                .body("push.endPrice", equalTo(80f));
        given().queryParam("instrument", "BTC-PERP")
                .get("/v1/risk/cascade")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("push")));
        given().get("/v1/risk/cascade")
                .then()
                .statusCode(400)
                .body("reason", equalTo("MISSING_PARAMETER"));
        given().queryParam("instrument", "BTC-PERP")
                .queryParam("push", "a tenth")
                .get("/v1/risk/cascade")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
    }

    @Test
    @Covers("GATE-083")
    void textsAreHandedInUnderTheirKeyAndListedWithTheirVerdicts() {
        String body =
                """
                {"source": "newswire", "eventTime": "2025-10-10T21:15:00Z",
                 "text": "Bitcoin crashes", "instrumentIds": ["BTC-PERP"]}
                """;
        given().contentType("application/json")
                .header("Idempotency-Key", "headline-7")
                .body(body)
                .post("/v1/texts")
                .then()
                .statusCode(200)
                .body("textId", equalTo("headline-7"))
                .body("outcome", equalTo("COUNTED"))
                .body("score", equalTo("-0.44"))
                .body("instrumentIds", contains("BTC-PERP"))
                .body("eventTime", equalTo("2025-10-10T21:15:00.000000000Z"));
        given().contentType("application/json")
                .header("Idempotency-Key", "headline-8")
                .body(body.replace("2025-10-10T21:15:00Z", "yesterday"))
                .post("/v1/texts")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_PARAMETER"));
        given().get("/v1/texts")
                .then()
                .statusCode(200)
                .body("moods[0]", not(hasKey("instrumentId")))
                .body("moods.mood", contains("-0.12", "0.25"))
                .body("verdicts[0].outcome", equalTo("BURST"))
                .body("verdicts[0]", not(hasKey("score")))
                .body("nextPageToken", equalTo("9"));
    }

    @Test
    @Covers("GATE-045")
    void candlesComeInPagesWithExactPricesAndTimes() {
        long minute = 60_000_000_000L;
        long first = NOON - NOON % minute;
        services.history().put(candle(first, 6_000_012_345_678L), candle(first + minute, ONE));
        String next =
                given().queryParam("interval", "1m")
                        .queryParam("from", "2025-10-10T11:59:00Z")
                        .queryParam("to", "2025-10-10T12:30:00.5Z")
                        .queryParam("pageSize", 1)
                        .get("/v1/prices/BTC-PERP/candles")
                        .then()
                        .statusCode(200)
                        .body("interval", equalTo("1M"))
                        .body("candles", hasSize(1))
                        .body("candles[0].startTime", equalTo("2025-10-10T12:00:00.000000000Z"))
                        .body("candles[0].open", equalTo("60000.12345678"))
                        .body("candles[0].high", equalTo("60000.12345679"))
                        .body("candles[0].low", equalTo("60000.12345677"))
                        .body("candles[0].close", equalTo("60000.12345678"))
                        .body("candles[0].updateCount", equalTo(7))
                        .extract()
                        .path("nextFrom");
        assertThat(services.history().requests().getLast())
                .isEqualTo(
                        ListCandlesRequest.newBuilder()
                                .setInstrumentId("BTC-PERP")
                                .setInterval(CandleInterval.CANDLE_INTERVAL_1M)
                                .setFromNanos(first - minute)
                                .setToNanos(first + 30 * minute + 500_000_000L)
                                .setPageSize(1)
                                .build());
        given().queryParam("interval", "1M")
                .queryParam("from", next)
                .get("/v1/prices/BTC-PERP/candles")
                .then()
                .body("candles.close", contains("1"))
                .body("$", not(hasKey("nextFrom")));
    }

    private static Candle candle(long startNanos, long priceE8) {
        return Candle.newBuilder()
                .setStartNanos(startNanos)
                .setOpenPriceE8(priceE8)
                .setHighPriceE8(priceE8 + 1)
                .setLowPriceE8(priceE8 - 1)
                .setClosePriceE8(priceE8)
                .setUpdateCount(7)
                .build();
    }

    @Test
    @Covers("GATE-041")
    void recentMarksAreBucketsWithoutUnusablePrices() {
        long start = NOON + 3_600_000_000_000L;
        services.prices().publish(TestPrices.fresh("RECENT-PERP", 10 * ONE, start));
        services.prices().publish(TestPrices.fresh("RECENT-PERP", 14 * ONE, start + 1));
        services.prices().publish(TestPrices.stale("RECENT-PERP", 99 * ONE, start + 2));
        services.prices().publish(TestPrices.fresh("RECENT-PERP", 12 * ONE, start + 3));
        services.prices().publish(TestPrices.fresh("RECENT-PERP", 9 * ONE, start + 5_000_000_000L));
        Await.until(
                "both buckets",
                Duration.ofSeconds(10),
                () ->
                        given().get("/v1/prices/RECENT-PERP/recent")
                                .path("buckets.size()")
                                .equals(2));
        given().get("/v1/prices/RECENT-PERP/recent")
                .then()
                .statusCode(200)
                .body("bucketSeconds", equalTo(5))
                .body("buckets[0].startTime", equalTo("2025-10-10T13:00:00.000000000Z"))
                .body("buckets[0].open", equalTo("10"))
                .body("buckets[0].high", equalTo("14"))
                .body("buckets[0].low", equalTo("10"))
                .body("buckets[0].close", equalTo("12"))
                .body("buckets[1].close", equalTo("9"));
        given().get("/v1/prices/NEVER-PERP/recent").then().body("buckets", hasSize(0));
    }

    @Test
    @Covers("GATE-014")
    void theRequestIdGoesToTheServiceAndBack() {
        given().header("X-Request-Id", "ticket-4711")
                .get("/v1/accounts/read-1")
                .then()
                .statusCode(200)
                .header("X-Request-Id", "ticket-4711");
        assertThat(services.marginServer().lastRequestId()).isEqualTo("ticket-4711");
        given().header("X-Request-Id", "not allowed\u00e4")
                .get("/v1/accounts/read-1")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"));
    }
}
