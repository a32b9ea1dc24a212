package io.delever.sentiment.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.sentiment.RiskAdjustment;
import io.delever.engine.sentiment.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All scores and adjustments of one moment.
 *
 * @param sequence rises by one with each evaluation of this run
 * @param market score and adjustment of the whole market
 * @param instruments the same of every instrument, by id
 */
public record SentimentSnapshot(
        long sequence, Rated market, NavigableMap<InstrumentId, Rated> instruments) {
    /** Copies the map. */
    public SentimentSnapshot {
        instruments = Collections.unmodifiableNavigableMap(new TreeMap<>(instruments));
    }

    /**
     * Of one instrument, or of the market where {@code instrument} is empty; empty where it is not
     * known.
     */
    public Optional<Rated> of(Optional<InstrumentId> instrument) {
        return instrument.isEmpty() ? Optional.of(market) : instrument.map(instruments::get);
    }

    /** The market first, then the instruments by id. */
    public List<Rated> all() {
        List<Rated> all = new ArrayList<>(instruments.size() + 1);
        all.add(market);
        all.addAll(instruments.values());
        return List.copyOf(all);
    }

    /** A score and what it asks for. */
    public record Rated(Score score, RiskAdjustment adjustment) {}
}
