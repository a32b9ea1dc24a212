package io.delever.price.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.market.VenueId;
import io.delever.engine.money.Quantity;
import io.delever.engine.pricing.SourceId;
import io.delever.price.feed.FeedLimits;
import io.delever.price.feed.FeedSettings;
import io.delever.price.feed.protocol.FeedMarket;
import io.delever.price.feed.protocol.ProtocolName;
import io.delever.testing.Covers;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From properties to feeds. */
class FeedHostTest {
    private static final Map<String, String> OKX =
            Map.of(
                    "delever.feeds.okx-swaps.protocol", "okx",
                    "delever.feeds.okx-swaps.venue", "okx",
                    "delever.feeds.okx-swaps.channels", "trades",
                    "delever.feeds.okx-swaps.markets[0].symbol", "BTC-USDT-SWAP",
                    "delever.feeds.okx-swaps.markets[0].source", "BTC-PERP",
                    "delever.feeds.okx-swaps.markets[0].contract-size", "0.01");

    private static List<FeedSettings> settings(Map<String, String> properties) {
        PriceConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(PriceConfig.class)
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build()
                        .getConfigMapping(PriceConfig.class);
        return FeedHost.settings(config, config.queue().ticksPerBatch());
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> properties = new HashMap<>(OKX);
        properties.put(name, value);
        return properties;
    }

    @Test
    @Covers("FEED-026")
    void defaultsArePinned() {
        assertThat(settings(Map.of())).isEmpty();
        FeedSettings feed =
                settings(
                                Map.of(
                                        "delever.feeds.kraken.protocol", "kraken",
                                        "delever.feeds.kraken.markets[0].symbol", "BTC/USD"))
                        .getFirst();
        assertThat(feed.name()).isEqualTo("kraken");
        assertThat(feed.url()).isEqualTo(ProtocolName.KRAKEN.url());
        FeedMarket market = feed.protocol().markets().get(0);
        assertThat(market.source()).isEqualTo(new SourceId(new VenueId("kraken"), "BTC/USD"));
        assertThat(market.contractSize()).isEqualTo(Quantity.parse("1"));
        assertThat(feed.protocol().subscribe(List.of(market)))
                .hasSize(1)
                .allMatch(request -> request.contains("\"ticker\""));
        assertThat(feed.limits())
                .isEqualTo(
                        new FeedLimits(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(2),
                                Duration.ofMillis(2),
                                1024));
    }

    @Test
    @Covers("FEED-026")
    void everythingCanBeSaid() {
        FeedSettings feed =
                settings(with("delever.feeds.okx-swaps.url", "ws://localhost:1/x")).getFirst();
        assertThat(feed.url()).hasToString("ws://localhost:1/x");
        FeedMarket market = feed.protocol().markets().get(0);
        assertThat(market.symbol()).isEqualTo("BTC-USDT-SWAP");
        assertThat(market.source()).isEqualTo(new SourceId(new VenueId("okx"), "BTC-PERP"));
        assertThat(market.contractSize()).isEqualTo(Quantity.parse("0.01"));
        assertThat(feed.protocol().subscribe(List.of(market)).getFirst())
                .contains("\"trades\"")
                .doesNotContain("bbo-tbt");
    }

    @Test
    @Covers("FEED-026")
    void whatCannotBeIsRefused() {
        assertRefused("delever.feeds.okx-swaps.protocol", "fix", "no protocol is named fix");
        assertRefused("delever.feeds.okx-swaps.url", "http://localhost/", "a ws:// or wss:// one");
        assertRefused("delever.feeds.okx-swaps.channels", "depth", "depth");
        assertRefused("delever.feeds.okx-swaps.venue", "o k x", "venue");
        assertRefused("delever.feeds.okx-swaps.markets[0].contract-size", "0", "more than 0");
        assertRefused("delever.feeds.okx-swaps.markets[1].symbol", "BTC-USDT-SWAP", "twice");
        assertRefused("delever.feed-limits.tick-silence", "2h", "tick silence");
        assertRefused("delever.feed-limits.batch-ticks", "16385", "ticks-per-batch");
    }

    private static void assertRefused(String name, String value, String words) {
        assertThatThrownBy(() -> settings(with(name, value)))
                .as("%s=%s", name, value)
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(words);
    }
}
