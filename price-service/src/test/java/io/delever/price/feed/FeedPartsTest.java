package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.price.feed.SequenceTracker.Verdict;
import io.delever.price.feed.protocol.Feeds;
import io.delever.price.feed.protocol.SendBudget;
import io.delever.price.feed.protocol.SequenceRule;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeedPartsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final FeedLimits LIMITS = PlayedFeed.LIMITS;

    private final SequenceTracker tracker = new SequenceTracker(2);

    private Verdict consecutive(long first, long last, long time) {
        return tracker.take(0, SequenceRule.CONSECUTIVE, first, last, time);
    }

    private Verdict rising(long number, long time) {
        return tracker.take(0, SequenceRule.RISING, number, number, time);
    }

    @Test
    @Covers("FEED-020")
    void consecutiveNumbersTellGapsRepetitionsAndNewCounts() {
        assertThat(consecutive(100, 100, 10)).isEqualTo(Verdict.NEXT);
        assertThat(consecutive(101, 103, 11)).isEqualTo(Verdict.NEXT);
        assertThat(consecutive(107, 107, 12)).isEqualTo(Verdict.GAP);
        assertThat(tracker.missing()).isEqualTo(3);
        assertThat(consecutive(105, 105, 11)).isEqualTo(Verdict.LATE);
        assertThat(consecutive(107, 107, 12)).isEqualTo(Verdict.LATE);
        assertThat(consecutive(107, 108, 12)).as("begins with the known").isEqualTo(Verdict.NEXT);
        assertThat(consecutive(109, 109, 12)).isEqualTo(Verdict.NEXT);
        assertThat(consecutive(5, 5, 13)).isEqualTo(Verdict.RESTARTED);
        assertThat(consecutive(6, 6, 13)).isEqualTo(Verdict.NEXT);
        long wide = 7 + SequenceTracker.WIDEST_GAP;
        assertThat(consecutive(wide, wide, 14)).isEqualTo(Verdict.GAP);
        assertThat(tracker.missing()).isEqualTo(SequenceTracker.WIDEST_GAP);
        long wider = wide + SequenceTracker.WIDEST_GAP + 2;
        assertThat(consecutive(wider, wider, 15)).isEqualTo(Verdict.RESTARTED);
        assertThat(consecutive(wide + 1, wide + 1, 16)).isEqualTo(Verdict.RESTARTED);
    }

    @Test
    @Covers("FEED-020")
    void risingNumbersLeaveOutWhatTheyLike() {
        assertThat(rising(100, 10)).isEqualTo(Verdict.NEXT);
        assertThat(rising(5_000_000, 11)).isEqualTo(Verdict.NEXT);
        assertThat(rising(5_000_000, 12)).as("confirmed").isEqualTo(Verdict.NEXT);
        assertThat(rising(5_000_000, 12)).isEqualTo(Verdict.LATE);
        assertThat(rising(4_999_999, 11)).isEqualTo(Verdict.LATE);
        assertThat(rising(4_999_999, 13)).isEqualTo(Verdict.RESTARTED);
    }

    @Test
    @Covers("FEED-020")
    void withoutTimeOnlyTheFirstNumberOfAConnectionMayBeLower() {
        assertThat(rising(100, SequenceTracker.NO_TIME)).isEqualTo(Verdict.NEXT);
        assertThat(rising(99, SequenceTracker.NO_TIME)).isEqualTo(Verdict.LATE);
        tracker.connected();
        assertThat(rising(50, SequenceTracker.NO_TIME)).isEqualTo(Verdict.RESTARTED);
        assertThat(rising(49, SequenceTracker.NO_TIME)).isEqualTo(Verdict.LATE);
        assertThat(rising(51, SequenceTracker.NO_TIME)).isEqualTo(Verdict.NEXT);
    }

    @Test
    @Covers("FEED-020")
    void slotsDoNotKnowOfEachOther() {
        assertThat(consecutive(100, 100, 10)).isEqualTo(Verdict.NEXT);
        assertThat(tracker.take(1, SequenceRule.CONSECUTIVE, 7, 7, 10)).isEqualTo(Verdict.NEXT);
        assertThat(consecutive(101, 101, 10)).isEqualTo(Verdict.NEXT);
    }

    @SeededTest
    @Covers("FEED-015")
    void waitsDoubleUpToTheLongestAndHalfOfEachIsChance(long seed) {
        Backoff backoff = new Backoff(ofSeconds(1), ofSeconds(30), new SplittableRandom(seed));
        long[] due = {1, 2, 4, 8, 16, 30, 30};
        for (long seconds : due) {
            assertThat(backoff.next())
                    .isBetween(ofSeconds(seconds).dividedBy(2), ofSeconds(seconds));
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(ofSeconds(1));
        assertThat(waits(seed)).isEqualTo(waits(seed)).doesNotHaveDuplicates();
    }

    private static List<Duration> waits(long seed) {
        Backoff backoff = new Backoff(ofSeconds(1), ofSeconds(30), new SplittableRandom(seed));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waits.add(backoff.next());
        }
        return waits;
    }

    private static Duration ofSeconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    @Covers("FEED-016")
    void gateLetsSoManyThroughInAnyPeriod() {
        SendGate gate = new SendGate(new SendBudget(2, ofSeconds(1)));
        assertThat(gate.waitNanos(0)).isZero();
        gate.sent(0);
        gate.sent(600_000_000);
        assertThat(gate.waitNanos(700_000_000)).isEqualTo(300_000_000);
        assertThat(gate.waitNanos(SECOND)).isZero();
        gate.sent(SECOND);
        assertThat(gate.waitNanos(SECOND)).isEqualTo(600_000_000);
    }

    @Test
    @Covers("FEED-025")
    void leastDelayForgetsAfterOneToTwoWindows() {
        DelayWindow window = new DelayWindow(60 * SECOND, 0);
        assertThat(window.least(0)).isEmpty();
        window.add(5, SECOND);
        window.add(9, 59 * SECOND);
        assertThat(window.least(59 * SECOND)).hasValue(5);
        window.add(7, 61 * SECOND);
        assertThat(window.least(61 * SECOND)).hasValue(5);
        assertThat(window.least(121 * SECOND)).hasValue(7);
        assertThat(window.least(400 * SECOND)).isEmpty();
    }

    @Test
    @Covers("FEED-026")
    void limitsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(Duration.ZERO, ofSeconds(1), 1))
                .withMessageContaining("tick silence: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(Duration.ofHours(2), ofSeconds(1), 1))
                .withMessageContaining("PT2H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(ofSeconds(1), Duration.ofMillis(1), 1))
                .withMessageContaining("longest backoff PT0.001S is below the first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limits(ofSeconds(1), ofSeconds(1), 0))
                .withMessageContaining("batch ticks: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("a", "http://localhost/"))
                .withMessageContaining("http://localhost/");
        assertThatIllegalArgumentException().isThrownBy(() -> settings("a b", "ws://localhost/"));
    }

    private static FeedSettings settings(String name, String url) {
        return new FeedSettings(name, URI.create(url), Feeds.sample("okx"), LIMITS);
    }

    private static FeedLimits limits(Duration tickSilence, Duration longest, int batchTicks) {
        return new FeedLimits(
                ofSeconds(1),
                ofSeconds(1),
                longest,
                ofSeconds(1),
                tickSilence,
                ofSeconds(1),
                ofSeconds(1),
                batchTicks);
    }
}
