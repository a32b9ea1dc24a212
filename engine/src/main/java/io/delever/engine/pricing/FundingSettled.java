package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;

/**
 * A rate is due: every position pays or gets size × mark × rate once (FNDG-004).
 *
 * @param instrument the perpetual
 * @param intervalEndNanos the time for which it is due; with the instrument it names the payment
 * @param ratePpb parts per billion, + where longs pay
 * @param premiumPpb average of the premium samples, half-even
 * @param samples premium samples behind it
 * @param mark the mark at which it is paid
 */
public record FundingSettled(
        InstrumentId instrument,
        long intervalEndNanos,
        long ratePpb,
        long premiumPpb,
        long samples,
        Price mark) {}
