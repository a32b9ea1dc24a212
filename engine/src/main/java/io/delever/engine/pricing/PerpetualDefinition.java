package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import java.util.Optional;

/**
 * What makes a listed instrument a perpetual: its mark follows its own book within bounds, and it
 * may pay funding.
 *
 * @param instrument the instrument
 * @param mark how its mark comes about
 * @param funding how it pays funding; absent where it does not
 */
public record PerpetualDefinition(
        InstrumentId instrument, MarkDefinition mark, Optional<FundingDefinition> funding) {}
