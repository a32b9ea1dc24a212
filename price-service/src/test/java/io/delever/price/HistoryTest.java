package io.delever.price;

import static io.delever.price.PriceClient.index;
import static io.delever.price.PriceClient.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.price.v1.Candle;
import io.delever.contracts.price.v1.CandleInterval;
import io.delever.contracts.price.v1.ListCandlesRequest;
import io.delever.contracts.price.v1.ListCandlesResponse;
import io.delever.contracts.price.v1.PriceHistoryServiceGrpc;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class HistoryTest {
    private static final long ONE = 100_000_000L;

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

    @Test
    @Covers("PSVC-056")
    void candlesOfPublishedPricesAreListedPageByPage() {
        String id = "CANDLES";
        client.list(index(id, "candle-venue").build());
        PriceClient.Feed feed = client.feed();
        long first = clock.nanos();
        for (long price : List.of(100, 102, 99)) {
            feed.sendAndWait(tick("candle-venue", price, clock.nanos()));
            Await.until("published", () -> close(id) == price * ONE);
            clock.advance(Duration.ofMillis(1_500));
        }
        List<Candle> seconds =
                page(id, CandleInterval.CANDLE_INTERVAL_1S, first, 0).getCandlesList();
        assertThat(seconds)
                .extracting(Candle::getClosePriceE8)
                .containsExactly(100 * ONE, 102 * ONE, 99 * ONE);
        ListCandlesResponse part = page(id, CandleInterval.CANDLE_INTERVAL_1S, first, 2);
        assertThat(part.getCandlesList()).isEqualTo(seconds.subList(0, 2));
        assertThat(part.getNextFromNanos()).isEqualTo(seconds.get(2).getStartNanos());
        ListCandlesResponse rest =
                page(id, CandleInterval.CANDLE_INTERVAL_1S, part.getNextFromNanos(), 2);
        assertThat(rest.getCandlesList()).isEqualTo(seconds.subList(2, 3));
        assertThat(rest.getNextFromNanos()).isZero();
        Candle hour = page(id, CandleInterval.CANDLE_INTERVAL_1H, 0, 0).getCandlesList().getLast();
        assertThat(hour.getOpenPriceE8()).isEqualTo(100 * ONE);
        assertThat(hour.getHighPriceE8()).isEqualTo(102 * ONE);
        assertThat(hour.getLowPriceE8()).isEqualTo(99 * ONE);
        assertThat(hour.getUpdateCount()).isEqualTo(3);
    }

    @Test
    @Covers("PSVC-056")
    void whatCannotBeAskedForIsNamed() {
        client.list(index("ASKED", "asked-venue").build());
        assertRefused("NOWHERE", CandleInterval.CANDLE_INTERVAL_1S, 0, "NOWHERE");
        assertRefused("ASKED", CandleInterval.CANDLE_INTERVAL_UNSPECIFIED, 0, "1S, 1M, 5M or 1H");
        assertRefused("ASKED", CandleInterval.CANDLE_INTERVAL_1S, 5_001, "5001, limit 1 to 5000");
        assertRefused("ASKED", CandleInterval.CANDLE_INTERVAL_1S, -1, "page_size: -1");
        assertThat(page("ASKED", CandleInterval.CANDLE_INTERVAL_1S, 0, 0).getCandlesList())
                .isEmpty();
    }

    private void assertRefused(String id, CandleInterval interval, int size, String why) {
        assertThatThrownBy(() -> page(id, interval, 0, size))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining(why);
    }

    /** The newest price that is in a candle; 0 where there is none. */
    private long close(String id) {
        List<Candle> candles = page(id, CandleInterval.CANDLE_INTERVAL_1H, 0, 0).getCandlesList();
        return candles.isEmpty() ? 0 : candles.getLast().getClosePriceE8();
    }

    private ListCandlesResponse page(String id, CandleInterval interval, long from, int size) {
        return PriceHistoryServiceGrpc.newBlockingStub(client.channel())
                .withDeadlineAfter(PriceClient.PATIENCE)
                .listCandles(
                        ListCandlesRequest.newBuilder()
                                .setInstrumentId(id)
                                .setInterval(interval)
                                .setFromNanos(from)
                                .setPageSize(size)
                                .build());
    }
}
