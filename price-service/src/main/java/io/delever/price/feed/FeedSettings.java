package io.delever.price.feed;

import io.delever.engine.market.Ids;
import io.delever.price.feed.protocol.VenueProtocol;
import java.net.URI;

/**
 * One feed.
 *
 * @param name its name in health, metrics and logs
 * @param url where the venue is
 * @param protocol how it speaks, with the markets
 * @param limits its patience
 */
public record FeedSettings(String name, URI url, VenueProtocol protocol, FeedLimits limits) {
    /** Refuses a name that is no id and a URL that is none of a WebSocket. */
    public FeedSettings {
        Ids.check("feed name", name);
        String scheme = String.valueOf(url.getScheme());
        if ((!scheme.equals("ws") && !scheme.equals("wss")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "the URL of feed %s is %s, a ws:// or wss:// one is needed"
                            .formatted(name, url));
        }
    }
}
