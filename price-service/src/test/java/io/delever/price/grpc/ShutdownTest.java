package io.delever.price.grpc;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.price.PriceClient;
import io.delever.price.TestClock;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class ShutdownTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject OpenStreams streams;
    @Inject TestClock clock;

    @Test
    @Covers("PSVC-032")
    void everyStreamIsToldAndWhatWasTakenIsAnswered() {
        try (PriceClient client = new PriceClient(uri.getPort())) {
            client.list(index("SHUTDOWN", "shutdown").build());
            PriceClient.Feed feed = client.feed();
            assertThat(feed.sendAndWait(tick("shutdown", 1, clock.nanos())).getAcceptedCount())
                    .isEqualTo(1);
            PriceClient.Reader reader = client.read(StreamPricesRequest.getDefaultInstance());
            assertThat(reader.next().getSnapshot()).isTrue();

            streams.onShutdown(new ShutdownEvent());

            for (Throwable end : new Throwable[] {feed.end(), reader.end()}) {
                assertThat(Status.fromThrowable(end).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(StatusProto.fromThrowable(end).toString())
                        .contains("SHUTTING_DOWN", "RetryInfo");
            }
        }
    }
}
