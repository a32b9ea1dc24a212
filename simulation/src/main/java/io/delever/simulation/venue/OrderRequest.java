package io.delever.simulation.venue;

/**
 * An immediate-or-cancel limit order as it came in; nothing in it is checked yet.
 *
 * @param clientOrderId the client's key
 * @param accountId for whom
 * @param instrumentId what
 * @param sizeE8 signed size × 10⁸: + buys, − sells
 * @param limitE8 limit price × 10⁸
 */
public record OrderRequest(
        String clientOrderId, String accountId, String instrumentId, long sizeE8, long limitE8) {}
