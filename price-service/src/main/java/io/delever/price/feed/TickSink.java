package io.delever.price.feed;

import io.delever.engine.pricing.Tick;
import java.util.List;

/** Where the prices of a feed go. */
public interface TickSink {
    /** Takes the ticks over in their order; false where there is no room. Never waits. */
    boolean offer(List<Tick> ticks);
}
