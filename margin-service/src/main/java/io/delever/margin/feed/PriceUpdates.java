package io.delever.margin.feed;

import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Price updates as they come over the wire, as engine types. */
final class PriceUpdates {
    private PriceUpdates() {}

    /**
     * The state of each instrument; what cannot be understood is {@code MISSING}, never an older
     * price. Updates without a proper instrument id are left out.
     */
    static Map<InstrumentId, PriceState> decode(List<PriceUpdate> updates) {
        Map<InstrumentId, PriceState> states = HashMap.newHashMap(updates.size());
        for (PriceUpdate update : updates) {
            if (isId(update.getInstrumentId())) {
                states.put(new InstrumentId(update.getInstrumentId()), stateOf(update));
            }
        }
        return states;
    }

    private static boolean isId(String text) {
        try {
            new InstrumentId(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static PriceState stateOf(PriceUpdate update) {
        if (update.getIndexPriceE8() <= 0 || update.getMarkPriceE8() <= 0) {
            return new PriceState.Missing();
        }
        Price index = new Price(update.getIndexPriceE8());
        Price mark = new Price(update.getMarkPriceE8());
        if (!AdmittedRange.isAdmitted(index) || !AdmittedRange.isAdmitted(mark)) {
            return new PriceState.Missing();
        }
        long time = update.getEventTimeNanos();
        return switch (update.getState()) {
            case PRICE_STATE_FRESH -> new PriceState.Fresh(index, mark, time);
            case PRICE_STATE_DEGRADED -> new PriceState.Degraded(index, mark, time);
            case PRICE_STATE_STALE -> new PriceState.Stale(index, mark, time);
            case PRICE_STATE_MISSING, PRICE_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    new PriceState.Missing();
        };
    }
}
