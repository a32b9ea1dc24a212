package io.delever.price.feed;

/** An open connection. Nothing here blocks or throws; what cannot be sent ends the connection. */
public interface FeedConnection {
    /** Sends one text message. */
    void send(String text);

    /** Sends a WebSocket ping. */
    void ping();

    /** Closes it; the listener is told. */
    void close();
}
