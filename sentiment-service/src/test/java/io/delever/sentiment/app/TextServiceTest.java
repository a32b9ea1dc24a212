package io.delever.sentiment.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.delever.contracts.sentiment.v1.ListTextsRequest;
import io.delever.contracts.sentiment.v1.ListTextsResponse;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc.SentimentServiceBlockingStub;
import io.delever.contracts.sentiment.v1.SubmitTextsRequest;
import io.delever.contracts.sentiment.v1.Text;
import io.delever.contracts.sentiment.v1.TextOutcome;
import io.delever.contracts.sentiment.v1.TextVerdict;
import io.delever.sentiment.core.Nanos;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(FreePorts.class)
class TextServiceTest {
    private ManagedChannel channel;
    private SentimentServiceBlockingStub sentiment;

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
    @Covers({"SSVC-030", "SSVC-031"})
    void textsAreScoredOnceAndKept() {
        Text text =
                Text.newBuilder()
                        .setTextId("headline-1")
                        .setSource("newswire")
                        .setEventTimeNanos(Nanos.now(InstantSource.system()))
                        .setText("Bitcoin is a terrible disaster for everybody today")
                        .build();
        SubmitTextsRequest request = SubmitTextsRequest.newBuilder().addTexts(text).build();
        TextVerdict first = sentiment.submitTexts(request).getVerdicts(0);
        assertThat(first.getOutcome()).isEqualTo(TextOutcome.TEXT_OUTCOME_COUNTED);
        assertThat(first.getScoreMicros()).isNegative();
        assertThat(first.getInstrumentIdsList()).containsExactly("BTC-PERP");
        assertThat(sentiment.submitTexts(request).getVerdicts(0)).isEqualTo(first);
        TextVerdict again =
                sentiment
                        .submitTexts(
                                SubmitTextsRequest.newBuilder()
                                        .addTexts(text.toBuilder().setTextId("headline-2"))
                                        .build())
                        .getVerdicts(0);
        assertThat(again.getOutcome()).isEqualTo(TextOutcome.TEXT_OUTCOME_DUPLICATE);
        ListTextsResponse list =
                sentiment.listTexts(ListTextsRequest.newBuilder().setPageSize(1).build());
        assertThat(list.getMoods(0).getInstrumentId()).isEmpty();
        assertThat(list.getMoods(0).getMoodMicros()).isNegative();
        assertThat(list.getVerdictsList()).containsExactly(again);
        ListTextsResponse next =
                sentiment.listTexts(
                        ListTextsRequest.newBuilder()
                                .setPageSize(1)
                                .setPageToken(list.getNextPageToken())
                                .build());
        assertThat(next.getVerdictsList()).containsExactly(first);
        refused(
                () ->
                        sentiment.submitTexts(
                                request.toBuilder()
                                        .addTexts(text.toBuilder().clearSource())
                                        .build()),
                "MALFORMED_TEXT");
        refused(
                () -> sentiment.submitTexts(SubmitTextsRequest.getDefaultInstance()),
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
}
