package io.delever.gateway.client;

import io.delever.gateway.client.ConflatedState.Cursor;
import io.delever.gateway.client.ConflatedState.Delta;
import io.delever.gateway.client.ConflatedState.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How far one reader of a stream has come. Holds at most one delta: what came meanwhile is picked
 * up, newest value only, when that is read. Not thread-safe.
 *
 * @param <V> what the stream carries
 */
public final class Position<V> {
    private final StreamHub<V> hub;
    private Cursor cursor;
    private Optional<Delta<V>> unread = Optional.empty();
    private int next;

    Position(StreamHub<V> hub, Cursor cursor) {
        this.hub = hub;
        this.cursor = cursor;
    }

    /**
     * A part of what is new.
     *
     * @param id where a reader resumes who has read this; empty unless the part is the last one of
     *     its kind
     * @param epoch run of the service that sent it
     * @param sequence the newest sequence that the whole includes
     * @param snapshot true where a reader must forget what it knew
     * @param renderedValues the values
     */
    public record Part(
            Optional<String> id,
            String epoch,
            long sequence,
            boolean snapshot,
            List<String> renderedValues) {}

    /**
     * The next part of what is new; empty where there is nothing new.
     *
     * @param renderer is asked once for all readers, so what it makes must suit each of them
     * @param visible whether this reader may see a value
     */
    public Optional<Part> next(Function<V, String> renderer, Predicate<V> visible) {
        if (unread.isEmpty()) {
            Delta<V> delta = hub.since(cursor);
            if (delta.cursor().epoch().isEmpty()
                    || (delta.items().isEmpty() && !delta.snapshot())) {
                return Optional.empty();
            }
            unread = Optional.of(delta);
            next = 0;
        }
        return unread.map(delta -> part(delta, renderer, visible));
    }

    private Part part(Delta<V> delta, Function<V, String> renderer, Predicate<V> visible) {
        int from = next;
        int to = Math.min(delta.items().size(), from + hub.limits().maxValuesPerEvent());
        List<String> rendered = new ArrayList<>(to - from);
        for (Item<V> item : delta.items().subList(from, to)) {
            if (visible.test(item.value())) {
                rendered.add(item.rendered(renderer));
            }
        }
        boolean last = to == delta.items().size();
        next = to;
        Cursor reached = delta.cursor();
        if (last) {
            unread = Optional.empty();
            cursor = reached;
        }
        return new Part(
                last ? Optional.of(reached.epoch() + "-" + reached.sequence()) : Optional.empty(),
                reached.epoch(),
                reached.sequence(),
                delta.snapshot() && from == 0,
                rendered);
    }
}
