package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.price.Await;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.testing.Covers;
import io.delever.testing.FreePort;
import io.delever.testing.SeededTest;
import io.vertx.core.Vertx;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets: feeds against venues on this machine that misbehave. */
class FeedReplayTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close();
    }

    @SeededTest
    @Covers("FEED-028")
    void everythingIsHandedOverOnceOrCountedAsMissing(long seed) {
        for (String name : VenueTape.names()) {
            try (VenuePair pair = new VenuePair(vertx, name, seed)) {
                Await.until(name + " was cut and went on", () -> pair.hasSuffered(2));
                pair.settle();
                FeedStatus status = pair.meter.status();
                assertThat(status.losses()).as(name).isGreaterThanOrEqualTo(2);
                assertThat(status.late()).as(name).isGreaterThanOrEqualTo(2);
                assertThat(pair.meter.rejections).as(name).containsKey(FeedRejection.MALFORMED);
                assertThat(status.rejections())
                        .as(name)
                        .isBetween(10L, (long) pair.venue.garbage.get());
            }
        }
    }

    @Test
    @Covers("FEED-013")
    void venueThatIsNotThereIsTriedAgainUntilItIs() {
        int port = FreePort.next();
        CountingMeter meter = new CountingMeter();
        VenuePair.Ledger ledger = new VenuePair.Ledger();
        URI url = URI.create("ws://localhost:" + port + "/");
        try (RunningFeed feed = VenuePair.start(vertx, "okx", url, ledger, meter)) {
            assertThat(feed).isNotNull();
            Await.until("several attempts", () -> meter.losses() >= 3);
            assertThat(meter.status().lastTrouble().orElseThrow()).contains("localhost");
            assertThat(ledger.taken.get()).isZero();
            try (BadVenue venue = new BadVenue(vertx, VenueTape.of("okx"), 1, 1, port)) {
                venue.behave();
                Await.until("prices", () -> meter.isLive() && ledger.taken.get() > 100);
            }
        }
        assertThat(meter.status().state()).isEqualTo(FeedState.CLOSED);
    }
}
