package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;

/** A candle of an instrument. */
public record StoredCandle(InstrumentId instrument, CandleInterval interval, Candle candle) {}
