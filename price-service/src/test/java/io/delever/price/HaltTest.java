package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.HaltInstrumentRequest;
import io.delever.contracts.price.v1.HoldChange;
import io.delever.contracts.price.v1.PriceHold;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.ResumeInstrumentRequest;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class HaltTest {
    @TestHTTPResource("/")
    URI uri;

    @Inject TestClock clock;
    private PriceClient client;

    @BeforeEach
    void connect() {
        client = new PriceClient(uri.getPort());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private PriceUpdate price(String instrument) {
        return client.prices()
                .getPrice(GetPriceRequest.newBuilder().setInstrumentId(instrument).build())
                .getPrice();
    }

    private HoldChange halt(String commandId, String instrument, String reason) {
        return client.admin()
                .haltInstrument(
                        HaltInstrumentRequest.newBuilder()
                                .setCommandId(commandId)
                                .setInstrumentId(instrument)
                                .setReason(reason)
                                .build())
                .getChange();
    }

    private HoldChange resume(String commandId, String instrument) {
        return client.admin()
                .resumeInstrument(
                        ResumeInstrumentRequest.newBuilder()
                                .setCommandId(commandId)
                                .setInstrumentId(instrument)
                                .setReason("over")
                                .build())
                .getChange();
    }

    @Test
    @Covers({"PSVC-060", "PSVC-061"})
    void aHaltedInstrumentIsStaleWhateverItsSourcesSayUntilItIsResumed() {
        client.list(index("HALT", "halt-a").build());
        PriceClient.Feed feed = client.feed();
        assertThat(feed.sendAndWait(tick("halt-a", 100, clock.nanos())).getAcceptedCount())
                .isEqualTo(1);
        Await.until("a price", () -> price("HALT").getState() == PriceState.PRICE_STATE_FRESH);
        String command = newId();

        HoldChange first = halt(command, "HALT", "one venue printed half the price");

        assertThat(first.getHalted()).isTrue();
        assertThat(first.getInstrumentId()).isEqualTo("HALT");
        assertThat(first.getReceivedAtNanos()).isEqualTo(clock.nanos());
        assertThat(price("HALT").getState()).isEqualTo(PriceState.PRICE_STATE_STALE);
        assertThat(price("HALT").getHold()).isEqualTo(PriceHold.PRICE_HOLD_HALTED);
        assertThat(feed.sendAndWait(tick("halt-a", 101, clock.nanos())).getAcceptedCount())
                .isEqualTo(1);
        assertThat(price("HALT").getState()).isEqualTo(PriceState.PRICE_STATE_STALE);
        assertThat(price("HALT").getIndexPriceE8()).isEqualTo(100 * 100_000_000L);

        assertThat(resume(newId(), "HALT").getHalted()).isFalse();

        assertThat(price("HALT").getState()).isEqualTo(PriceState.PRICE_STATE_FRESH);
        assertThat(price("HALT").getHold()).isEqualTo(PriceHold.PRICE_HOLD_UNSPECIFIED);
        assertThat(price("HALT").getIndexPriceE8()).isEqualTo(101 * 100_000_000L);
        // The same command once more is the same answer, and no halt.
        assertThat(halt(command, "HALT", "another reason")).isEqualTo(first);
        assertThat(price("HALT").getState()).isEqualTo(PriceState.PRICE_STATE_FRESH);
    }

    @Test
    @Covers("PSVC-063")
    void whatIsNoHaltIsRefused() {
        client.list(index("NO-HALT", "no-halt-a").build());
        assertRefused(newId(), "NO-HALT", " ", "INVALID_REASON");
        assertRefused(newId(), "NO-HALT", "x".repeat(257), "INVALID_REASON");
        assertRefused("", "NO-HALT", "why", "INVALID_COMMAND_ID");
        Throwable unknown = catchThrowable(() -> halt(newId(), "NOBODY", "why"));
        assertThat(Status.fromThrowable(unknown).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Errors.reason(unknown)).isEqualTo("UNKNOWN_INSTRUMENT");
        assertThat(price("NO-HALT").getHold()).isEqualTo(PriceHold.PRICE_HOLD_UNSPECIFIED);
    }

    private void assertRefused(String command, String instrument, String reason, String expected) {
        Throwable error = catchThrowable(() -> halt(command, instrument, reason));
        assertThat(Status.fromThrowable(error).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(Errors.reason(error)).isEqualTo(expected);
    }
}
