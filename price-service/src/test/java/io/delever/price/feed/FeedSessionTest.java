package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.pricing.Tick;
import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.price.feed.protocol.FeedMarket;
import io.delever.price.feed.protocol.Feeds;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedSessionTest {
    private static final Duration MOMENT = Duration.ofMillis(3);

    private final PlayedFeed feed = new PlayedFeed(Feeds.sample("okx"));

    private PlayedFeed.Line connected() {
        feed.session.start();
        feed.line().open();
        return feed.line();
    }

    /** A trade at OKX whose size tells its number. */
    private static String trade(long number) {
        return trade("BTC-USDT", number, Feeds.ARRIVAL / 1_000_000 + number);
    }

    private static String trade(String symbol, long number, long millis) {
        return "{\"arg\":{\"channel\":\"trades\",\"instId\":\"%s\"},\"data\":[{\"tradeId\":\"%d\",\"px\":\"100\",\"sz\":\"%d\",\"ts\":\"%d\"}]}"
                .formatted(symbol, number, number, millis);
    }

    private List<Long> numbers() {
        feed.advance(MOMENT);
        return feed.ticks.stream().map(tick -> tick.sizeE8() / 100_000_000).toList();
    }

    private FeedStatus status() {
        feed.advance(Duration.ofMillis(1_100));
        return feed.meter.status();
    }

    @Test
    @Covers({"FEED-002", "FEED-013"})
    void lifeGoesFromConnectingOverSubscribingToLive() {
        feed.session.start();
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.CONNECTING);
        feed.line().open();
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.SUBSCRIBING);
        assertThat(feed.line().sent).isEqualTo(Feeds.sample("okx").subscribe(markets()));
        feed.line().text("{\"event\":\"subscribe\"}");
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.SUBSCRIBING);
        feed.line().text(trade(7));
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.LIVE);
        feed.line().listener.closed("cut");
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.WAITING);
        assertThat(feed.meter.status().lastTrouble()).contains("cut");
        feed.session.close();
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.CLOSED);
        feed.advance(Duration.ofMinutes(10));
        assertThat(feed.lines).hasSize(1);
    }

    private static List<FeedMarket> markets() {
        return Feeds.sample("okx").markets().all();
    }

    @Test
    @Covers({"FEED-013", "FEED-015"})
    void attemptsGoOnWithLongerWaitsUntilOneLives() {
        feed.session.start();
        long[] due = {1, 2, 4, 8, 8};
        for (long seconds : due) {
            int before = feed.lines.size();
            feed.line().listener.closed("refused");
            feed.advance(Duration.ofSeconds(seconds).dividedBy(2).minusMillis(1));
            assertThat(feed.lines).hasSize(before);
            feed.advance(Duration.ofSeconds(seconds).dividedBy(2).plusMillis(1));
            assertThat(feed.lines).hasSize(before + 1);
        }
        assertThat(status().losses()).isEqualTo(5);
        feed.line().open();
        feed.secondsWith(19, trade(1));
        feed.line().listener.closed("not stable yet");
        feed.advance(Duration.ofMillis(3_900));
        assertThat(feed.lines).hasSize(6);
        feed.advance(Duration.ofMillis(4_100));
        assertThat(feed.lines).hasSize(7);
        feed.line().open();
        for (int i = 1; i <= 21; i++) {
            feed.secondsWith(1, trade(100 + i));
        }
        feed.line().listener.closed("stable");
        feed.advance(Duration.ofSeconds(1));
        assertThat(feed.lines).hasSize(8);
    }

    @Test
    @Covers({"FEED-014", "FEED-017"})
    void connectionThatDoesNotOpenInTimeIsGivenUp() {
        feed.session.start();
        PlayedFeed.Line late = feed.line();
        feed.advance(Duration.ofMillis(9_900));
        assertThat(feed.meter.status().state()).isEqualTo(FeedState.CONNECTING);
        feed.advance(Duration.ofMillis(200));
        assertThat(feed.meter.status().lastTrouble().orElseThrow()).contains("PT10S");
        late.open();
        assertThat(late.isClosed).isTrue();
        assertThat(late.sent).isEmpty();
        late.text(trade(1));
        late.listener.pong();
        late.listener.binary();
        assertThat(status().messages()).isZero();
    }

    @Test
    @Covers("FEED-014")
    void pingsGoOutAndSilenceEndsTheConnection() {
        PlayedFeed.Line line = connected();
        feed.secondsWith(16, trade(1));
        assertThat(line.sent).contains("ping");
        PlayedFeed byFrame = new PlayedFeed(Feeds.sample("coinbase-exchange"));
        byFrame.session.start();
        byFrame.line().open();
        byFrame.advance(Duration.ofSeconds(9));
        byFrame.line().listener.pong();
        byFrame.advance(Duration.ofSeconds(7));
        assertThat(byFrame.line().pings).isEqualTo(1);
        byFrame.advance(Duration.ofMillis(32_900));
        assertThat(byFrame.line().isClosed).isFalse();
        byFrame.advance(Duration.ofMillis(200));
        assertThat(byFrame.meter.status().lastTrouble()).contains("nothing was heard for PT40S");
        assertThat(byFrame.lines.getFirst().isClosed).isTrue();
    }

    @Test
    @Covers("FEED-014")
    void signsOfLifeWithoutPricesAreNotEnough() {
        PlayedFeed.Line line = connected();
        line.text(trade(1));
        feed.secondsWith(49, trade(1));
        assertThat(line.isClosed).as("50 s are not over").isFalse();
        feed.advance(Duration.ofSeconds(1));
        assertThat(line.isClosed).isTrue();
        assertThat(feed.meter.status().lastTrouble()).contains("no price came for PT50S");
    }

    @Test
    @Covers("FEED-013")
    void announcedCloseIsNotWaitedFor() {
        PlayedFeed.Line line = connected();
        line.text("{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"soon closed\"}");
        assertThat(line.isClosed).isTrue();
        feed.advance(Duration.ofSeconds(1));
        assertThat(feed.lines).hasSize(2);
    }

    @Test
    @Covers("FEED-016")
    void requestsWaitForTheVenuesBudget() {
        String[] symbols = new String[350];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = "M" + i;
        }
        PlayedFeed many = new PlayedFeed(Feeds.protocol("okx", symbols));
        many.session.start();
        many.line().open();
        assertThat(many.line().sent).hasSize(3);
        many.secondsWith(4, "pong");
        List<Long> at = many.line().sentAt;
        assertThat(at).hasSize(7);
        for (int i = 3; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 3)).isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    @Test
    @Covers("FEED-018")
    void quietMarketIsSubscribedToAnewOnceInAWhile() {
        PlayedFeed.Line line = connected();
        int before = line.sent.size();
        for (int i = 1; i <= 14; i++) {
            feed.secondsWith(1, trade(i));
        }
        assertThat(line.sent).hasSize(before);
        for (int i = 15; i <= 24; i++) {
            feed.secondsWith(1, trade(i));
        }
        assertThat(line.sent.stream().filter(each -> each.contains("ETH-USDT-SWAP")).skip(1))
                .hasSize(2)
                .noneMatch(each -> each.contains("BTC-USDT\""));
        assertThat(status().quietMarkets()).isEqualTo(1);
    }

    @Test
    @Covers("FEED-019")
    void whatCannotBeReadIsCountedAndTheFeedGoesOn() {
        PlayedFeed.Line line = connected();
        line.text(trade(1));
        line.text(trade(2).substring(0, 60));
        line.text("\u0000garbage");
        line.text("{\"event\":\"error\",\"code\":\"60012\",\"msg\":\"Invalid request\"}");
        line.listener.binary();
        line.listener.tooLarge();
        line.text(trade(2));
        assertThat(numbers()).containsExactly(1L, 2L);
        assertThat(feed.meter.rejections)
                .isEqualTo(
                        Map.of(
                                FeedRejection.MALFORMED, 2L,
                                FeedRejection.VENUE_ERROR, 1L,
                                FeedRejection.BINARY_FRAME, 1L,
                                FeedRejection.TOO_LARGE, 1L));
        assertThat(feed.meter.messages)
                .isEqualTo(Map.of(FeedMessageKind.TICKS, 2L, FeedMessageKind.REJECTED, 5L));
        FeedStatus status = status();
        assertThat(status.state()).isEqualTo(FeedState.LIVE);
        assertThat(status.rejections()).isEqualTo(5);
        assertThat(status.messages()).isEqualTo(7);
        assertThat(status.lastTrouble().orElseThrow()).contains("Invalid request");
    }

    @Test
    @Covers("FEED-020")
    void lateOnesAreNotHandedOverAndGapsAreCounted() {
        PlayedFeed.Line line = connected();
        for (long number : new long[] {10, 11, 14, 12, 11, 15, 15, 16}) {
            line.text(trade(number));
        }
        assertThat(numbers()).containsExactly(10L, 11L, 14L, 15L, 16L);
        FeedStatus status = status();
        assertThat(status.gaps()).isEqualTo(1);
        assertThat(status.missing()).isEqualTo(2);
        assertThat(status.late()).isEqualTo(3);
        assertThat(status.ticks()).isEqualTo(5);
    }

    @Test
    @Covers("FEED-021")
    void whatWasMissedBetweenTwoConnectionsIsCounted() {
        connected().text(trade(10));
        feed.line().listener.closed("cut");
        feed.advance(Duration.ofSeconds(1));
        feed.line().open();
        feed.line().text(trade(9));
        feed.line().text(trade(15));
        assertThat(numbers()).containsExactly(10L, 15L);
        FeedStatus status = status();
        assertThat(status.missing()).isEqualTo(4);
        assertThat(status.connections()).isEqualTo(2);
        assertThat(status.losses()).isEqualTo(1);
    }

    @Test
    @Covers("FEED-022")
    void numbersOfAConnectionBeginAnewWithEach() {
        PlayedFeed coinbase = new PlayedFeed(Feeds.sample("coinbase"));
        coinbase.session.start();
        coinbase.line().open();
        for (int number : new int[] {0, 1, 5, 5, 6}) {
            coinbase.line().text(heartbeat(number));
        }
        coinbase.line().listener.closed("cut");
        coinbase.advance(Duration.ofSeconds(1));
        coinbase.line().open();
        coinbase.line().text(heartbeat(0));
        coinbase.advance(Duration.ofSeconds(1));
        assertThat(coinbase.meter.status().missing()).isEqualTo(3);
        assertThat(coinbase.meter.status().gaps()).isEqualTo(1);
        assertThat(coinbase.meter.status().late()).isEqualTo(1);
    }

    private static String heartbeat(int number) {
        return "{\"channel\":\"heartbeats\",\"timestamp\":\"2023-11-14T22:13:21Z\",\"sequence_num\":%d,\"events\":[]}"
                .formatted(number);
    }

    @Test
    @Covers("FEED-023")
    void pricesGoTogetherInTheirOrderAndNeverWaitForRoom() {
        PlayedFeed.Line line = connected();
        for (int i = 1; i <= 7; i++) {
            line.text(trade(i));
        }
        assertThat(feed.batches).containsExactly(3, 3);
        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(feed.batches).containsExactly(3, 3, 1);
        assertThat(feed.ticks.getFirst())
                .isEqualTo(
                        new Tick(
                                "venue",
                                "BTC-USDT",
                                100 * 100_000_000L,
                                100_000_000L,
                                (Feeds.ARRIVAL / 1_000_000 + 1) * 1_000_000));
        feed.hasRoom = false;
        line.text(trade(8));
        feed.advance(MOMENT);
        feed.hasRoom = true;
        line.text(trade(9));
        assertThat(numbers()).hasSize(8).endsWith(9L);
        FeedStatus status = status();
        assertThat(status.refused()).isEqualTo(1);
        assertThat(status.ticks()).isEqualTo(8);
        assertThat(status.missing()).isZero();
        line.text(trade(10));
        feed.session.close();
        assertThat(feed.ticks).hasSize(9);
    }

    @Test
    @Covers({"FEED-024", "FEED-025"})
    void lagAndClockSkewAreTakenFromPricesThatWereSentAtOnce() {
        PlayedFeed.Line line = connected();
        feed.advance(Duration.ofSeconds(15).plusMillis(100));
        feed.advance(Duration.ofMillis(40));
        line.text("pong");
        assertThat(line.sent).contains("ping");
        line.text(trade("BTC-USDT", 1, Feeds.ARRIVAL / 1_000_000 - 60_000));
        assertThat(feed.meter.delays).as("may be a snapshot").isEmpty();
        long arrival = Feeds.ARRIVAL + feed.now();
        line.text(trade("BTC-USDT", 2, Feeds.ARRIVAL / 1_000_000 + 16_000));
        long delay = arrival - Feeds.ARRIVAL - 16_000_000_000L;
        assertThat(feed.meter.delays).containsExactly(delay).allMatch(each -> each < 0);
        FeedStatus status = status();
        assertThat(status.lagNanos()).hasValue(delay);
        long roundTrip = status.roundTripNanos().orElseThrow();
        assertThat(roundTrip).isBetween(40_000_000L, 140_000_000L);
        assertThat(status.clockAheadNanos()).hasValue(roundTrip / 2 - delay);
    }

    @Test
    @Covers("FEED-024")
    void quotesWithoutATimeTellNothingOfLag() {
        PlayedFeed spot = new PlayedFeed(Feeds.sample("binance-spot"));
        spot.session.start();
        spot.line().open();
        for (int i = 1; i <= 3; i++) {
            spot.line()
                    .text(
                            "{\"u\":%d,\"s\":\"BTCUSDT\",\"b\":\"1\",\"B\":\"1\",\"a\":\"3\",\"A\":\"1\"}"
                                    .formatted(i));
        }
        spot.advance(Duration.ofSeconds(1));
        assertThat(spot.ticks).hasSize(3);
        assertThat(spot.meter.delays).isEmpty();
        assertThat(spot.meter.status().clockAheadNanos()).isEmpty();
    }
}
