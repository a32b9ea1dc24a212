package io.delever.price.core;

import io.delever.engine.pricing.PricingLimits;

/**
 * Everything that can be set about the core.
 *
 * @param pricing what a tick may be
 * @param queue how much work may wait
 * @param stream how prices leave
 * @param history how candles are kept
 * @param maximumInstruments most instruments that may be listed
 */
public record CoreSettings(
        PricingLimits pricing,
        QueueLimits queue,
        StreamSettings stream,
        HistorySettings history,
        int maximumInstruments) {}
