package io.delever.price.feed.protocol;

/** What of a market is subscribed to. */
public enum Channel {
    /** Every trade, as a tick with price and size. */
    TRADES,
    /** Best bid and ask, as a tick with their mean and without a size. */
    QUOTES
}
