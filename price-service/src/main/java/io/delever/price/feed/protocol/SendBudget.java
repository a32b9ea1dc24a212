package io.delever.price.feed.protocol;

import java.time.Duration;

/**
 * How many messages the venue takes from us (FEED-016).
 *
 * @param messages most messages in any period
 * @param period the period
 */
public record SendBudget(int messages, Duration period) {
    /** Refuses a budget without messages or without time. */
    public SendBudget {
        if (messages < 1 || period.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException(
                    "send budget: %d messages in %s, both above 0".formatted(messages, period));
        }
    }
}
