package io.delever.simulation.prices;

import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.CollateralRule;
import io.delever.engine.pricing.CollateralRule.CollateralPrice;
import io.delever.engine.pricing.CollateralRule.Kind;
import io.delever.engine.pricing.CollateralRule.Quote;
import io.delever.engine.pricing.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * USDe as collateral, minute by minute of October 10 2025: one venue that had it down to 0.65, a
 * pool as the oracle, and redemption at 1. That redemption stayed open at 1 all day is taken from
 * the issuer's account of it, not from the recording.
 */
final class CollateralRun {
    static final CollateralRule RULE = new CollateralRule(2, Rate.parse("0.02"));
    static final Price LEAST = Price.parse("0.99");
    private static final Price REDEMPTION = Price.parse("1");
    private static final long MINUTE = 60_000_000_000L;

    private final List<Minute> minutes;

    /**
     * One minute.
     *
     * @param timeNanos its beginning
     * @param venue the venue's lowest price in it
     * @param pool the pool's price at its beginning
     * @param ownBook what the rule says where the venue is the one that lends
     * @param outside what it says where the venue is one outside venue
     */
    record Minute(
            long timeNanos,
            Price venue,
            Price pool,
            Optional<Price> ownBook,
            Optional<Price> outside) {}

    private CollateralRun(List<Minute> minutes) {
        this.minutes = List.copyOf(minutes);
    }

    /** Prices each minute in which the pool is known. */
    static CollateralRun play(List<DepegTape.Quotes> quotes) {
        List<Minute> minutes = new ArrayList<>();
        for (DepegTape.Quotes each : quotes) {
            minutes.add(
                    new Minute(
                            each.timeNanos(),
                            each.venueLow(),
                            each.pool(),
                            price(each, Kind.OWN_BOOK).price(),
                            price(each, Kind.VENUE).price()));
        }
        return new CollateralRun(minutes);
    }

    private static CollateralPrice price(DepegTape.Quotes each, Kind venue) {
        long now = each.timeNanos();
        return RULE.price(
                List.of(
                        quote(venue, each.venueLow(), now),
                        quote(Kind.ORACLE, each.pool(), now),
                        quote(Kind.REDEMPTION, REDEMPTION, now)),
                now);
    }

    private static Quote quote(Kind kind, Price price, long now) {
        return new Quote(kind, new Observation(price, now), MINUTE);
    }

    List<Minute> minutes() {
        return minutes;
    }

    /** The venue's lowest price of all. */
    Optional<Price> lowestVenue() {
        return minutes.stream().map(Minute::venue).min(Comparator.naturalOrder());
    }

    /** The lowest collateral price of both readings of the venue. */
    Optional<Price> lowestCollateral() {
        return minutes.stream()
                .flatMap(each -> List.of(each.ownBook(), each.outside()).stream())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** Whether there always was a price, never below {@link #LEAST}, while the venue fell. */
    boolean holds() {
        return lowestVenue().filter(low -> low.compareTo(Price.parse("0.7")) < 0).isPresent()
                && minutes.stream()
                        .allMatch(each -> isGood(each.ownBook()) && isGood(each.outside()));
    }

    private static boolean isGood(Optional<Price> price) {
        return price.filter(known -> known.compareTo(LEAST) >= 0).isPresent();
    }
}
