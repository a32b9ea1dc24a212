package io.delever.price.persistence;

import java.io.Serializable;

/**
 * Names one candle.
 *
 * @param instrumentId the instrument
 * @param intervalSeconds length in seconds
 * @param startNanos start, since the Unix epoch
 */
public record CandleId(String instrumentId, int intervalSeconds, long startNanos)
        implements Serializable {}
