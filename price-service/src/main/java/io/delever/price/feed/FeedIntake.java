package io.delever.price.feed;

import io.delever.engine.pricing.Tick;
import io.delever.price.core.EpochNanos;
import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedRejection;
import io.delever.price.feed.protocol.Channel;
import io.delever.price.feed.protocol.FeedMarket;
import io.delever.price.feed.protocol.FeedMessage;
import io.delever.price.feed.protocol.VenueProtocol;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What becomes of a message: checked numbers, counted trouble, ticks that wait to be sent on. */
final class FeedIntake {
    private static final int CHANNELS = 2;
    private static final long SKEW_WINDOW_NANOS = 60_000_000_000L;

    private final VenueProtocol protocol;
    private final InstantSource clock;
    private final TickSink sink;
    private final FeedTally tally;
    private final int batchTicks;
    private final FeedMessage message = new FeedMessage();
    private final SequenceTracker sequences;
    private final DelayWindow delays;
    private final long[] greetedBy;
    private final long[] lastTickAt;
    private List<Tick> batch = new ArrayList<>();
    private long number;
    private boolean tookSome;
    private boolean connectionNumbered;
    private long connectionNumber;
    private OptionalLong lag = OptionalLong.empty();

    FeedIntake(FeedSettings settings, FeedRuntime runtime, TickSink sink, FeedTally tally) {
        this.protocol = settings.protocol();
        this.clock = runtime.clock();
        this.sink = sink;
        this.tally = tally;
        this.batchTicks = settings.limits().batchTicks();
        int slots = protocol.markets().size() * CHANNELS;
        this.sequences = new SequenceTracker(slots);
        this.greetedBy = new long[slots];
        this.lastTickAt = new long[protocol.markets().size()];
        this.delays = new DelayWindow(SKEW_WINDOW_NANOS, runtime.monotonicNanos().getAsLong());
    }

    /** A new connection: its first message of a channel may be old and says nothing of lag. */
    void connected(long now) {
        sequences.connected();
        Arrays.fill(greetedBy, 0);
        Arrays.fill(lastTickAt, now);
        connectionNumbered = false;
    }

    /** Takes a text message; what it was. */
    FeedMessageKind take(byte[] bytes, int from, int to, long now) {
        number++;
        tookSome = false;
        long arrival = EpochNanos.of(clock);
        protocol.read(bytes, from, to, arrival, message);
        tally.message(message.kind());
        if (message.rejected() > 0) {
            message.rejections().forEach(tally::rejected);
        }
        if (message.hasConnectionSequence()) {
            numberOfConnection(message.connectionSequence());
        }
        for (int i = 0; i < message.count(); i++) {
            tick(i, arrival, now);
        }
        if (batch.size() >= batchTicks) {
            flush();
        }
        return message.kind();
    }

    /** Whether the message taken last had a price that was not late. */
    boolean tookSome() {
        return tookSome;
    }

    /** Counts a message that could not even be read. */
    void refuse(FeedRejection reason) {
        tally.message(FeedMessageKind.REJECTED);
        tally.rejected(reason, 1);
    }

    /** The venue's own words about an error in the message taken last. */
    Optional<String> venueError() {
        return message.venueError();
    }

    private void numberOfConnection(long value) {
        if (connectionNumbered && value > connectionNumber + 1) {
            tally.gap(value - connectionNumber - 1);
        } else if (connectionNumbered && value <= connectionNumber) {
            tally.late();
        }
        connectionNumber = connectionNumbered ? Math.max(connectionNumber, value) : value;
        connectionNumbered = true;
    }

    private void tick(int i, long arrival, long now) {
        int market = message.market(i);
        Channel channel = message.channel(i);
        int slot = market * CHANNELS + place(channel);
        if (message.isNumbered(i) && isLate(i, slot, channel)) {
            return;
        }
        tookSome = true;
        lastTickAt[market] = now;
        if (greetedBy[slot] == 0) {
            greetedBy[slot] = number;
        }
        if (message.isTimedByVenue() && greetedBy[slot] != number) {
            long delay = arrival - message.eventTimeNanos(i);
            lag = OptionalLong.of(delay);
            delays.add(delay, now);
            tally.delay(delay);
        }
        FeedMarket source = protocol.markets().get(market);
        batch.add(
                new Tick(
                        source.source().venue().value(),
                        source.source().market(),
                        message.priceE8(i),
                        message.sizeE8(i),
                        message.eventTimeNanos(i)));
    }

    private static int place(Channel channel) {
        return switch (channel) {
            case TRADES -> 0;
            case QUOTES -> 1;
        };
    }

    private boolean isLate(int i, int slot, Channel channel) {
        long time = message.isTimedByVenue() ? message.eventTimeNanos(i) : SequenceTracker.NO_TIME;
        SequenceTracker.Verdict verdict =
                sequences.take(
                        slot,
                        protocol.sequence(channel),
                        message.firstSequence(i),
                        message.lastSequence(i),
                        time);
        switch (verdict) {
            case NEXT -> {}
            case GAP -> tally.gap(sequences.missing());
            case LATE -> tally.late();
            case RESTARTED -> tally.restarted();
        }
        return verdict == SequenceTracker.Verdict.LATE;
    }

    /** Hands over what waits; what finds no room is dropped, for newer prices will come. */
    void flush() {
        if (batch.isEmpty()) {
            return;
        }
        List<Tick> ticks = batch;
        batch = new ArrayList<>(Math.min(ticks.size(), batchTicks));
        for (int from = 0; from < ticks.size(); from += batchTicks) {
            List<Tick> part = ticks.subList(from, Math.min(ticks.size(), from + batchTicks));
            if (sink.offer(part)) {
                tally.handedOver(part.size());
            } else {
                tally.refused(part.size());
            }
        }
    }

    /** The markets without a price for so long. */
    List<FeedMarket> quiet(long sinceNanos, long now) {
        List<FeedMarket> quiet = new ArrayList<>();
        for (int i = 0; i < lastTickAt.length; i++) {
            if (now - lastTickAt[i] >= sinceNanos) {
                quiet.add(protocol.markets().get(i));
            }
        }
        return quiet;
    }

    /** The newest delay of a price against the venue's time. */
    OptionalLong lag() {
        return lag;
    }

    /** The least such delay of the last one to two minutes. */
    OptionalLong leastDelay(long now) {
        return delays.least(now);
    }
}
