package io.delever.simulation.prices;

import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.ExclusionReason;
import io.delever.engine.pricing.PriceAverages;
import io.delever.engine.pricing.SourceExclusion;
import io.delever.engine.pricing.SourceId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of one market amounts to (SIMU-101 to SIMU-103). Times are nanoseconds of market
 * time, shares parts per million.
 *
 * @param base base asset of the market
 * @param tampering what was done to its venues
 * @param usableNanos how long there was a price to act on
 * @param unusableNanos how long there was none
 * @param caseNanos how long the case lasted that the run is about: the perpetual alone, Gemini
 *     frozen far away from two fresh others, Coinbase alone
 * @param brokenNanos how long the rule of that case did not hold; 0 where all is well
 * @param perpetualSharePpm lowest price of the perpetual as a share of the lowest fresh spot venue
 *     while it was alone
 * @param worstIndexPpm greatest distance of the index from the median of the honest venues, rounded
 *     up
 * @param besideFrozenNanos how long the index was farther than 1 % from the median with venues that
 *     were named FROZEN: what leaving those out amounts to
 * @param worstMarkPpm greatest distance of the mark from the index, rounded up
 * @param namedAfterNanos after how long from the crash the venue that failed was first left out as
 *     such; absent where it was not
 * @param alarms alarms raised
 */
record Finding(
        String base,
        Tampering tampering,
        long usableNanos,
        long unusableNanos,
        long caseNanos,
        long brokenNanos,
        long perpetualSharePpm,
        long worstIndexPpm,
        long besideFrozenNanos,
        long worstMarkPpm,
        Optional<Long> namedAfterNanos,
        int alarms) {

    private static final Rate LIMIT = Rate.parse("0.01");
    private static final Rate FAR = Rate.parse("0.05");

    /** Whether the case came and its rule held all the time. */
    boolean holds() {
        return caseNanos > 0 && brokenNanos == 0;
    }

    /** Judges a run. */
    static Finding of(MarketRun run) {
        return new Judge(run).finding();
    }

    /** One pass over the instants; each lasts until the next one. */
    private static final class Judge {
        private final MarketRun run;
        private long usable;
        private long unusable;
        private long lasted;
        private long broken;
        private long share = FixedPoint.ONE_PPM;
        private long worstIndex;
        private long besideFrozen;
        private long worstMark;
        private Optional<Long> named = Optional.empty();

        Judge(MarketRun run) {
            this.run = run;
        }

        Finding finding() {
            List<Moment> all = run.moments();
            for (int i = 0; i + 1 < all.size(); i++) {
                Moment one = all.get(i);
                look(one, all.get(i + 1).timeNanos() - one.timeNanos());
            }
            return new Finding(
                    run.base(),
                    run.tampering(),
                    usable,
                    unusable,
                    lasted,
                    broken,
                    share,
                    worstIndex,
                    besideFrozen,
                    worstMark,
                    named,
                    run.alarms().size());
        }

        private void look(Moment moment, long nanos) {
            Optional<Price> index = moment.price().state().usableIndex();
            if (index.isPresent()) {
                usable += nanos;
                Price mark = moment.price().state().usableMark().orElseThrow();
                worstMark = Math.max(worstMark, distancePpm(mark, index.get()));
                worstIndex =
                        Math.max(
                                worstIndex,
                                moment.honest()
                                        .map(honest -> distancePpm(index.get(), honest))
                                        .orElse(FixedPoint.ONE_PPM));
                besideFrozen +=
                        moment.withFrozen().filter(all -> !isWithin(index.get(), all)).isPresent()
                                ? nanos
                                : 0;
            } else {
                unusable += nanos;
            }
            switch (run.tampering()) {
                case NONE -> lookAtThePerpetual(moment, index, nanos);
                case FROZEN -> lookAtGemini(moment, nanos);
                case ALONE -> lookAtCoinbase(moment, index, nanos);
            }
        }

        private void lookAtThePerpetual(Moment moment, Optional<Price> index, long nanos) {
            if (moment.perpetualAlone()) {
                lasted += nanos;
                share = Math.min(share, perpetualShare(moment.fresh()));
                name(moment, MarketRun.PERPETUAL, ExclusionReason.OUTLIER);
            }
            boolean honest =
                    index.isEmpty()
                            || moment.honest()
                                    .filter(median -> isWithin(index.get(), median))
                                    .isPresent();
            broken += honest ? 0 : nanos;
        }

        /** Half a tick is what the index is rounded by. */
        private static boolean isWithin(Price index, Price honest) {
            long distance =
                    Math.max(
                            0,
                            Math.abs(Math.subtractExact(index.e8(), honest.e8()))
                                    - MarketRun.TICK.e8() / 2);
            return FixedPoint.compareProducts(
                            distance, FixedPoint.ONE_PPM, LIMIT.ppm(), honest.e8())
                    <= 0;
        }

        private static long perpetualShare(Map<String, Price> fresh) {
            long lowest =
                    fresh.entrySet().stream()
                            .filter(each -> !each.getKey().equals(MarketRun.PERPETUAL))
                            .mapToLong(each -> each.getValue().e8())
                            .min()
                            .orElseThrow();
            return Optional.ofNullable(fresh.get(MarketRun.PERPETUAL))
                    .map(
                            price ->
                                    FixedPoint.mulDiv(
                                            price.e8(),
                                            FixedPoint.ONE_PPM,
                                            lowest,
                                            Rounding.HALF_EVEN))
                    .orElse(FixedPoint.ONE_PPM);
        }

        private void lookAtGemini(Moment moment, long nanos) {
            long since = moment.timeNanos() - MarketRun.CRASH;
            Optional<Price> gemini = Optional.ofNullable(moment.fresh().get(MarketRun.GEMINI));
            List<Price> others =
                    moment.fresh().entrySet().stream()
                            .filter(each -> !each.getKey().equals(MarketRun.GEMINI))
                            .map(Map.Entry::getValue)
                            .toList();
            boolean away =
                    since >= MarketRun.FROZEN.afterNanos()
                            && gemini.isPresent()
                            && others.size() == 2
                            && MarketRun.isFarther(
                                    gemini.get(), PriceAverages.median(others).orElseThrow(), FAR);
            boolean isNamed = name(moment, MarketRun.GEMINI, ExclusionReason.FROZEN);
            lasted += away ? nanos : 0;
            broken += away && !isNamed ? nanos : 0;
        }

        private void lookAtCoinbase(Moment moment, Optional<Price> index, long nanos) {
            if (moment.timeNanos() - MarketRun.CRASH > MarketRun.STALENESS) {
                lasted += nanos;
                boolean said =
                        name(moment, MarketRun.GEMINI, ExclusionReason.STALE)
                                && name(moment, MarketRun.PERPETUAL, ExclusionReason.STALE);
                broken += index.isEmpty() && said ? 0 : nanos;
            }
        }

        private boolean name(Moment moment, String venue, ExclusionReason reason) {
            boolean is =
                    moment.price()
                            .exclusions()
                            .contains(
                                    new SourceExclusion(
                                            new SourceId(
                                                    new VenueId(venue),
                                                    moment.price().instrument().value()),
                                            reason));
            if (is && named.isEmpty() && moment.timeNanos() >= MarketRun.CRASH) {
                named = Optional.of(moment.timeNanos() - MarketRun.CRASH);
            }
            return is;
        }

        private static long distancePpm(Price price, Price reference) {
            return FixedPoint.mulDiv(
                    Math.abs(Math.subtractExact(price.e8(), reference.e8())),
                    FixedPoint.ONE_PPM,
                    reference.e8(),
                    Rounding.CEILING);
        }
    }

    /** Parts per million as a percentage with two decimals. */
    static String percent(long ppm) {
        return String.format(Locale.ROOT, "%.2f %%", ppm / 1e4);
    }

    /** Nanoseconds as seconds with one decimal. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
