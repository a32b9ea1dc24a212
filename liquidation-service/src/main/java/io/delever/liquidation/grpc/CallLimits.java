package io.delever.liquidation.grpc;

import io.delever.engine.deleveraging.AdlOrder;
import io.delever.liquidation.core.CaseSettings;

/**
 * What callers may ask for at once, and by which rules a look at the queue is answered.
 *
 * @param maxReaders greatest number of case streams
 * @param adl policies, limits and the number of accounts considered
 * @param outlook the round that an expected haircut assumes
 */
public record CallLimits(int maxReaders, CaseSettings.Adl adl, AdlOrder.Outlook outlook) {}
