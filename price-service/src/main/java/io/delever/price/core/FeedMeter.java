package io.delever.price.core;

/** What one feed tells about itself. Called on the feed's thread; must not block or throw. */
public interface FeedMeter {
    /** A message came. */
    void message(FeedMessageKind kind);

    /** Something was not taken. */
    void rejected(FeedRejection reason, int count);

    /**
     * A price with the venue's time came.
     *
     * @param delayNanos arrival − venue's time; negative where the venue's clock is ahead
     */
    void delay(long delayNanos);

    /** Numbers are missing. */
    void gap(long missing);

    /** A message repeated or came after a later one. */
    void late();

    /** The venue began its numbers anew. */
    void restarted();

    /** A connection was lost or not reached. */
    void lost();

    /** Prices found no room in the queue. */
    void refused(int ticks);

    /** Once a second, and when the state changes. */
    void status(FeedStatus status);
}
