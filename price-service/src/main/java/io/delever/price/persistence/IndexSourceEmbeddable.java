package io.delever.price.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

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
}
