package io.delever.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.price.feed.LocalVenue;
import io.delever.testing.Covers;
import io.delever.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole service with one venue that answers and one that is not there. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
@TestProfile(FeedOperationTest.TwoFeeds.class)
class FeedOperationTest {
    private static final LocalVenue VENUE = LocalVenue.start();

    /** Feeds in the configuration. */
    public static final class TwoFeeds implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "delever.feeds.near.protocol", "okx",
                    "delever.feeds.near.url", VENUE.url().toString(),
                    "delever.feeds.near.channels", "trades",
                    "delever.feeds.near.venue", "okx",
                    "delever.feeds.near.markets[0].symbol", "BTC-USDT",
                    "delever.feeds.near.markets[0].source", "X",
                    "delever.feeds.gone.protocol", "kraken",
                    "delever.feeds.gone.url", "ws://localhost:9/",
                    "delever.feeds.gone.markets[0].symbol", "BTC/USD",
                    "delever.feed-limits.first-backoff", "20ms");
        }
    }

    @TestHTTPResource("/")
    URI uri;

    @Test
    @Covers({"FEED-013", "FEED-027"})
    void pricesOfAFeedArriveAndEachFeedSaysHowItIs() {
        try (PriceClient client = new PriceClient(uri.getPort())) {
            client.list(PriceClient.index("FED", "okx").build());
            Await.until(
                    "a price of the venue is the index",
                    () ->
                            client.prices()
                                            .getPrice(
                                                    GetPriceRequest.newBuilder()
                                                            .setInstrumentId("FED")
                                                            .build())
                                            .getPrice()
                                            .getIndexPriceE8()
                                    == 31_000L * 100_000_000L);
        }
        Await.until(
                "the lost feed says so",
                () ->
                        RestAssured.get(uri + "q/health/well")
                                .body()
                                .asString()
                                .contains("lastTrouble"));
        RestAssured.get(uri + "q/health/well")
                .then()
                .statusCode(503)
                .body("checks.name", hasItem("feed near"))
                .body("checks.find { it.name == 'feed near' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'feed near' }.data.state", equalTo("LIVE"))
                .body("checks.find { it.name == 'feed gone' }.status", equalTo("DOWN"))
                .body(
                        "checks.find { it.name == 'feed gone' }.data.url",
                        equalTo("ws://localhost:9/"));
        RestAssured.get(uri + "q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", not(hasItem("feed gone")));
        String metrics = RestAssured.get(uri + "q/metrics").body().asString();
        assertThat(metrics)
                .contains("delever_feed_live{feed=\"near\"} 1.0")
                .contains("delever_feed_live{feed=\"gone\"} 0.0")
                .contains("delever_feed_lag_seconds_count{feed=\"near\"}")
                .contains("delever_feed_messages_total{feed=\"near\",kind=\"ticks\"}")
                .contains("delever_feed_losses_total{feed=\"gone\"}")
                .contains("delever_feed_gaps_total{feed=\"near\"} 0.0")
                .contains("delever_feed_clock_ahead_seconds{feed=\"near\"}");
    }
}
