package io.delever.simulation.scenario;

import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.pricing.IndexDefinition;

/**
 * One instrument of a scenario.
 *
 * @param instrument its risk parameters
 * @param index where its price comes from; staleness limits are market time
 * @param depth notional that the paper venue shows on one side within 5 % at the start, above 0
 * @param weight how often the population chooses it, relative to the others, above 0
 */
public record InstrumentSpec(
        Instrument instrument, IndexDefinition index, Money depth, int weight) {
    /** The instrument's id. */
    public InstrumentId id() {
        return instrument.id();
    }
}
