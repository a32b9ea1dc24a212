package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.GetCascadeRequest;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.GetEarlyWarningRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningResponse;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentRequest;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentResponse;
import io.delever.contracts.sentiment.v1.GetScoreRequest;
import io.delever.contracts.sentiment.v1.GetScoreResponse;
import io.delever.contracts.sentiment.v1.ListScoresRequest;
import io.delever.contracts.sentiment.v1.ListScoresResponse;
import io.delever.contracts.sentiment.v1.ListTextsRequest;
import io.delever.contracts.sentiment.v1.ListTextsResponse;
import io.delever.contracts.sentiment.v1.ListWarningsRequest;
import io.delever.contracts.sentiment.v1.ListWarningsResponse;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.StreamScoresRequest;
import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.contracts.sentiment.v1.SubmitTextsRequest;
import io.delever.contracts.sentiment.v1.SubmitTextsResponse;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.SentimentLoop;
import io.delever.sentiment.core.SentimentSnapshot;
import io.delever.sentiment.core.SentimentSnapshot.Rated;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the newest snapshot; holds no rule (SSVC-006). */
@GrpcService
public class SentimentGrpc extends SentimentServiceGrpc.SentimentServiceImplBase {
    /** Most instruments that one stream may name. */
    static final int MAXIMUM_NAMES = 1_000;

    private final SentimentLoop loop;
    private final ScoreStreams streams;
    private final InstantSource clock;
    private final RiskCalls risk;
    private final TextCalls texts;

    /** The service over {@code loop}. */
    @Inject
    public SentimentGrpc(
            SentimentLoop loop,
            ScoreStreams streams,
            InstantSource clock,
            RiskCalls risk,
            TextCalls texts) {
        this.risk = risk;
        this.texts = texts;
        this.loop = loop;
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public void getScore(GetScoreRequest request, StreamObserver<GetScoreResponse> responses) {
        answer(
                responses,
                () ->
                        GetScoreResponse.newBuilder()
                                .setScore(Messages.score(rated(request.getInstrumentId()).score()))
                                .build());
    }

    @Override
    public void listScores(
            ListScoresRequest request, StreamObserver<ListScoresResponse> responses) {
        answer(
                responses,
                () -> {
                    ListScoresResponse.Builder message = ListScoresResponse.newBuilder();
                    for (Rated rated : loop.snapshot().all()) {
                        message.addScores(Messages.score(rated.score()));
                    }
                    return message.build();
                });
    }

    @Override
    public void getRiskAdjustment(
            GetRiskAdjustmentRequest request, StreamObserver<GetRiskAdjustmentResponse> responses) {
        answer(
                responses,
                () ->
                        GetRiskAdjustmentResponse.newBuilder()
                                .setAdjustment(
                                        Messages.adjustment(
                                                rated(request.getInstrumentId())
                                                        .adjustment()
                                                        .asOf(Nanos.now(clock))))
                                .build());
    }

    @Override
    public void getEarlyWarning(
            GetEarlyWarningRequest request, StreamObserver<GetEarlyWarningResponse> responses) {
        answer(responses, () -> risk.warnings(request));
    }

    @Override
    @Blocking
    public void listWarnings(
            ListWarningsRequest request, StreamObserver<ListWarningsResponse> responses) {
        answer(responses, () -> risk.kept(request));
    }

    @Override
    @Blocking
    public void getCascade(
            GetCascadeRequest request, StreamObserver<GetCascadeResponse> responses) {
        answer(responses, () -> risk.cascade(request));
    }

    @Override
    @Blocking
    public void submitTexts(
            SubmitTextsRequest request, StreamObserver<SubmitTextsResponse> responses) {
        answer(responses, () -> texts.submit(request));
    }

    @Override
    @Blocking
    public void listTexts(ListTextsRequest request, StreamObserver<ListTextsResponse> responses) {
        answer(responses, () -> texts.list(request));
    }

    @Override
    public void streamScores(
            StreamScoresRequest request, StreamObserver<StreamScoresResponse> responses) {
        try {
            int asked = request.getInstrumentIdsCount();
            if (asked > MAXIMUM_NAMES) {
                throw Failures.tooManyInstruments(asked, MAXIMUM_NAMES);
            }
            Set<String> wanted = new LinkedHashSet<>();
            for (String id : request.getInstrumentIdsList()) {
                Rated known = rated(id);
                wanted.add(known.score().instrument().map(Object::toString).orElse(""));
            }
            streams.add((ServerCallStreamObserver<StreamScoresResponse>) responses, wanted);
        } catch (StatusRuntimeException e) {
            responses.onError(e);
        }
    }

    private Rated rated(String id) {
        SentimentSnapshot snapshot = loop.snapshot();
        return snapshot.of(Messages.instrument(id))
                .orElseThrow(() -> Failures.unknownInstrument(id));
    }

    private static <T> void answer(StreamObserver<T> responses, Supplier<T> message) {
        T answer;
        try {
            answer = message.get();
        } catch (StatusRuntimeException e) {
            responses.onError(e);
            return;
        }
        responses.onNext(answer);
        responses.onCompleted();
    }
}
