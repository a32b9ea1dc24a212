package io.delever.simulation.venue;

/**
 * The two times of a venue in a replay.
 *
 * @param marketNanos time in the recorded or seeded market; the book refills by it
 * @param eventNanos time that is stamped on orders and fills; in a demo the present, in a
 *     simulation the market's
 */
public record VenueTime(long marketNanos, long eventNanos) {}
