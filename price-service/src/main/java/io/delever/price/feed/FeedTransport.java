package io.delever.price.feed;

import java.net.URI;

/** Opens connections. */
public interface FeedTransport {
    /** Tries to open one; the listener hears how it went. Does not block or throw. */
    void open(URI url, FeedListener listener);
}
