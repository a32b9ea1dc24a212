package io.delever.price.feed;

import io.delever.price.feed.protocol.SendBudget;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** What is to be sent to the venue, no faster than it takes it (FEED-016). */
final class Outbox {
    private final SendGate gate;
    private final Deque<String> waiting = new ArrayDeque<>();

    Outbox(SendBudget budget) {
        this.gate = new SendGate(budget);
    }

    void add(Collection<String> requests) {
        waiting.addAll(requests);
    }

    /** A ping goes before what waits. */
    void addFirst(String request) {
        waiting.addFirst(request);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void clear() {
        waiting.clear();
    }

    /** Sends what may go now. */
    void drain(FeedConnection connection, long now) {
        while (!waiting.isEmpty() && gate.waitNanos(now) == 0) {
            gate.sent(now);
            connection.send(waiting.removeFirst());
        }
    }

    /** Sends a ping where the budget has room for one; false where it has none. */
    boolean ping(FeedConnection connection, long now) {
        if (gate.waitNanos(now) > 0) {
            return false;
        }
        gate.sent(now);
        connection.ping();
        return true;
    }
}
