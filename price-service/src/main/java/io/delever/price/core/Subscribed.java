package io.delever.price.core;

import io.delever.engine.market.InstrumentId;

/** The answer to a reader. */
public sealed interface Subscribed {
    /** It may read. */
    record Open(Subscription subscription) implements Subscribed {}

    /** One of the instruments it asked for is not listed. */
    record UnknownInstrument(InstrumentId instrument) implements Subscribed {}

    /** There are as many readers as there may be. */
    record TooMany(int limit) implements Subscribed {}
}
