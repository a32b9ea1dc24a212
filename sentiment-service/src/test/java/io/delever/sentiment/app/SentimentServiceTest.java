package io.delever.sentiment.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.sentiment.v1.Contribution;
import io.delever.contracts.sentiment.v1.GetCascadeRequest;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.GetEarlyWarningRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningResponse;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentRequest;
import io.delever.contracts.sentiment.v1.GetScoreRequest;
import io.delever.contracts.sentiment.v1.ListScoresRequest;
import io.delever.contracts.sentiment.v1.ListWarningsRequest;
import io.delever.contracts.sentiment.v1.ListWarningsResponse;
import io.delever.contracts.sentiment.v1.PredictorForecast;
import io.delever.contracts.sentiment.v1.RiskAdjustment;
import io.delever.contracts.sentiment.v1.Score;
import io.delever.contracts.sentiment.v1.SentimentLevel;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc.SentimentServiceBlockingStub;
import io.delever.contracts.sentiment.v1.StreamScoresRequest;
import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Rate;
import io.delever.sentiment.Await;
import io.delever.sentiment.core.SentimentSnapshot;
import io.delever.sentiment.core.SentimentSnapshot.Rated;
import io.delever.sentiment.persistence.AdjustmentRow;
import io.delever.sentiment.persistence.PostgresScoreHistory;
import io.delever.sentiment.persistence.ScoreRow;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(FreePorts.class)
class SentimentServiceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long ONE = 100_000_000L;

    @ConfigProperty(name = "quarkus.grpc.clients.price.test-port")
    int pricePort;

    @ConfigProperty(name = "quarkus.grpc.clients.margin.test-port")
    int marginPort;

    @ConfigProperty(name = "quarkus.grpc.clients.liquidation.test-port")
    int liquidationPort;

    @Inject EntityManager entities;

    private ManagedChannel channel;
    private SentimentServiceBlockingStub sentiment;
    private final Upstream.Prices prices = new Upstream.Prices();
    private final Upstream.Margin margin = new Upstream.Margin(21);
    private final Upstream.Liquidation liquidation = new Upstream.Liquidation();

    @BeforeEach
    void connect() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", RestAssured.port)
                        .usePlaintext()
                        .build();
        sentiment = SentimentServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    @Covers({"SSVC-002", "SSVC-003", "SSVC-004", "SSVC-005", "SSVC-006", "SSVC-011", "SSVC-012"})
    void aCrashTurnsTheScoreToFearAndMissingUpstreamsAreNamed() {
        try (Upstream _ = Upstream.at(pricePort, prices)) {
            Await.until(() -> assertThat(prices.readerCount()).isPositive());
            tape("CALM-PERP", false);
            tape("CRASH-PERP", true);
            Score alone =
                    Await.value(
                            () -> score("CRASH-PERP"),
                            s -> assertThat(s.getContributionsCount()).isEqualTo(3));
            assertThat(alone.getMissingSignalsList()).containsExactly("skew", "liquidations");
            assertThat(alone.getConfidencePpm()).isEqualTo(666_666);
            given().get("/q/health/ready").then().statusCode(200);

            try (Upstream _ = Upstream.at(marginPort, margin);
                    Upstream _ = Upstream.at(liquidationPort, liquidation)) {
                margin.holders("CRASH-PERP", 30, 70);
                liquidation.put(closedLong("case-1", "CRASH-PERP", 40_000));
                everythingIsThere();
                adjustmentRises();
            }
            Await.until(
                    () ->
                            assertThat(score("CRASH-PERP").getMissingSignalsList())
                                    .contains("liquidations"));
        }
        Await.until(() -> given().get("/q/health/ready").then().statusCode(503));
        try (Upstream _ = Upstream.at(pricePort, prices)) {
            Await.until(() -> given().get("/q/health/ready").then().statusCode(200));
        }
    }

    @Test
    @Covers({"SSVC-020", "SSVC-021", "SSVC-022", "SSVC-023", "SSVC-024"})
    void theBookOfTheVenueGivesWarningsAndFuel() {
        try (Upstream _ = Upstream.at(pricePort, prices);
                Upstream _ = Upstream.at(marginPort, margin)) {
            Await.until(() -> assertThat(prices.readerCount()).isPositive());
            tape("BOOK-PERP", true);
            GetCascadeRequest request =
                    GetCascadeRequest.newBuilder()
                            .setInstrumentId("BOOK-PERP")
                            .setPushPpm(-110_000)
                            .build();
            GetCascadeResponse cascade =
                    Await.value(
                            () -> sentiment.getCascade(request),
                            c -> assertThat(c.getAccountCount()).isEqualTo(2));
            assertThat(cascade.getOpenNotional()).isEqualTo(10_000);
            assertThat(cascade.getFuelCount()).isEqualTo(30);
            assertThat(cascade.getFuel(14).getNotional()).isZero();
            assertThat(cascade.getFuel(0).getNotional()).isEqualTo(10_000);
            assertThat(cascade.getPush().getClosedCount()).isEqualTo(1);
            assertThat(cascade.getPush().getEndPrice()).isLessThan(89);
            GetEarlyWarningRequest asked =
                    GetEarlyWarningRequest.newBuilder().setInstrumentId("BOOK-PERP").build();
            GetEarlyWarningResponse warnings =
                    Await.value(
                            () -> sentiment.getEarlyWarning(asked),
                            w ->
                                    assertThat(w.getWarnings(0).getForecastsList())
                                            .extracting(PredictorForecast::getPredictor)
                                            .contains("volatility_alone", "model"));
            assertThat(warnings.getWarningsCount()).isEqualTo(4);
            assertThat(warnings.getWarnings(0).hasProbabilityPpm()).isTrue();
            assertThat(warnings.getSkillsCount()).isEqualTo(16);
            assertThat(given().get("/q/metrics").asString())
                    .contains("delever_sentiment_warnings{level=\"critical\"");
            ListWarningsRequest one =
                    ListWarningsRequest.newBuilder()
                            .setInstrumentId("BOOK-PERP")
                            .setPageSize(1)
                            .build();
            ListWarningsResponse kept =
                    Await.value(
                            () -> sentiment.listWarnings(one),
                            w -> assertThat(w.getWarningsCount()).isEqualTo(1));
            assertThat(kept.getWarnings(0).getShownPredictor()).isNotEmpty();
            ListWarningsResponse next =
                    sentiment.listWarnings(
                            one.toBuilder().setPageToken(kept.getNextPageToken()).build());
            assertThat(next.getWarningsList()).doesNotContain(kept.getWarnings(0));
        }
    }

    @Test
    @Covers({"SSVC-023", "SSVC-024"})
    void questionsOutOfRangeAreRefused() {
        refused(
                () ->
                        sentiment.getCascade(
                                GetCascadeRequest.newBuilder()
                                        .setInstrumentId("BOOK-PERP")
                                        .setPushPpm(900_001)
                                        .build()),
                "OUT_OF_RANGE");
        refused(
                () ->
                        sentiment.getCascade(
                                GetCascadeRequest.newBuilder().setInstrumentId("NO-PERP").build()),
                "UNKNOWN_INSTRUMENT");
        refused(
                () ->
                        sentiment.listWarnings(
                                ListWarningsRequest.newBuilder().setPageToken("x").build()),
                "MALFORMED_PAGE_TOKEN");
        refused(
                () ->
                        sentiment.listWarnings(
                                ListWarningsRequest.newBuilder().setPageSize(1_001).build()),
                "OUT_OF_RANGE");
    }

    private static void refused(Runnable call, String reason) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        failure -> {
                            try {
                                ErrorInfo info =
                                        StatusProto.fromThrowable(failure)
                                                .getDetails(0)
                                                .unpack(ErrorInfo.class);
                                assertThat(info.getReason()).isEqualTo(reason);
                            } catch (InvalidProtocolBufferException e) {
                                throw new AssertionError(e);
                            }
                        });
    }

    @Test
    @Covers("SSVC-003")
    void anUpstreamThatDiesAndComesBackIsFollowedAgain() {
        Await.until(() -> assertThat(given().get("/q/health/ready").statusCode()).isEqualTo(503));
        try (Upstream _ = Upstream.at(pricePort, prices)) {
            Await.until(() -> assertThat(prices.readerCount()).isEqualTo(1));
            prices.send(List.of(price("BACK-PERP", 100 * ONE, now())));
            Await.until(() -> assertThat(score("BACK-PERP").getContributionsCount()).isPositive());
        }
        Upstream.Prices again = new Upstream.Prices();
        try (Upstream _ = Upstream.at(pricePort, again)) {
            Await.until(() -> assertThat(again.readerCount()).isEqualTo(1));
            again.send(List.of(price("BACK-PERP", 60 * ONE, now())));
            Await.until(
                    () ->
                            assertThat(contribution(score("BACK-PERP"), "drawdown").getValue())
                                    .isGreaterThan(0.39));
            again.send(
                    List.of(
                            price("BACK-PERP", 60 * ONE, now()).toBuilder()
                                    .setState(PriceState.PRICE_STATE_STALE)
                                    .build()));
            Await.until(
                    () ->
                            assertThat(score("BACK-PERP").getMissingSignalsList())
                                    .contains("drawdown"));
        }
    }

    @Test
    @Covers("SSVC-008")
    void unknownAndMalformedInstrumentsAreRefused() throws InvalidProtocolBufferException {
        assertFailure("NOBODY-PERP", Status.Code.NOT_FOUND, "UNKNOWN_INSTRUMENT");
        assertFailure("no id", Status.Code.INVALID_ARGUMENT, "MALFORMED_INSTRUMENT_ID");
        StreamScoresRequest unknown =
                StreamScoresRequest.newBuilder().addInstrumentIds("NOBODY-PERP").build();
        assertThatThrownBy(() -> sentiment.streamScores(unknown).next())
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("NOBODY-PERP");
        StreamScoresRequest.Builder many = StreamScoresRequest.newBuilder();
        for (int i = 0; i < 1001; i++) {
            many.addInstrumentIds("I" + i);
        }
        assertThatThrownBy(() -> sentiment.streamScores(many.build()).next())
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("at most 1000");
    }

    @Test
    @Covers({"SSVC-006", "SSVC-007"})
    void theStreamStartsWithASnapshotAndTheMarketComesFirst() {
        try (Upstream _ = Upstream.at(pricePort, prices)) {
            Await.until(() -> assertThat(prices.readerCount()).isEqualTo(1));
            prices.send(List.of(price("STREAM-PERP", 100 * ONE, now() - SECOND)));
            Await.until(() -> assertThat(score("STREAM-PERP").getInstrumentId()).isNotEmpty());
            List<Score> listed =
                    sentiment.listScores(ListScoresRequest.getDefaultInstance()).getScoresList();
            assertThat(listed.getFirst().getInstrumentId()).isEmpty();
            assertThat(listed).extracting(Score::getInstrumentId).isSorted();

            Iterator<StreamScoresResponse> stream =
                    sentiment.streamScores(
                            StreamScoresRequest.newBuilder()
                                    .addInstrumentIds("STREAM-PERP")
                                    .build());
            StreamScoresResponse first = stream.next();
            assertThat(first.getSnapshot()).isTrue();
            assertThat(first.getScoresList())
                    .extracting(Score::getInstrumentId)
                    .containsExactly("STREAM-PERP");
            prices.send(List.of(price("STREAM-PERP", 80 * ONE, now())));
            StreamScoresResponse second = stream.next();
            assertThat(second.getSnapshot()).isFalse();
            assertThat(second.getEpoch()).isEqualTo(first.getEpoch());
            assertThat(second.getSequence()).isGreaterThan(first.getSequence());
        }
    }

    @Test
    @Covers({"SSVC-009", "SSVC-010"})
    void scoresAreKeptAddUpAndStayWithinTheirLimit() {
        Await.until(
                () ->
                        assertThat(
                                        QuarkusTransaction.requiringNew()
                                                .call(() -> ScoreRow.count("instrumentId", "")))
                                .isGreaterThan(5));
        List<ScoreRow> rows = QuarkusTransaction.requiringNew().call(() -> ScoreRow.listAll());
        for (ScoreRow row : rows) {
            long sum = row.contributionMicros.values().stream().mapToLong(Long::longValue).sum();
            assertThat(50_000_000L + sum).isEqualTo(row.scoreMicros);
        }
        long newest = newestId();
        Await.until(() -> assertThat(newestId()).isGreaterThan(newest + 200));
        // At most 100 and what is written between two trims.
        assertThat(QuarkusTransaction.requiringNew().call(() -> ScoreRow.count()))
                .isLessThan(100 + 20 * 10);
        assertThat(QuarkusTransaction.requiringNew().call(() -> AdjustmentRow.count()))
                .isPositive();
    }

    @Test
    @Covers({"SSVC-009", "SSVC-013"})
    void adjustmentsAreReadBackAsTheyWere() {
        RiskAdjustmentKept kept = new RiskAdjustmentKept("KEPT-PERP", 1_234_567);
        PostgresScoreHistory history = history(entities);
        history.start();
        history.keep(kept.snapshot());
        Await.until(() -> assertThat(history.keptCount()).isEqualTo(1));
        history.close();
        assertThat(history.lastAdjustments()).contains(kept.adjustment());
    }

    @Test
    @Covers("SSVC-009")
    void aDatabaseThatFailsCostsTheHistoryAndNothingElse() {
        EntityManager broken =
                (EntityManager)
                        Proxy.newProxyInstance(
                                EntityManager.class.getClassLoader(),
                                new Class<?>[] {EntityManager.class},
                                (proxy, method, arguments) -> {
                                    throw new PersistenceException("gone");
                                });
        PostgresScoreHistory history = history(broken);
        for (int i = 0; i < 10; i++) {
            history.keep(new RiskAdjustmentKept("LOST-PERP", 1_000_001).snapshot());
        }
        assertThat(history.droppedCount()).isEqualTo(6);
        history.start();
        Await.until(() -> assertThat(history.droppedCount()).isEqualTo(10));
        history.keep(new RiskAdjustmentKept("LOST-PERP", 1_000_001).snapshot());
        Await.until(() -> assertThat(history.droppedCount()).isEqualTo(11));
        history.close();
        assertThat(history.keptCount()).isZero();
    }

    @Test
    @Covers("SSVC-012")
    void metricsAndLivenessAreThere() {
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains("delever_sentiment_market_score_points")
                .contains("delever_sentiment_market_confidence_ratio")
                .contains("delever_sentiment_market_multiplier_ratio")
                .contains("delever_sentiment_queue_full_total")
                .contains("delever_sentiment_observations_left_out_total");
        given().get("/q/health/live").then().statusCode(200);
    }

    private static PostgresScoreHistory history(EntityManager entities) {
        return new PostgresScoreHistory(
                entities,
                InstantSource.system(),
                new PostgresScoreHistory.Limits(Duration.ofDays(1), 100, 4));
    }

    /** A snapshot in which the market and one instrument ask for the same. */
    private record RiskAdjustmentKept(String instrument, long multiplierPpm) {
        private static final long EXPIRES = 1_900_000_000_000_000_000L;

        io.delever.engine.sentiment.RiskAdjustment adjustment() {
            return adjustment(Optional.of(new InstrumentId(instrument)));
        }

        SentimentSnapshot snapshot() {
            InstrumentId id = new InstrumentId(instrument);
            return new SentimentSnapshot(
                    1, rated(Optional.empty()), new TreeMap<>(Map.of(id, rated(Optional.of(id)))));
        }

        private Rated rated(Optional<InstrumentId> id) {
            io.delever.engine.sentiment.Score score =
                    new io.delever.engine.sentiment.Score(
                            id,
                            50_000_000,
                            io.delever.engine.sentiment.SentimentLevel.NEUTRAL,
                            Rate.ZERO,
                            List.of(),
                            List.of(),
                            now());
            return new Rated(score, adjustment(id));
        }

        private io.delever.engine.sentiment.RiskAdjustment adjustment(Optional<InstrumentId> id) {
            return new io.delever.engine.sentiment.RiskAdjustment(
                    id,
                    new Rate(multiplierPpm),
                    new Rate(1_500_000),
                    EXPIRES,
                    List.of("score 12.5 is below 30", "volatility takes 37.5 points"));
        }
    }

    private void everythingIsThere() {
        Score crash =
                Await.value(
                        () -> score("CRASH-PERP"),
                        s -> assertThat(s.getMissingSignalsList()).isEmpty());
        assertThat(crash.getConfidencePpm()).isEqualTo(1_000_000);
        assertThat(contribution(crash, "skew").getValue()).isEqualTo(-0.4);
        Await.until(
                () ->
                        assertThat(
                                        contribution(score("CRASH-PERP"), "liquidations")
                                                .getContributionMicros())
                                .isLessThan(-10_000_000L));
        Score fear = score("CRASH-PERP");
        assertThat(fear.getLevel()).isEqualTo(SentimentLevel.SENTIMENT_LEVEL_EXTREME_FEAR);
        assertThat(fear.getScoreMicros()).isLessThan(25_000_000L);
        assertThat(score("CALM-PERP").getScoreMicros()).isGreaterThan(45_000_000L);
        Score market =
                Await.value(() -> score(""), s -> assertThat(s.getMissingSignalsList()).isEmpty());
        // 20 of 100 accounts; the one without a price does not count.
        assertThat(contribution(market, "margin_calls").getValue()).isEqualTo(0.2);
        for (Score each : List.of(crash, fear, market, score("CALM-PERP"))) {
            long sum =
                    each.getContributionsList().stream()
                            .mapToLong(Contribution::getContributionMicros)
                            .sum();
            assertThat(50_000_000L + sum).isEqualTo(each.getScoreMicros());
        }
    }

    private void adjustmentRises() {
        RiskAdjustment adjustment =
                Await.value(
                        () -> adjustment("CRASH-PERP"),
                        a ->
                                assertThat(a.getInitialMarginMultiplierPpm())
                                        .isGreaterThan(1_000_000L));
        assertThat(adjustment.getInitialMarginMultiplierPpm())
                .isLessThanOrEqualTo(adjustment.getBoundPpm());
        assertThat(adjustment.getReasonsList()).isNotEmpty();
        assertThat(adjustment.getExpiresAtNanos()).isGreaterThan(now());
        assertThat(adjustment("CALM-PERP").getInitialMarginMultiplierPpm()).isEqualTo(1_000_000L);
    }

    /**
     * Nine minutes with a price every three seconds; the last of them lose a quarter in a crash.
     */
    private void tape(String instrument, boolean crashes) {
        long start = now() - 560 * SECOND;
        for (int i = 0; i < 180; i++) {
            long index = 100 * ONE + (i % 2) * 2_000_000L;
            if (crashes && i >= 160) {
                index = 100 * ONE - (i - 159) * (5 * ONE / 4);
            }
            prices.send(List.of(price(instrument, index, start + i * 3L * SECOND)));
        }
    }

    private static PriceUpdate price(String instrument, long index, long timeNanos) {
        return PriceUpdate.newBuilder()
                .setInstrumentId(instrument)
                .setState(PriceState.PRICE_STATE_FRESH)
                .setIndexPriceE8(index)
                .setMarkPriceE8(index - index / 1000)
                .setEventTimeNanos(timeNanos)
                .build();
    }

    private static Case closedLong(String id, String instrument, long size) {
        return Case.newBuilder()
                .setCaseId(id)
                .setUpdatedAtNanos(now())
                .setClosedNotionalE8(size * 75 * ONE)
                .addSteps(
                        CaseStep.newBuilder()
                                .setNumber(1)
                                .setKind(StepKind.STEP_KIND_ORDER)
                                .setInstrumentId(instrument)
                                .setSizeE8(-size * ONE)
                                .addFills(
                                        CaseFill.newBuilder()
                                                .setFillId("1")
                                                .setSizeE8(-size * ONE)
                                                .setPriceE8(75 * ONE)
                                                .setBooked(true)))
                .build();
    }

    private void assertFailure(String id, Status.Code code, String reason)
            throws InvalidProtocolBufferException {
        StatusRuntimeException failure = failureOf(id);
        assertThat(failure.getStatus().getCode()).isEqualTo(code);
        ErrorInfo info = StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo(reason);
        assertThat(info.getDomain()).isEqualTo("delever.io");
        assertThat(info.getMetadataMap()).containsEntry("id", id);
    }

    private StatusRuntimeException failureOf(String id) {
        try {
            Score score = score(id);
            throw new AssertionError("answered with " + score);
        } catch (StatusRuntimeException e) {
            return e;
        }
    }

    private Score score(String instrument) {
        return sentiment
                .getScore(GetScoreRequest.newBuilder().setInstrumentId(instrument).build())
                .getScore();
    }

    private RiskAdjustment adjustment(String instrument) {
        return sentiment
                .getRiskAdjustment(
                        GetRiskAdjustmentRequest.newBuilder().setInstrumentId(instrument).build())
                .getAdjustment();
    }

    private static Contribution contribution(Score score, String signal) {
        return score.getContributionsList().stream()
                .filter(c -> c.getSignal().equals(signal))
                .findFirst()
                .orElseThrow(() -> new AssertionError(signal + " is missing in " + score));
    }

    private static long newestId() {
        return QuarkusTransaction.requiringNew()
                .call(
                        () ->
                                ScoreRow.<ScoreRow>find("order by id desc")
                                        .firstResultOptional()
                                        .map(row -> row.id)
                                        .orElse(0L));
    }

    private static long now() {
        return Instant.now().toEpochMilli() * 1_000_000L;
    }
}
