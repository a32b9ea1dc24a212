package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The price of an asset as collateral, from what it can be redeemed for, an oracle and outside
 * venues together: no single market can push it, and the venue's own book never counts (GARD-001 to
 * GARD-004).
 *
 * @param minimumVenues fewest outside venues that count together as one opinion, at least 2
 * @param limit two opinions farther apart than this contradict each other, above 0 and at most
 *     {@link IndexDefinition#MAXIMUM_OUTLIER_LIMIT_PPM}
 */
public record CollateralRule(int minimumVenues, Rate limit) {
    private static final int LEAST_VENUES = 2;

    /** Refuses what is out of its range. */
    public CollateralRule {
        if (minimumVenues < LEAST_VENUES || minimumVenues > IndexDefinition.MAXIMUM_SOURCES) {
            throw new OutOfRangeException(
                    "minimum_venues",
                    "collateral",
                    minimumVenues,
                    LEAST_VENUES + " to " + IndexDefinition.MAXIMUM_SOURCES);
        }
        if (limit.ppm() < 1 || limit.ppm() > IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM) {
            throw new OutOfRangeException(
                    "collateral_limit_ppm",
                    "collateral",
                    limit.ppm(),
                    "1 to " + IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM);
        }
    }

    /** Where a price comes from. */
    public enum Kind {
        /** What the issuer pays for it. */
        REDEMPTION,
        /** An oracle that is no venue. */
        ORACLE,
        /** An outside venue. */
        VENUE,
        /** The venue's own book. */
        OWN_BOOK
    }

    /**
     * One price of the asset.
     *
     * @param kind where it comes from
     * @param seen the newest one
     * @param stalenessLimitNanos it is fresh while its age is at most this
     */
    public record Quote(Kind kind, Observation seen, long stalenessLimitNanos) {}

    /** What the opinions amount to. */
    public enum Verdict {
        /** There is a price. */
        AGREED,
        /** Two opinions contradict each other. */
        CONTRADICTED,
        /** Fewer than two opinions. */
        TOO_FEW
    }

    /**
     * The price and the opinions behind it.
     *
     * @param price absent unless the verdict is AGREED
     * @param verdict why there is one or none
     * @param opinions the price of each kind that counts
     */
    public record CollateralPrice(
            Optional<Price> price, Verdict verdict, Map<Kind, Price> opinions) {
        /** Copies the opinions. */
        public CollateralPrice {
            opinions = Map.copyOf(opinions);
        }
    }

    /**
     * The median of three opinions, or the lower one of two that do not contradict each other: a
     * loan is not made on the better half of a doubt.
     */
    public CollateralPrice price(List<Quote> quotes, long nowNanos) {
        Map<Kind, Price> opinions = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            opinion(kind, quotes, nowNanos).ifPresent(price -> opinions.put(kind, price));
        }
        List<Price> sorted = opinions.values().stream().sorted().toList();
        if (sorted.size() < 2) {
            return new CollateralPrice(Optional.empty(), Verdict.TOO_FEW, opinions);
        }
        if (sorted.size() == 2 && isApart(sorted.getFirst(), sorted.getLast())) {
            return new CollateralPrice(Optional.empty(), Verdict.CONTRADICTED, opinions);
        }
        Price price = sorted.get(sorted.size() == 2 ? 0 : 1);
        return new CollateralPrice(Optional.of(price), Verdict.AGREED, opinions);
    }

    /** The median of the fresh quotes of a kind; the own book has no opinion. */
    private Optional<Price> opinion(Kind kind, List<Quote> quotes, long nowNanos) {
        List<Price> fresh = new ArrayList<>();
        for (Quote quote : quotes) {
            if (quote.kind() == kind
                    && quote.seen().isFresh(nowNanos, quote.stalenessLimitNanos())) {
                fresh.add(quote.seen().price());
            }
        }
        int least =
                switch (kind) {
                    case REDEMPTION, ORACLE -> 1;
                    case VENUE -> minimumVenues;
                    case OWN_BOOK -> Integer.MAX_VALUE;
                };
        return fresh.size() < least ? Optional.empty() : PriceAverages.median(fresh);
    }

    /** Whether higher − lower > limit × higher, exactly. */
    private boolean isApart(Price lower, Price higher) {
        return FixedPoint.compareProducts(
                        Math.subtractExact(higher.e8(), lower.e8()),
                        FixedPoint.ONE_PPM,
                        limit.ppm(),
                        higher.e8())
                > 0;
    }
}
