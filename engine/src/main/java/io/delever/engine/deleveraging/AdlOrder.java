package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who stands where before anything happens: the winners of one side in the order of a market's
 * policy (ADLQ-050 to ADLQ-052).
 */
public final class AdlOrder {
    private static final Rate TENTH = new Rate(100_000);
    // The side is looked at in millionths, so that the outlook does not depend on the lot.
    private static final long PARTS = 1_000_000;

    /**
     * One account's place.
     *
     * @param candidate the account
     * @param rank from 1
     * @param percentile share of the size on this side that stands before it or is its own, rounded
     *     up
     * @param topTenth whether less than a tenth of the size stands before it
     * @param expectedHaircut what it would give in the round of the outlook, ≥ 0
     */
    public record Standing(
            AdlCandidate candidate,
            int rank,
            Rate percentile,
            boolean topTenth,
            Money expectedHaircut) {}

    /**
     * The round that an expectation assumes.
     *
     * @param size share of all size on the side that is closed, 0 to 1
     * @param gap how far beyond mark, as a share of it, 0 to 1
     */
    public record Outlook(Rate size, Rate gap) {
        /** Refuses shares above 1. */
        public Outlook {
            if (size.compareTo(Rate.ONE) > 0 || gap.compareTo(Rate.ONE) >= 0) {
                throw new IllegalArgumentException(
                        "the outlook's size must be <= 1 and its gap < 1, are "
                                + size
                                + " and "
                                + gap);
            }
        }
    }

    /** A market as its winners are shown. */
    public record View(
            InstrumentId instrument, AdlPolicy policy, AdlRequest.Limits limits, Outlook outlook) {}

    /**
     * A round that is only imagined.
     *
     * @param size to be closed, &gt; 0
     * @param gap how far beyond mark, as a share of it, 0 to below 1
     * @param shock move against the winners afterwards, 0 to 1
     */
    public record WhatIf(Quantity size, Rate gap, Rate shock) {
        /** Refuses what is out of range. */
        public WhatIf {
            if (!size.isLong() || gap.compareTo(Rate.ONE) >= 0 || shock.compareTo(Rate.ONE) > 0) {
                throw new IllegalArgumentException(
                        "size must be > 0, gap < 1 and shock <= 1, are "
                                + size
                                + ", "
                                + gap
                                + " and "
                                + shock);
            }
        }
    }

    private AdlOrder() {}

    /**
     * The candidates that a policy asks first, at most {@code limit} (ADLQ-050): the queue those
     * with the greatest profit ÷ equity, pro-rata those with the greatest profit, risk-aware those
     * with the greatest weight, minimax those with the highest leverage. Ties go to the smaller
     * account id; those that may not be asked at all are left out.
     */
    public static List<AdlCandidate> foremost(
            AdlPolicy policy, AdlRequest request, Collection<AdlCandidate> candidates, int limit) {
        AdlRound round = AdlRound.of(request, candidates);
        List<AdlCandidate> queue = round.queue();
        long[] ones = new long[queue.size()];
        Arrays.fill(ones, 1);
        LeverageDraining.Holders holders =
                switch (policy) {
                    case QUEUE ->
                            new LeverageDraining.Holders(
                                    round.profits(), round.leverage().equities());
                    case PRO_RATA, CAPPED_PRO_RATA ->
                            new LeverageDraining.Holders(round.profits(), ones);
                    case RISK_AWARE_PRO_RATA ->
                            new LeverageDraining.Holders(round.riskWeights(), ones);
                    case MINIMAX_LEVERAGE -> round.leverage();
                    case MINIMAX_FACTOR_LEVERAGE -> round.factorLeverage();
                };
        long[] falling = Arrays.stream(holders.exposures()).map(Math::negateExact).toArray();
        int[] order = RatioOrder.ascending(falling, holders.equities(), round.ties());
        return Arrays.stream(order).limit(limit).mapToObj(queue::get).toList();
    }

    /**
     * The same without a limit, as accounts are shown: where everybody gives the same share of its
     * profit, by the queue, and where leverage decides, by leverage (ADLQ-051).
     */
    private static List<AdlCandidate> shown(
            AdlPolicy policy, AdlRequest request, Collection<AdlCandidate> candidates) {
        AdlPolicy by =
                switch (policy) {
                    case QUEUE, PRO_RATA, CAPPED_PRO_RATA -> AdlPolicy.QUEUE;
                    case RISK_AWARE_PRO_RATA, MINIMAX_LEVERAGE -> AdlPolicy.MINIMAX_LEVERAGE;
                    case MINIMAX_FACTOR_LEVERAGE -> AdlPolicy.MINIMAX_FACTOR_LEVERAGE;
                };
        return foremost(by, request, candidates, Integer.MAX_VALUE);
    }

    /**
     * Every account's place on one side of a market. The mark is the one that the greatest position
     * is valued at.
     *
     * @param isLong the side
     * @param positions those with profit on that side
     */
    public static List<Standing> standings(
            View view, boolean isLong, List<ProfitablePosition> positions) {
        return markOf(positions)
                .map(
                        mark ->
                                standings(
                                        view.policy(),
                                        look(view, isLong, mark),
                                        candidates(positions),
                                        view.outlook()))
                .orElse(List.of());
    }

    /**
     * Every policy on a round that is only imagined, in the order of the policies; empty where
     * nobody could be asked (ADLQ-053).
     *
     * @param isLong the side that would be asked
     * @param positions those with profit on that side
     */
    public static List<AdlOutcome> compare(
            View view, boolean isLong, List<ProfitablePosition> positions, WhatIf whatIf) {
        return markOf(positions)
                .map(
                        mark ->
                                AdlOutcome.compare(
                                        beyondMark(
                                                look(view, isLong, mark),
                                                whatIf.size(),
                                                whatIf.gap()),
                                        candidates(positions),
                                        whatIf.shock()))
                .orElse(List.of());
    }

    private static Optional<Price> markOf(List<ProfitablePosition> positions) {
        return positions.stream()
                .max(Comparator.comparing(p -> p.position().size().abs()))
                .map(
                        greatest ->
                                new Price(
                                        Math.max(
                                                1,
                                                FixedPoint.mulDiv(
                                                        greatest.notional().e8(),
                                                        FixedPoint.ONE_E8,
                                                        greatest.position().size().abs().e8(),
                                                        Rounding.HALF_EVEN))));
    }

    /** Longs are asked where a short is bought back. */
    private static AdlRequest look(View view, boolean isLong, Price mark) {
        return new AdlRequest(
                view.instrument(),
                new Quantity(isLong ? 1 : -1),
                new AdlRequest.Prices(mark, mark),
                new Quantity(1),
                view.limits());
    }

    private static List<AdlCandidate> candidates(List<ProfitablePosition> positions) {
        return positions.stream()
                .map(
                        p ->
                                new AdlCandidate(
                                        p.account(),
                                        p.position().size(),
                                        p.unrealizedPnl(),
                                        p.equity(),
                                        p.otherNotional()))
                .toList();
    }

    /**
     * Every account's place on the side whose trade {@code request} would close (ADLQ-051,
     * ADLQ-052). Of the request only the side, the mark and the limits count.
     */
    public static List<Standing> standings(
            AdlPolicy policy,
            AdlRequest request,
            Collection<AdlCandidate> candidates,
            Outlook outlook) {
        List<AdlCandidate> order = shown(policy, request, candidates);
        Quantity all = Quantity.ZERO;
        for (AdlCandidate candidate : order) {
            all = all.plus(candidate.size().abs());
        }
        Map<AccountId, Money> haircuts = new HashMap<>();
        if (all.isLong()) {
            policy.plan(outlook(request, all, outlook), order)
                    .allocations()
                    .forEach(part -> haircuts.put(part.account(), part.pnlHaircut()));
        }
        List<Standing> standings = new ArrayList<>(order.size());
        Quantity before = Quantity.ZERO;
        for (AdlCandidate candidate : order) {
            Quantity upTo = before.plus(candidate.size().abs());
            boolean topTenth =
                    FixedPoint.compareProducts(
                                    before.e8(), FixedPoint.ONE_PPM, all.e8(), TENTH.ppm())
                            < 0;
            Rate percentile =
                    new Rate(
                            FixedPoint.mulDiv(
                                    upTo.e8(), FixedPoint.ONE_PPM, all.e8(), Rounding.CEILING));
            standings.add(
                    new Standing(
                            candidate,
                            standings.size() + 1,
                            percentile,
                            topTenth,
                            haircuts.getOrDefault(candidate.account(), Money.ZERO)));
            before = upTo;
        }
        return List.copyOf(standings);
    }

    private static AdlRequest outlook(AdlRequest request, Quantity all, Outlook outlook) {
        long share =
                FixedPoint.mulDiv(
                        all.e8(), outlook.size().ppm(), FixedPoint.ONE_PPM, Rounding.CEILING);
        return beyondMark(request, new Quantity(Math.max(1, share)), outlook.gap());
    }

    /** The same side with this size, closed so far beyond mark; sizes count in millionths of it. */
    private static AdlRequest beyondMark(AdlRequest request, Quantity size, Rate gap) {
        long lot = Math.max(1, FixedPoint.mulDiv(size.e8(), 1, PARTS, Rounding.FLOOR));
        boolean sells = request.size().isShort();
        Price mark = request.prices().mark();
        long distance =
                FixedPoint.mulDiv(mark.e8(), gap.ppm(), FixedPoint.ONE_PPM, Rounding.CEILING);
        long close = sells ? Math.addExact(mark.e8(), distance) : Math.max(1, mark.e8() - distance);
        return new AdlRequest(
                request.instrument(),
                sells ? size.negate() : size,
                new AdlRequest.Prices(new Price(close), mark),
                new Quantity(lot),
                request.limits());
    }
}
