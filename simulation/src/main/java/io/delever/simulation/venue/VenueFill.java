package io.delever.simulation.venue;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * One fill: the taker met one maker at one price.
 *
 * @param sequence from 1, without gaps
 * @param fillId unique at the venue, never changes
 * @param clientOrderId the taker's order
 * @param taker the taker's account
 * @param maker the maker's account
 * @param instrument what was traded
 * @param size signed for the taker: + bought, − sold; the maker takes the opposite
 * @param price at which
 * @param eventTimeNanos when
 */
public record VenueFill(
        long sequence,
        String fillId,
        String clientOrderId,
        AccountId taker,
        AccountId maker,
        InstrumentId instrument,
        Quantity size,
        Price price,
        long eventTimeNanos) {}
