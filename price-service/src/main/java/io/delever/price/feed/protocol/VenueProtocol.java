package io.delever.price.feed.protocol;

import java.util.List;

/**
 * How one venue speaks. An object belongs to one feed and one thread; it remembers nothing between
 * two messages.
 */
public interface VenueProtocol {
    /** The markets that the feed has. */
    FeedMarkets markets();

    /**
     * Says what a message means (FEED-003). Whatever the bytes are, nothing is thrown and the
     * message is filled.
     *
     * @param frame one received text message; taken are {@code from} to {@code to}, exclusive
     * @param arrivalNanos when it arrived, since the Unix epoch
     */
    void read(byte[] frame, int from, int to, long arrivalNanos, FeedMessage message);

    /** What to send so that these markets are sent to us (FEED-002). */
    List<String> subscribe(List<FeedMarket> markets);

    /** What to send so that they are sent no longer. */
    List<String> unsubscribe(List<FeedMarket> markets);

    /** How the connection is kept. */
    Heartbeat heartbeat();

    /** How much may be sent. */
    SendBudget sendBudget();

    /** How a channel of a market is numbered. */
    SequenceRule sequence(Channel channel);
}
