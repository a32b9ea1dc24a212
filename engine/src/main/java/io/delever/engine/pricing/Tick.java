package io.delever.engine.pricing;

/**
 * One observed price at one venue, as it came from outside: nothing in it is checked yet.
 *
 * @param venue the venue
 * @param market the venue's own name of the market
 * @param priceE8 price × 10⁸
 * @param sizeE8 traded size × 10⁸ in base units, 0 where it is not known
 * @param eventTimeNanos when the venue observed it, since the Unix epoch
 */
public record Tick(String venue, String market, long priceE8, long sizeE8, long eventTimeNanos) {}
