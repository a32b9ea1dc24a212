package io.delever.gateway.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import io.delever.gateway.client.Position;
import io.delever.gateway.client.StreamHub;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * One browser on one stream. Sends only what the browser has room for; while it has none, newer
 * values replace older ones (GATE-032).
 *
 * @param <V> what the stream carries
 */
final class EventStream<V> implements Flow.Subscription, StreamHub.Reader {
    private static final long RECONNECT_MILLIS = 1_000;

    private final StreamHub<V> hub;
    private final Position<V> position;
    private final Format<V> format;
    private final Executor executor;
    private final Flow.Subscriber<? super OutboundSseEvent> browser;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger quietBeats = new AtomicInteger();
    private volatile boolean ended;
    private Optional<Boolean> shownConnected = Optional.empty();

    /**
     * How values become events.
     *
     * @param sse makes events
     * @param field the field of the values in an event's data
     * @param render one value as JSON
     */
    record Format<V>(Sse sse, String field, Function<V, String> render) {}

    EventStream(
            StreamHub<V> hub,
            Optional<String> lastEventId,
            Format<V> format,
            Executor executor,
            Flow.Subscriber<? super OutboundSseEvent> browser) {
        this.hub = hub;
        this.position = hub.positionAfter(lastEventId);
        this.format = format;
        this.executor = executor;
        this.browser = browser;
    }

    @Override
    public void request(long n) {
        demand.accumulateAndGet(n, (have, more) -> have + more < 0 ? Long.MAX_VALUE : have + more);
        changed();
    }

    @Override
    public void cancel() {
        ended = true;
        hub.remove(this);
    }

    @Override
    public void changed() {
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::send);
        }
    }

    @Override
    public void heartbeat() {
        if (quietBeats.incrementAndGet() > hub.limits().maxUnreadHeartbeats()) {
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
        boolean connected = hub.connected();
        if (shownConnected.isEmpty() || shownConnected.get() != connected) {
            shownConnected = Optional.of(connected);
            return Optional.of(
                    format.sse()
                            .newEventBuilder()
                            .name("upstream")
                            .reconnectDelay(RECONNECT_MILLIS)
                            .data("{\"connected\":" + connected + "}")
                            .build());
        }
        return position.next(format.render()).map(this::event).or(this::comment);
    }

    private Optional<OutboundSseEvent> comment() {
        return quietBeats.get() > 0
                ? Optional.of(format.sse().newEventBuilder().comment("heartbeat").build())
                : Optional.empty();
    }

    private OutboundSseEvent event(Position.Part part) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"epoch\":");
        json.append(quoted(part.epoch()));
        json.append(",\"sequence\":").append(part.sequence());
        json.append(",\"snapshot\":").append(part.snapshot());
        json.append(",\"more\":").append(part.id().isEmpty());
        json.append(",\"").append(format.field()).append("\":[");
        json.append(String.join(",", part.renderedValues()));
        json.append("]}");
        OutboundSseEvent.Builder event =
                format.sse().newEventBuilder().name(hub.name()).data(json.toString());
        part.id().ifPresent(event::id);
        return event.build();
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
