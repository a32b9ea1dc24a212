package io.delever.price.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** One source of one version of a definition. */
@Embeddable
public class IndexSourceEmbeddable {
    /** The venue. */
    @Column(name = "venue_id", nullable = false, updatable = false, length = 64)
    public String venueId;

    /** The venue's name of the market. */
    @Column(name = "market", nullable = false, updatable = false, length = 64)
    public String market;

    /** Relative weight. */
    @Column(name = "weight", nullable = false, updatable = false)
    public long weight;

    /** Longest age of a fresh tick. */
    @Column(name = "staleness_limit_nanos", nullable = false, updatable = false)
    public long stalenessLimitNanos;

    /** The instrument that is its rate; null where its quote is that of the index. */
    @Column(name = "rate_instrument_id", updatable = false, length = 64)
    public @Nullable String rateInstrumentId;

    /** Parts per million; null together with the rate. */
    @Column(name = "depeg_limit_ppm", updatable = false)
    public @Nullable Long depegLimitPpm;

    /** Whether it is the venue's own market. */
    @Column(name = "own_venue", nullable = false, updatable = false)
    public boolean ownVenue;
}
