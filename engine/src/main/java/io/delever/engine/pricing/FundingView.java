package io.delever.engine.pricing;

/**
 * The funding of a perpetual as it stands (FNDG-003).
 *
 * @param lastRatePpb rate of the last payment, 0 before the first
 * @param predictedRatePpb rate of the next payment if the rest of the interval were like what was
 *     sampled
 * @param premiumPpb average premium of the interval so far
 * @param nextPaymentNanos when the next payment is due
 */
public record FundingView(
        long lastRatePpb, long predictedRatePpb, long premiumPpb, long nextPaymentNanos) {}
