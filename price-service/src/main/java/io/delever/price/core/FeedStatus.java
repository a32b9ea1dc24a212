package io.delever.price.core;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a feed is, as of its last second (FEED-027). Counts are since the start of the service.
 *
 * @param feed its name
 * @param state where it is
 * @param markets how many it has subscribed to
 * @param quietMarkets how many of them had no price for the market silence
 * @param messages messages received
 * @param ticks prices handed over
 * @param rejections messages and prices not taken
 * @param gaps times that numbers were missing
 * @param missing how many numbers were missing in all
 * @param late messages that repeated or came after a later one
 * @param restarts times that a venue began its numbers anew
 * @param connections connections opened
 * @param losses connections that were lost or not reached
 * @param refused prices that found no room in the queue
 * @param lagNanos newest difference of arrival and venue's time; negative where its clock is ahead
 * @param clockAheadNanos estimate of how far the venue's clock is ahead of ours, wrong by half of
 *     the round trip at most where the network is no slower in one direction (FEED-025)
 * @param roundTripNanos the least time from a ping to the next sign of life, of the last one to two
 *     minutes
 * @param lastTrouble why the last connection ended or what the venue complained about
 */
public record FeedStatus(
        String feed,
        FeedState state,
        int markets,
        int quietMarkets,
        long messages,
        long ticks,
        long rejections,
        long gaps,
        long missing,
        long late,
        long restarts,
        long connections,
        long losses,
        long refused,
        OptionalLong lagNanos,
        OptionalLong clockAheadNanos,
        OptionalLong roundTripNanos,
        Optional<String> lastTrouble) {}
