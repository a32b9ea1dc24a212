package io.delever.price.feed;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a feed is given from outside.
 *
 * @param transport opens connections
 * @param timer calls back
 * @param clock the time of arrival
 * @param monotonicNanos for durations; never goes back
 * @param random for the jitter
 */
public record FeedRuntime(
        FeedTransport transport,
        FeedTimer timer,
        InstantSource clock,
        LongSupplier monotonicNanos,
        RandomGenerator random) {}
