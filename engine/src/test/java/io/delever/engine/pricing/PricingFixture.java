package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words for pricing tests: venues are single letters, the market is always {@code X-USD}. */
final class PricingFixture {
    static final InstrumentId X_PERP = new InstrumentId("X-PERP");
    static final String MARKET = "X-USD";
    static final long SECOND = 1_000_000_000L;

    /** Some time in 2025. */
    static final long T0 = 1_760_000_000L * SECOND;

    static final PricingLimits LIMITS = new PricingLimits(Price.parse("1000000"), SECOND, 5);

    private PricingFixture() {}

    static Definition index(String... venues) {
        return new Definition(X_PERP, venues);
    }

    static Definition index(InstrumentId instrument, String... venues) {
        return new Definition(instrument, venues);
    }

    static SourceId source(String venue) {
        return new SourceId(new VenueId(venue), MARKET);
    }

    static Tick tick(String venue, String price, long timeNanos) {
        return new Tick(venue, MARKET, FixedPoint.parseE8(price), 0, timeNanos);
    }

    /** Staleness limit 10 s, weight 1, minimum 1, outlier limit 5 %, tick size 0.01. */
    static final class Definition {
        private final InstrumentId instrument;
        private final List<IndexSource> sources = new ArrayList<>();
        private int minimum = 1;
        private Rate outlierLimit = Rate.parse("0.05");
        private Price tickSize = Price.parse("0.01");
        private IndexMethod method = IndexMethod.STANDARD;

        private Definition(InstrumentId instrument, String... venues) {
            this.instrument = instrument;
            for (String venue : venues) {
                sources.add(new IndexSource(PricingFixture.source(venue), 1, 10 * SECOND));
            }
        }

        Definition source(String venue, long weight, long stalenessSeconds) {
            sources.add(
                    new IndexSource(
                            PricingFixture.source(venue), weight, stalenessSeconds * SECOND));
            return this;
        }

        /** Converted by {@code rate}, which may be {@code depegLimit} away from 1. */
        Definition converted(String venue, InstrumentId rate, String depegLimit) {
            sources.add(
                    new IndexSource(
                            PricingFixture.source(venue),
                            1,
                            10 * SECOND,
                            Optional.of(new QuoteConversion(rate, Rate.parse(depegLimit))),
                            false));
            return this;
        }

        Definition own(String venue) {
            sources.add(
                    new IndexSource(
                            PricingFixture.source(venue), 1, 10 * SECOND, Optional.empty(), true));
            return this;
        }

        Definition method(IndexMethod value) {
            method = value;
            return this;
        }

        Definition minimum(int value) {
            minimum = value;
            return this;
        }

        Definition outlierLimit(String value) {
            outlierLimit = Rate.parse(value);
            return this;
        }

        Definition tickSize(String value) {
            tickSize = Price.parse(value);
            return this;
        }

        IndexDefinition build() {
            return new IndexDefinition(
                    instrument, sources, minimum, outlierLimit, tickSize, method);
        }
    }
}
