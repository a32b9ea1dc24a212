package io.delever.gateway.upstream;

import com.google.rpc.Code;
import io.delever.contracts.sentiment.v1.AlertLevel;
import io.delever.contracts.sentiment.v1.Contribution;
import io.delever.contracts.sentiment.v1.EarlyWarning;
import io.delever.contracts.sentiment.v1.Fuel;
import io.delever.contracts.sentiment.v1.GetCascadeRequest;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.GetEarlyWarningRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningResponse;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentRequest;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentResponse;
import io.delever.contracts.sentiment.v1.GetScoreRequest;
import io.delever.contracts.sentiment.v1.GetScoreResponse;
import io.delever.contracts.sentiment.v1.KeptWarning;
import io.delever.contracts.sentiment.v1.ListScoresRequest;
import io.delever.contracts.sentiment.v1.ListScoresResponse;
import io.delever.contracts.sentiment.v1.ListTextsRequest;
import io.delever.contracts.sentiment.v1.ListTextsResponse;
import io.delever.contracts.sentiment.v1.ListWarningsRequest;
import io.delever.contracts.sentiment.v1.ListWarningsResponse;
import io.delever.contracts.sentiment.v1.PredictorForecast;
import io.delever.contracts.sentiment.v1.PredictorSkill;
import io.delever.contracts.sentiment.v1.PushResult;
import io.delever.contracts.sentiment.v1.RiskAdjustment;
import io.delever.contracts.sentiment.v1.Score;
import io.delever.contracts.sentiment.v1.SentimentLevel;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc.SentimentServiceImplBase;
import io.delever.contracts.sentiment.v1.StreamScoresRequest;
import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.contracts.sentiment.v1.SubmitTextsRequest;
import io.delever.contracts.sentiment.v1.SubmitTextsResponse;
import io.delever.contracts.sentiment.v1.Text;
import io.delever.contracts.sentiment.v1.TextMood;
import io.delever.contracts.sentiment.v1.TextOutcome;
import io.delever.contracts.sentiment.v1.TextVerdict;
import io.delever.contracts.sentiment.v1.WarningReason;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A sentiment service that knows what it is told. */
public final class TestSentiment extends SentimentServiceImplBase {
    private static final long HOUR = 3_600_000_000_000L;

    private final ConcurrentSkipListMap<String, Score> scores = new ConcurrentSkipListMap<>();
    private final TestStream<Score, StreamScoresResponse> stream =
            new TestStream<>(
                    (epoch, sequence, snapshot, values) ->
                            StreamScoresResponse.newBuilder()
                                    .setEpoch(epoch)
                                    .setSequence(sequence)
                                    .setSnapshot(snapshot)
                                    .addAllScores(values)
                                    .build(),
                    () -> List.copyOf(scores.values()));

    /** A score that signals below neutral explain in equal parts, one signal missing. */
    public static Score score(String instrument, long points, long timeNanos) {
        long total = (points - 50) * 1_000_000L;
        long each = total / 4;
        SentimentLevel level =
                points < 20
                        ? SentimentLevel.SENTIMENT_LEVEL_EXTREME_FEAR
                        : points < 40
                                ? SentimentLevel.SENTIMENT_LEVEL_FEAR
                                : SentimentLevel.SENTIMENT_LEVEL_NEUTRAL;
        return Score.newBuilder()
                .setInstrumentId(instrument)
                .setScoreMicros(points * 1_000_000L)
                .setLevel(level)
                .setConfidencePpm(850_000)
                .addContributions(contribution("volatility", 1.83, "annualised", each))
                .addContributions(contribution("drawdown", -0.124, "ratio", 2 * each))
                .addContributions(contribution("skew", 0.31, "ratio", -each / 2))
                .addContributions(
                        contribution("liquidations", 4.2, "ratio", total - 2 * each - each / 2))
                .addMissingSignals("funding")
                .setEventTimeNanos(timeNanos)
                .build();
    }

    private static Contribution contribution(
            String signal, double value, String unit, long contributionMicros) {
        return Contribution.newBuilder()
                .setSignal(signal)
                .setValue(value)
                .setUnit(unit)
                .setContributionMicros(contributionMicros)
                .build();
    }

    /** Takes scores and sends them to every reader as one batch. */
    public void publish(Score... changed) {
        for (Score score : changed) {
            scores.put(score.getInstrumentId(), score);
        }
        stream.publish(List.of(changed));
    }

    TestStream<Score, StreamScoresResponse> stream() {
        return stream;
    }

    @Override
    public void getScore(GetScoreRequest request, StreamObserver<GetScoreResponse> answer) {
        Score score = scores.get(request.getInstrumentId());
        if (score == null) {
            answer.onError(
                    Errors.of(
                            Code.NOT_FOUND,
                            "UNKNOWN_INSTRUMENT",
                            "instrument " + request.getInstrumentId() + " has no score",
                            Map.of("id", request.getInstrumentId())));
            return;
        }
        answer.onNext(GetScoreResponse.newBuilder().setScore(score).build());
        answer.onCompleted();
    }

    @Override
    public void listScores(ListScoresRequest request, StreamObserver<ListScoresResponse> answer) {
        answer.onNext(ListScoresResponse.newBuilder().addAllScores(scores.values()).build());
        answer.onCompleted();
    }

    @Override
    public void streamScores(
            StreamScoresRequest request, StreamObserver<StreamScoresResponse> reader) {
        stream.open("", 0, reader);
    }

    @Override
    public void getRiskAdjustment(
            GetRiskAdjustmentRequest request, StreamObserver<GetRiskAdjustmentResponse> answer) {
        answer.onNext(
                GetRiskAdjustmentResponse.newBuilder()
                        .setAdjustment(
                                RiskAdjustment.newBuilder()
                                        .setInstrumentId(request.getInstrumentId())
                                        .setInitialMarginMultiplierPpm(1_250_000)
                                        .setBoundPpm(2_000_000)
                                        .setExpiresAtNanos(1_760_131_500_000_000_000L)
                                        .addReasons("extreme fear"))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void getEarlyWarning(
            GetEarlyWarningRequest request, StreamObserver<GetEarlyWarningResponse> answer) {
        answer.onNext(
                GetEarlyWarningResponse.newBuilder()
                        .addWarnings(
                                warning(HOUR)
                                        .setProbabilityPpm(312_500)
                                        .setShownPredictor("volatility_alone")
                                        .setLevel(AlertLevel.ALERT_LEVEL_WARNING)
                                        .addForecasts(
                                                PredictorForecast.newBuilder()
                                                        .setPredictor("model")
                                                        .setProbabilityPpm(400_000))
                                        .addReasons(
                                                WarningReason.newBuilder()
                                                        .setFeature("volatility")
                                                        .setValue(0.5)
                                                        .setLogOdds(1.25))
                                        .addMissingFeatures("fuel_below"))
                        .addWarnings(warning(4 * HOUR).setLevel(AlertLevel.ALERT_LEVEL_NONE))
                        .addSkills(
                                PredictorSkill.newBuilder()
                                        .setHorizonNanos(HOUR)
                                        .setPredictor("model")
                                        .setBrierScore(0.05)
                                        .setOutcomeCount(7))
                        .build());
        answer.onCompleted();
    }

    private static EarlyWarning.Builder warning(long horizonNanos) {
        return EarlyWarning.newBuilder()
                .setInstrumentId("BTC-PERP")
                .setEventTimeNanos(1_760_131_500_000_000_000L)
                .setHorizonNanos(horizonNanos)
                .setThresholdPpm(40_000);
    }

    @Override
    public void listWarnings(
            ListWarningsRequest request, StreamObserver<ListWarningsResponse> answer) {
        answer.onNext(
                ListWarningsResponse.newBuilder()
                        .addWarnings(
                                KeptWarning.newBuilder()
                                        .setInstrumentId("BTC-PERP")
                                        .setEventTimeNanos(1_760_131_500_000_000_000L)
                                        .setHorizonNanos(HOUR)
                                        .setProbabilityPpm(100_000)
                                        .setShownPredictor("model")
                                        .setLevel(AlertLevel.ALERT_LEVEL_WATCH))
                        .setNextPageToken(request.getPageToken().isEmpty() ? "41" : "")
                        .build());
        answer.onCompleted();
    }

    @Override
    public void getCascade(GetCascadeRequest request, StreamObserver<GetCascadeResponse> answer) {
        GetCascadeResponse.Builder cascade =
                GetCascadeResponse.newBuilder()
                        .setInstrumentId(request.getInstrumentId())
                        .setPrice(100)
                        .setOpenNotional(1_000)
                        .setAccountCount(12)
                        .addFuel(Fuel.newBuilder().setDistancePpm(-20_000).setNotional(250))
                        .addFuel(Fuel.newBuilder().setDistancePpm(-10_000).setNotional(100))
                        .addFuel(Fuel.newBuilder().setDistancePpm(10_000).setNotional(50))
                        .setAmplifiedBelow(95.5)
                        .setAmplificationLimit(1.5)
                        .setFeedsItselfBelow(true)
                        .setDepthSize(0.2);
        if (request.getPushPpm() != 0) {
            cascade.setPush(
                    PushResult.newBuilder().setPushedPrice(90).setEndPrice(80).setAmplification(2));
        }
        answer.onNext(cascade.build());
        answer.onCompleted();
    }

    @Override
    public void submitTexts(
            SubmitTextsRequest request, StreamObserver<SubmitTextsResponse> answer) {
        SubmitTextsResponse.Builder verdicts = SubmitTextsResponse.newBuilder();
        for (Text text : request.getTextsList()) {
            verdicts.addVerdicts(
                    TextVerdict.newBuilder()
                            .setTextId(text.getTextId())
                            .setSource(text.getSource())
                            .setEventTimeNanos(text.getEventTimeNanos())
                            .setOutcome(TextOutcome.TEXT_OUTCOME_COUNTED)
                            .setScoreMicros(-440_000)
                            .setWeightMicros(500_000)
                            .addAllInstrumentIds(text.getInstrumentIdsList()));
        }
        answer.onNext(verdicts.build());
        answer.onCompleted();
    }

    @Override
    public void listTexts(ListTextsRequest request, StreamObserver<ListTextsResponse> answer) {
        answer.onNext(
                ListTextsResponse.newBuilder()
                        .addMoods(TextMood.newBuilder().setMoodMicros(-120_000))
                        .addMoods(
                                TextMood.newBuilder()
                                        .setInstrumentId("BTC-PERP")
                                        .setMoodMicros(250_000))
                        .addVerdicts(
                                TextVerdict.newBuilder()
                                        .setTextId("t1")
                                        .setOutcome(TextOutcome.TEXT_OUTCOME_BURST))
                        .setNextPageToken("9")
                        .build());
        answer.onCompleted();
    }
}
