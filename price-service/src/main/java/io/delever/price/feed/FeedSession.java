package io.delever.price.feed;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedMeter;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.price.feed.protocol.FeedMarket;
import io.delever.price.feed.protocol.Heartbeat;
import io.delever.price.feed.protocol.VenueProtocol;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The life of one feed (FEED-013 to FEED-027). Everything here runs on the feed's own thread; only
 * the connection, the timer and the clock come from outside, so that a test can play all of it.
 */
public final class FeedSession {
    /** How often the session looks after itself. */
    static final Duration PULSE = Duration.ofMillis(100);

    private static final Logger LOG = System.getLogger(FeedSession.class.getName());
    private static final long STATUS_NANOS = 1_000_000_000L;
    private static final long ROUND_TRIP_WINDOW_NANOS = 60_000_000_000L;

    private final FeedSettings settings;
    private final VenueProtocol protocol;
    private final FeedLimits limits;
    private final FeedRuntime runtime;
    private final FeedMeter meter;
    private final FeedTally tally;
    private final FeedIntake intake;
    private final Outbox outbox;
    private final Backoff backoff;
    private final DelayWindow roundTrips;
    private FeedState state = FeedState.WAITING;
    private Optional<Attempt> attempt = Optional.empty();
    private Optional<FeedConnection> connection = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private boolean flushDue;
    private boolean pingUnanswered;
    private long attemptAt;
    private long liveAt;
    private long heardAt;
    private long tickAt;
    private long pingAt;
    private long renewedAt;
    private long statusAt;

    /** A feed that has not begun. */
    public FeedSession(FeedSettings settings, FeedRuntime runtime, TickSink sink, FeedMeter meter) {
        this.settings = settings;
        this.protocol = settings.protocol();
        this.limits = settings.limits();
        this.runtime = runtime;
        this.meter = meter;
        this.tally = new FeedTally(meter);
        this.intake = new FeedIntake(settings, runtime, sink, tally);
        this.outbox = new Outbox(protocol.sendBudget());
        this.backoff =
                new Backoff(limits.firstBackoff(), limits.longestBackoff(), runtime.random());
        this.roundTrips = new DelayWindow(ROUND_TRIP_WINDOW_NANOS, now());
    }

    /** Begins; to be called once, on the feed's thread. */
    public void start() {
        connect();
        runtime.timer().after(PULSE, this::pulse);
    }

    /** Ends for good and hands over what waits; on the feed's thread. */
    public void close() {
        if (state != FeedState.CLOSED) {
            end();
            become(FeedState.CLOSED);
        }
    }

    private long now() {
        return runtime.monotonicNanos().getAsLong();
    }

    private void become(FeedState next) {
        state = next;
        publish(now());
    }

    private void connect() {
        Attempt next = new Attempt();
        attempt = Optional.of(next);
        attemptAt = now();
        become(FeedState.CONNECTING);
        runtime.transport().open(settings.url(), next);
    }

    private void opened(FeedConnection opened) {
        long now = now();
        connection = Optional.of(opened);
        tally.connected();
        intake.connected(now);
        heardAt = now;
        tickAt = now;
        pingAt = now;
        renewedAt = now;
        pingUnanswered = false;
        outbox.add(protocol.subscribe(protocol.markets().all()));
        become(FeedState.SUBSCRIBING);
        outbox.drain(opened, now);
    }

    private void text(byte[] bytes, int from, int to) {
        long now = now();
        heardAt = now;
        FeedMessageKind kind = intake.take(bytes, from, to, now);
        intake.venueError().ifPresent(words -> note("the venue says: " + words));
        switch (kind) {
            case TICKS -> ticks(now);
            case CLOSING -> lose("the venue announced that it closes the connection");
            case HEARTBEAT -> answered(now);
            case ACKNOWLEDGED, IGNORED, REJECTED -> {}
        }
    }

    /** Repetitions of the past are no sign that prices come. */
    private void ticks(long now) {
        if (!intake.tookSome()) {
            return;
        }
        tickAt = now;
        if (state == FeedState.SUBSCRIBING) {
            liveAt = now;
            become(FeedState.LIVE);
            LOG.log(Level.INFO, "feed {0}: prices come from {1}", settings.name(), settings.url());
        }
        if (!flushDue) {
            flushDue = true;
            runtime.timer().after(limits.flushInterval(), this::flush);
        }
    }

    private void flush() {
        flushDue = false;
        intake.flush();
    }

    private void pong(long now) {
        heardAt = now;
        answered(now);
    }

    /** The first sign of life of its kind after a ping bounds the round trip from above. */
    private void answered(long now) {
        if (pingUnanswered) {
            pingUnanswered = false;
            roundTrips.add(now - pingAt, now);
        }
    }

    private void lose(String why) {
        LOG.log(Level.WARNING, "feed {0} lost {1}: {2}", settings.name(), settings.url(), why);
        trouble = Optional.of(why);
        tally.lost();
        end();
        become(FeedState.WAITING);
        runtime.timer()
                .after(
                        backoff.next(),
                        () -> {
                            if (state == FeedState.WAITING) {
                                connect();
                            }
                        });
    }

    private void end() {
        intake.flush();
        outbox.clear();
        attempt = Optional.empty();
        Optional<FeedConnection> open = connection;
        connection = Optional.empty();
        open.ifPresent(FeedConnection::close);
    }

    private void note(String words) {
        if (!trouble.equals(Optional.of(words))) {
            LOG.log(Level.WARNING, "feed {0}: {1}", settings.name(), words);
            trouble = Optional.of(words);
        }
    }

    private void pulse() {
        if (state == FeedState.CLOSED) {
            return;
        }
        long now = now();
        if (state == FeedState.CONNECTING && isOver(attemptAt, limits.connectTimeout(), now)) {
            lose("no connection within " + limits.connectTimeout());
        }
        connection.ifPresent(open -> lookAfter(open, now));
        if (now - statusAt >= STATUS_NANOS) {
            publish(now);
        }
        runtime.timer().after(PULSE, this::pulse);
    }

    private void lookAfter(FeedConnection open, long now) {
        Heartbeat heartbeat = protocol.heartbeat();
        if (isOver(heardAt, heartbeat.silenceLimit(), now)) {
            lose("nothing was heard for " + heartbeat.silenceLimit());
        } else if (isOver(tickAt, limits.tickSilence(), now)) {
            lose("no price came for " + limits.tickSilence());
        } else {
            if (isOver(pingAt, heartbeat.pingEvery(), now)) {
                ping(open, heartbeat, now);
            }
            if (state == FeedState.LIVE && isOver(liveAt, limits.stableAfter(), now)) {
                backoff.reset();
            }
            renewQuietMarkets(now);
            outbox.drain(open, now);
        }
    }

    private static boolean isOver(long since, Duration limit, long now) {
        return now - since >= limit.toNanos();
    }

    private void ping(FeedConnection open, Heartbeat heartbeat, long now) {
        if (heartbeat.pingText().isPresent()) {
            outbox.addFirst(heartbeat.pingText().get());
        } else if (!outbox.ping(open, now)) {
            return;
        }
        pingAt = now;
        pingUnanswered = true;
    }

    /** What one market lacks while others have prices is a lost subscription, not a lost line. */
    private void renewQuietMarkets(long now) {
        if (state != FeedState.LIVE || !isOver(renewedAt, limits.marketSilence(), now)) {
            return;
        }
        List<FeedMarket> quiet = intake.quiet(limits.marketSilence().toNanos(), now);
        if (!quiet.isEmpty() && outbox.isEmpty()) {
            renewedAt = now;
            note("%d markets are quiet, %s first".formatted(quiet.size(), quiet.get(0).symbol()));
            outbox.add(protocol.unsubscribe(quiet));
            outbox.add(protocol.subscribe(quiet));
        }
    }

    private void publish(long now) {
        statusAt = now;
        meter.status(status(now));
    }

    private FeedStatus status(long now) {
        boolean connected = connection.isPresent();
        int quiet = connected ? intake.quiet(limits.marketSilence().toNanos(), now).size() : 0;
        return new FeedStatus(
                settings.name(),
                state,
                protocol.markets().size(),
                quiet,
                tally.messages(),
                tally.ticks(),
                tally.rejections(),
                tally.gaps(),
                tally.missing(),
                tally.lateOnes(),
                tally.restarts(),
                tally.connections(),
                tally.losses(),
                tally.refused(),
                intake.lag(),
                clockAhead(now),
                roundTrips.least(now),
                trouble);
    }

    private OptionalLong clockAhead(long now) {
        OptionalLong delay = intake.leastDelay(now);
        return delay.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(roundTrips.least(now).orElse(0) / 2 - delay.getAsLong());
    }

    /** Hears one connection; what comes from one that was given up is not listened to. */
    private final class Attempt implements FeedListener {
        private boolean isPresent() {
            return attempt.filter(present -> present == this).isPresent();
        }

        @Override
        public void opened(FeedConnection opened) {
            if (isPresent()) {
                FeedSession.this.opened(opened);
            } else {
                opened.close();
            }
        }

        @Override
        public void text(byte[] bytes, int from, int to) {
            if (isPresent()) {
                FeedSession.this.text(bytes, from, to);
            }
        }

        @Override
        public void binary() {
            refuse(FeedRejection.BINARY_FRAME);
        }

        @Override
        public void tooLarge() {
            refuse(FeedRejection.TOO_LARGE);
        }

        private void refuse(FeedRejection reason) {
            if (isPresent()) {
                heardAt = now();
                intake.refuse(reason);
            }
        }

        @Override
        public void pong() {
            if (isPresent()) {
                FeedSession.this.pong(now());
            }
        }

        @Override
        public void closed(String why) {
            if (isPresent()) {
                lose(why);
            }
        }
    }
}
