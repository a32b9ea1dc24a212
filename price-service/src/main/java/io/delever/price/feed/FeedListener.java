package io.delever.price.feed;

/** What a connection tells, always on the thread of its feed. */
public interface FeedListener {
    /** It is open. */
    void opened(FeedConnection connection);

    /** A text message came; the bytes are valid during the call only. */
    void text(byte[] bytes, int from, int to);

    /** A message of bytes came. */
    void binary();

    /** A message longer than the limit came and was thrown away. */
    void tooLarge();

    /** The answer to a WebSocket ping came. */
    void pong();

    /** It is closed, or could not be opened; nothing follows. */
    void closed(String why);
}
