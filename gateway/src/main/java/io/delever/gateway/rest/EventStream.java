package io.delever.gateway.rest;

import io.delever.gateway.client.StreamHub;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One browser on one or more streams. Sends only what the browser has room for; while it has none,
 * newer values replace older ones (GATE-032).
 */
final class EventStream implements Flow.Subscription, StreamHub.Reader {
    private final List<Topic<?>> topics;
    private final Function<List<Topic<?>>, Optional<String>> id;
    private final Sse sse;
    private final Executor executor;
    private final Flow.Subscriber<? super OutboundSseEvent> browser;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger quietBeats = new AtomicInteger();
    private volatile boolean ended;
    private int turn;

    /** Makes the id of an event from how far each topic has come. */
    EventStream(
            List<Topic<?>> topics,
            Function<List<Topic<?>>, Optional<String>> id,
            Sse sse,
            Executor executor,
            Flow.Subscriber<? super OutboundSseEvent> browser) {
        this.topics = topics;
        this.id = id;
        this.sse = sse;
        this.executor = executor;
        this.browser = browser;
    }

    /** Joins every stream; false where one of them is full, then nothing is joined. */
    boolean join() {
        for (Topic<?> topic : topics) {
            if (!topic.hub().add(this)) {
                cancel();
                return false;
            }
        }
        return true;
    }

    @Override
    public void request(long n) {
        demand.accumulateAndGet(n, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        changed();
    }

    @Override
    public void cancel() {
        ended = true;
        topics.forEach(topic -> topic.hub().remove(this));
    }

    @Override
    public void changed() {
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::send);
        }
    }

    @Override
    public void heartbeat() {
        StreamHub<?> first = topics.getFirst().hub();
        if (quietBeats.incrementAndGet() > first.limits().maxUnreadHeartbeats() * topics.size()) {
            cancel();
            browser.onComplete();
            return;
        }
        changed();
    }

    private void send() {
        int seen = pending.get();
        do {
            while (demand.get() > 0 && !ended) {
                Optional<OutboundSseEvent> event = next();
                if (event.isEmpty()) {
                    break;
                }
                demand.decrementAndGet();
                quietBeats.set(0);
                browser.onNext(event.get());
            }
            seen = pending.addAndGet(-seen);
        } while (seen != 0);
    }

    private Optional<OutboundSseEvent> next() {
        for (Topic<?> topic : topics) {
            Optional<OutboundSseEvent> connection = topic.connection(sse);
            if (connection.isPresent()) {
                return connection;
            }
        }
        for (int i = 0; i < topics.size(); i++) {
            turn = (turn + 1) % topics.size();
            Optional<Topic.News> news = topics.get(turn).next();
            if (news.isPresent()) {
                return news.map(this::event);
            }
        }
        return quietBeats.get() > 0
                ? Optional.of(sse.newEventBuilder().comment("heartbeat").build())
                : Optional.empty();
    }

    private OutboundSseEvent event(Topic.News news) {
        OutboundSseEvent.Builder event = sse.newEventBuilder().name(news.name()).data(news.json());
        if (news.complete()) {
            id.apply(topics).ifPresent(event::id);
        }
        return event.build();
    }
}
