package io.delever.price.feed;

import io.delever.price.feed.protocol.SendBudget;

/** Lets so many messages through in any period (FEED-016). */
final class SendGate {
    private final long[] sentAt;
    private final long periodNanos;
    private int next;
    private int sent;

    SendGate(SendBudget budget) {
        this.sentAt = new long[budget.messages()];
        this.periodNanos = budget.period().toNanos();
    }

    /** How long until one more may go; 0 where it may go now. */
    long waitNanos(long now) {
        return sent < sentAt.length ? 0 : Math.max(0, sentAt[next] + periodNanos - now);
    }

    void sent(long now) {
        sentAt[next] = now;
        next = (next + 1) % sentAt.length;
        sent = Math.min(sentAt.length, sent + 1);
    }
}
