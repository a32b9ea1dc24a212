package io.delever.price.feed;

import io.delever.engine.pricing.Tick;
import io.delever.price.feed.protocol.Feeds;
import io.delever.price.feed.protocol.VenueProtocol;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** A feed whose network, timer and clock are played by a test. */
final class PlayedFeed {
    /** Round numbers. */
    static final FeedLimits LIMITS =
            new FeedLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(50),
                    Duration.ofSeconds(15),
                    Duration.ofMillis(2),
                    3);

    final CountingMeter meter = new CountingMeter();
    final List<Line> lines = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    final FeedSession session;
    boolean hasRoom = true;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 1_000;
    private long number;

    private record Task(long at, long number, Runnable run) {}

    /** One attempt of the feed, seen from the venue. */
    final class Line implements FeedConnection {
        final FeedListener listener;
        final List<String> sent = new ArrayList<>();
        final List<Long> sentAt = new ArrayList<>();
        int pings;
        boolean isClosed;

        Line(FeedListener listener) {
            this.listener = listener;
        }

        void open() {
            listener.opened(this);
        }

        void text(String message) {
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            listener.text(bytes, 0, bytes.length);
        }

        @Override
        public void send(String text) {
            sent.add(text);
            sentAt.add(now);
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void close() {
            isClosed = true;
            listener.closed("closed by us");
        }
    }

    PlayedFeed(VenueProtocol protocol) {
        FeedRuntime runtime =
                new FeedRuntime(
                        (url, listener) -> lines.add(new Line(listener)),
                        (delay, task) -> tasks.add(new Task(now + delay.toNanos(), number++, task)),
                        () -> Instant.ofEpochSecond(0, Feeds.ARRIVAL + now),
                        () -> now,
                        new SplittableRandom(7));
        session =
                new FeedSession(
                        new FeedSettings("played", URI.create("ws://venue/"), protocol, LIMITS),
                        runtime,
                        this::take,
                        meter);
    }

    private boolean take(List<Tick> batch) {
        if (hasRoom) {
            ticks.addAll(batch);
            batches.add(batch.size());
        }
        return hasRoom;
    }

    long now() {
        return now;
    }

    /** The newest attempt. */
    Line line() {
        return lines.getLast();
    }

    /** Lets time go by; what is due is done in its order. */
    void advance(Duration by) {
        long end = now + by.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task task = tasks.remove();
            now = task.at();
            task.run().run();
        }
        now = end;
    }

    /** As many seconds, with a message at the end of each. */
    void secondsWith(int seconds, String message) {
        for (int i = 0; i < seconds; i++) {
            advance(Duration.ofSeconds(1));
            line().text(message);
        }
    }
}
