package io.delever.sentiment.feed;

import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.SentimentLoop;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The way from the feeds into the loop; remembers which feeds are up. */
public final class FeedPort {
    private final SentimentLoop loop;
    private final InstantSource clock;
    private final Set<Feed> up = EnumSet.noneOf(Feed.class);
    private final Set<Feed> untold = EnumSet.noneOf(Feed.class);

    /** A port into {@code loop}. */
    public FeedPort(SentimentLoop loop, InstantSource clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /** False where the loop has no room. */
    public boolean offer(List<Observation> observations, Runnable taken) {
        tellChanges();
        return loop.offer(observations, taken);
    }

    /** A feed came up or went down. */
    public void changed(Feed feed, boolean isUp) {
        synchronized (this) {
            boolean changes = isUp ? up.add(feed) : up.remove(feed);
            if (changes) {
                untold.add(feed);
            }
        }
        tellChanges();
    }

    /** Whether a feed is up. */
    public synchronized boolean isUp(Feed feed) {
        return up.contains(feed);
    }

    /** The time now. */
    long now() {
        return Nanos.now(clock);
    }

    /** A change that finds the queue full is told with the next batch, so that it is never lost. */
    synchronized void tellChanges() {
        for (Feed feed : Set.copyOf(untold)) {
            Observation change = new FeedChanged(feed, up.contains(feed), now());
            if (loop.offer(List.of(change), () -> {})) {
                untold.remove(feed);
            }
        }
    }
}
