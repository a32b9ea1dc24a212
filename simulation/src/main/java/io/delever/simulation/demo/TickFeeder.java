package io.delever.simulation.demo;

import io.delever.simulation.market.TickSeries;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Plays a series of ticks at a speed. Where price-service cannot keep up or is away the market
 * stands still: no tick is left out. After the end each source's last tick is repeated, so that the
 * last prices stay usable while cases finish.
 */
final class TickFeeder {
    private static final int MOST_IN_BATCH = 512;
    private static final long LONGEST_STEP_NANOS = 50_000_000L;
    private static final long SHORTEST_STEP_NANOS = 4_000_000L;
    private static final Duration REPEAT = Duration.ofMillis(400);

    private final TickSeries ticks;
    private final TickStream stream;
    private final ReplayClock clock;
    private final long speed;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicBoolean played = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile String trouble = "";
    private final int[] newest;
    private volatile long acceptedInPlay;
    private volatile SortedMap<String, Long> rejectedInPlay = new TreeMap<>();
    private Thread thread = Thread.ofPlatform().unstarted(() -> {});

    TickFeeder(TickSeries ticks, TickStream stream, ReplayClock clock, long speed) {
        this.ticks = ticks;
        this.stream = stream;
        this.clock = clock;
        this.speed = speed;
        this.newest = new int[ticks.sources().size()];
        Arrays.fill(newest, -1);
    }

    void start() {
        thread = Thread.ofPlatform().name("tick-feeder").daemon().start(this::run);
    }

    void stop() {
        stopped.set(true);
        thread.interrupt();
    }

    /** Ticks of the series sent so far. */
    int sent() {
        return sent.get();
    }

    /** Whether every tick of the series was sent and answered. */
    boolean isPlayed() {
        return played.get();
    }

    /** Ticks of the series accepted; complete once it is played. */
    long accepted() {
        return isPlayed() ? acceptedInPlay : stream.accepted();
    }

    /** Ticks of the series rejected, by reason; complete once it is played. */
    SortedMap<String, Long> rejected() {
        return isPlayed() ? rejectedInPlay : stream.rejected();
    }

    String trouble() {
        return trouble;
    }

    private void run() {
        try {
            play();
            stream.drain(Duration.ofMinutes(2));
            acceptedInPlay = stream.accepted();
            rejectedInPlay = stream.rejected();
            played.set(true);
            while (!stopped.get()) {
                repeat();
                Thread.sleep(REPEAT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble = "the tick feeder failed: " + e;
        } finally {
            stream.close();
        }
    }

    private void play() throws InterruptedException {
        long market = clock.marketNanos();
        long before = System.nanoTime();
        int next = 0;
        while (next < ticks.size() && !stopped.get()) {
            long now = System.nanoTime();
            if (now - before < SHORTEST_STEP_NANOS) {
                Thread.sleep(Duration.ofNanos(SHORTEST_STEP_NANOS));
                now = System.nanoTime();
            }
            // A long step means that sending had to wait: then the market stood still.
            market += Math.min(now - before, LONGEST_STEP_NANOS) * speed;
            before = now;
            while (next < ticks.size() && ticks.timeNanos(next) <= market) {
                next = sendFrom(next, market);
            }
            clock.market(market);
        }
    }

    private int sendFrom(int from, long market) throws InterruptedException {
        int to = from;
        while (to < ticks.size() && to - from < MOST_IN_BATCH && ticks.timeNanos(to) <= market) {
            newest[ticks.source(to)] = to;
            to++;
        }
        stream.send(IntStream.range(from, to).boxed().toList());
        clock.market(ticks.timeNanos(to - 1));
        sent.set(to);
        return to;
    }

    private void repeat() throws InterruptedException {
        stream.send(Arrays.stream(newest).filter(place -> place >= 0).boxed().toList());
    }
}
