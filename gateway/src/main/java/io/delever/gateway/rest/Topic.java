package io.delever.gateway.rest;

import com.fasterxml.jackson.databind.node.TextNode;
import io.delever.gateway.client.Position;
import io.delever.gateway.client.StreamHub;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One of the streams that a browser reads, and how far it has come there. Not thread-safe.
 *
 * @param <V> what the stream carries
 */
final class Topic<V> {
    private static final long RECONNECT_MILLIS = 1_000;

    private final StreamHub<V> hub;
    private final Position<V> position;
    private final String field;
    private final Function<V, String> render;
    private final Predicate<V> visible;
    private Optional<String> reached;
    private Optional<Boolean> shownConnected = Optional.empty();

    /**
     * Starts where the browser stopped.
     *
     * @param field the field of the values in an event's data
     * @param render one value as JSON
     * @param visible whether the browser's user may see a value
     */
    Topic(
            StreamHub<V> hub,
            Optional<String> lastEventId,
            String field,
            Function<V, String> render,
            Predicate<V> visible) {
        this.hub = hub;
        this.position = hub.positionAfter(lastEventId);
        this.reached = lastEventId;
        this.field = field;
        this.render = render;
        this.visible = visible;
    }

    StreamHub<V> hub() {
        return hub;
    }

    /** The id of the last event that the browser has in full. */
    Optional<String> reached() {
        return reached;
    }

    /** Says that the service behind the stream came or went; empty where that was said already. */
    Optional<OutboundSseEvent> connection(Sse sse) {
        boolean connected = hub.connected();
        if (shownConnected.isPresent() && shownConnected.get() == connected) {
            return Optional.empty();
        }
        shownConnected = Optional.of(connected);
        return Optional.of(
                sse.newEventBuilder()
                        .name("upstream")
                        .reconnectDelay(RECONNECT_MILLIS)
                        .data("{\"stream\":\"" + hub.name() + "\",\"connected\":" + connected + "}")
                        .build());
    }

    /** What is new, as JSON; empty where there is nothing new. */
    Optional<News> next() {
        return position.next(render, visible).map(this::news);
    }

    /**
     * Data of an event.
     *
     * @param complete whether a browser that has read it can resume after it
     */
    record News(String name, String json, boolean complete) {}

    private News news(Position.Part part) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"epoch\":").append(TextNode.valueOf(part.epoch()));
        json.append(",\"sequence\":").append(part.sequence());
        json.append(",\"snapshot\":").append(part.snapshot());
        json.append(",\"more\":").append(part.id().isEmpty());
        json.append(",\"").append(field).append("\":[");
        json.append(String.join(",", part.renderedValues()));
        json.append("]}");
        part.id().ifPresent(id -> reached = Optional.of(id));
        return new News(hub.name(), json.toString(), part.id().isPresent());
    }
}
