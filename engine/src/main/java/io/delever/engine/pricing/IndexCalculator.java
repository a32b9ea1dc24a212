package io.delever.engine.pricing;

import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The index of one instrument from what is known of its sources: the average of those that are
 * fresh, convertible and no outliers (PRIC-020 to PRIC-033, PRIC-070 to PRIC-078). A function: no
 * state, no clock.
 */
public final class IndexCalculator {
    private final IndexDefinition definition;
    private final List<SourceView> views;
    private final long nowNanos;

    /** The price of each source in the quote of the index, or why there is none. */
    private final long[] prices;

    private final List<Optional<ExclusionReason>> reasons;

    private IndexCalculator(IndexDefinition definition, List<SourceView> views, long nowNanos) {
        this.definition = definition;
        this.views = views;
        this.nowNanos = nowNanos;
        this.prices = new long[views.size()];
        this.reasons = new ArrayList<>(views.size());
    }

    /**
     * The price as of {@code nowNanos} where nothing but the newest observations matters.
     *
     * @param definition the index
     * @param newest the newest observation of each source, in the order of the definition
     * @param previous the price before, whose last good prices a stale one shows
     * @param nowNanos the time
     */
    public static IndexPrice calculate(
            IndexDefinition definition,
            List<Optional<Observation>> newest,
            PriceState previous,
            long nowNanos) {
        return of(definition, newest.stream().map(SourceView::of).toList(), previous, nowNanos);
    }

    /**
     * The price as of {@code nowNanos}.
     *
     * @param definition the index
     * @param views what is known of each source, in the order of the definition
     * @param previous the price before, whose last good prices a stale one shows
     * @param nowNanos the time
     */
    public static IndexPrice of(
            IndexDefinition definition,
            List<SourceView> views,
            PriceState previous,
            long nowNanos) {
        if (views.size() != definition.sources().size()) {
            throw new IllegalArgumentException(
                    "observations: %d, sources of %s: %d"
                            .formatted(
                                    views.size(),
                                    definition.instrument().value(),
                                    definition.sources().size()));
        }
        return new IndexCalculator(definition, views, nowNanos).price(previous);
    }

    /**
     * The price of a source in the quote of the index, where it is fresh and convertible at {@code
     * nowNanos}.
     */
    static Optional<Price> convertedPrice(IndexSource source, SourceView view, long nowNanos) {
        return unusable(source, view, nowNanos).isPresent()
                ? Optional.empty()
                : Optional.of(converted(source, view)).filter(e8 -> e8 > 0).map(Price::new);
    }

    private IndexPrice price(PriceState previous) {
        for (int i = 0; i < prices.length; i++) {
            IndexSource source = definition.sources().get(i);
            Optional<ExclusionReason> reason = reason(source, views.get(i));
            if (reason.isEmpty()) {
                prices[i] = converted(source, views.get(i));
                // A price that a conversion takes to zero is no price.
                reason = prices[i] > 0 ? reason : Optional.of(ExclusionReason.NO_RATE);
            }
            reasons.add(reason);
        }
        anchor().ifPresent(this::treatOutliers);
        return average(previous);
    }

    private Optional<ExclusionReason> reason(IndexSource source, SourceView view) {
        if (source.own() && definition.method().ownCap().ppm() == 0) {
            return Optional.of(ExclusionReason.OWN_VENUE);
        }
        Optional<ExclusionReason> unusable = unusable(source, view, nowNanos);
        return unusable.isEmpty() && view.frozen() ? Optional.of(ExclusionReason.FROZEN) : unusable;
    }

    private static Optional<ExclusionReason> unusable(
            IndexSource source, SourceView view, long nowNanos) {
        if (view.newest().isEmpty()) {
            return Optional.of(ExclusionReason.NEVER_SEEN);
        }
        if (!view.newest().get().isFresh(nowNanos, source.stalenessLimitNanos())) {
            return Optional.of(ExclusionReason.STALE);
        }
        if (source.conversion().isEmpty()) {
            return Optional.empty();
        }
        if (view.rate().isEmpty()) {
            return Optional.of(ExclusionReason.NO_RATE);
        }
        long distance = Math.abs(Math.subtractExact(view.rate().get().e8(), FixedPoint.ONE_E8));
        Rate limit = source.conversion().get().depegLimit();
        boolean depegged =
                FixedPoint.compareProducts(
                                distance, FixedPoint.ONE_PPM, limit.ppm(), FixedPoint.ONE_E8)
                        > 0;
        return depegged ? Optional.of(ExclusionReason.DEPEGGED) : Optional.empty();
    }

    /** Rounded once, half-even: a price favours no one. */
    private static long converted(IndexSource source, SourceView view) {
        long priceE8 = view.newest().orElseThrow().price().e8();
        return source.conversion().isEmpty()
                ? priceE8
                : FixedPoint.mulDiv(
                        priceE8,
                        view.rate().orElseThrow().e8(),
                        FixedPoint.ONE_E8,
                        Rounding.HALF_EVEN);
    }

    /** The plain median of the outside sources that are usable (PRIC-021, PRIC-077). */
    private Optional<Price> anchor() {
        long[] usable = new long[prices.length];
        int count = 0;
        for (int i = 0; i < prices.length; i++) {
            if (reasons.get(i).isEmpty() && !definition.sources().get(i).own()) {
                usable[count++] = prices[i];
            }
        }
        return PriceAverages.median(usable, count);
    }

    private void treatOutliers(Price anchor) {
        for (int i = 0; i < prices.length; i++) {
            if (reasons.get(i).isEmpty()
                    && isOutlier(prices[i], anchor, definition.outlierLimit())) {
                switch (definition.method().outliers()) {
                    case EXCLUDE -> reasons.set(i, Optional.of(ExclusionReason.OUTLIER));
                    case CLAMP -> {
                        reasons.set(i, Optional.of(ExclusionReason.CLAMPED));
                        prices[i] =
                                PriceAverages.clampAround(
                                                new Price(prices[i]),
                                                anchor,
                                                definition.outlierLimit())
                                        .e8();
                    }
                }
            }
        }
    }

    /** Whether |price − median| > limit × median, exactly; at the limit it stays (PRIC-022). */
    private static boolean isOutlier(long priceE8, Price median, Rate limit) {
        long distance = Math.abs(Math.subtractExact(priceE8, median.e8()));
        return FixedPoint.compareProducts(distance, FixedPoint.ONE_PPM, limit.ppm(), median.e8())
                > 0;
    }

    private IndexPrice average(PriceState previous) {
        Participants taken = new Participants(prices.length);
        List<SourceExclusion> exclusions = new ArrayList<>();
        int used = 0;
        int outside = 0;
        for (int i = 0; i < prices.length; i++) {
            IndexSource source = definition.sources().get(i);
            reasons.get(i).ifPresent(why -> exclusions.add(new SourceExclusion(source.id(), why)));
            if (reasons.get(i).isEmpty()) {
                used++;
                outside += source.own() ? 0 : 1;
                taken.seenAt(views.get(i).newest().orElseThrow().timeNanos());
            }
            if (takesPart(reasons.get(i))) {
                taken.add(prices[i], weight(i), source.weight(), capPpm(source));
            }
        }
        OptionalLong index =
                outside < definition.minimumSources()
                        ? OptionalLong.empty()
                        : taken.average(definition.method().average(), definition.tickSize());
        PriceState state =
                index.isPresent() && index.getAsLong() > 0
                        ? usable(new Price(index.getAsLong()), exclusions.isEmpty(), taken)
                        : unusable(previous);
        return new IndexPrice(
                definition.instrument(),
                state,
                nowNanos,
                used,
                prices.length,
                exclusions,
                Optional.empty());
    }

    private static boolean takesPart(Optional<ExclusionReason> reason) {
        return reason.isEmpty() || reason.get() == ExclusionReason.CLAMPED;
    }

    private long weight(int source) {
        return switch (definition.method().weights()) {
            case IndexWeights.Fixed _ -> definition.sources().get(source).weight();
            case IndexWeights.TrailingVolume _ -> views.get(source).volume();
        };
    }

    private long capPpm(IndexSource source) {
        long cap = definition.method().weightCap().ppm();
        return source.own() ? Math.min(cap, definition.method().ownCap().ppm()) : cap;
    }

    /** The mark price is the index: the venue's own book has no influence on it (PRIC-026). */
    private static PriceState usable(Price index, boolean complete, Participants taken) {
        return complete
                ? new PriceState.Fresh(index, index, taken.newestTimeNanos())
                : new PriceState.Degraded(index, index, taken.newestTimeNanos());
    }

    /** The last good prices, for display. */
    static PriceState unusable(PriceState previous) {
        return switch (previous) {
            case PriceState.Fresh(Price index, Price mark, long time) ->
                    new PriceState.Stale(index, mark, time);
            case PriceState.Degraded(Price index, Price mark, long time) ->
                    new PriceState.Stale(index, mark, time);
            case PriceState.Stale stale -> stale;
            case PriceState.Missing missing -> missing;
        };
    }
}
