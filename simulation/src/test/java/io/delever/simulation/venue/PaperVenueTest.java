package io.delever.simulation.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.simulation.SmallScenario;
import io.delever.simulation.market.DepthProfile;
import io.delever.simulation.scenario.Scenario;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

class PaperVenueTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final List<AccountId> MAKERS =
            List.of(new AccountId("maker-1"), new AccountId("maker-2"));
    private static final long SECOND = 1_000_000_000L;

    private final Scenario scenario = SmallScenario.withRoundBook();
    private final DepthProfile depth =
            new DepthProfile(
                    List.of(
                            new DepthProfile.Step(
                                    0,
                                    List.of(200_000L, 400_000L, 600_000L, 800_000L, 1_000_000L))));
    private final PaperVenue venue = fresh();

    private PaperVenue fresh() {
        PaperVenue one = new PaperVenue(scenario, depth, MAKERS, "f-");
        one.reference(BTC, Price.parse("100000"));
        return one;
    }

    @Test
    @Covers({"SIMU-050", "SIMU-051", "SIMU-055"})
    void anOrderWalksTheLevelsBestFirstAndNeverBeyondItsLimit() {
        // 1,000,000 of depth in 50 levels of 0.1 %: 20,000 at each.
        VenueOrder order = venue.submit(sell("one", "1", "99650"), at(0));
        assertThat(order.status()).isEqualTo(VenueOrder.Status.EXPIRED);
        assertThat(order.fills())
                .extracting(fill -> fill.price() + " " + fill.size())
                .containsExactly("99900 -0.2002", "99800 -0.2004", "99700 -0.2006");
        assertThat(order.fills())
                .extracting(VenueFill::fillId)
                .containsExactly("f-1", "f-2", "f-3");
        assertThat(order.fills())
                .extracting(fill -> fill.maker().value())
                .containsExactly("maker-2", "maker-1", "maker-2");
        VenueOrder whole = venue.submit(sell("two", "0.05", "90000"), at(0));
        assertThat(whole.status()).isEqualTo(VenueOrder.Status.FILLED);
        assertThat(whole.fills().getFirst().price()).isEqualTo(Price.parse("99600"));
        VenueOrder none = venue.submit(sell("three", "0.05", "99999.9"), at(0));
        assertThat(none.status()).isEqualTo(VenueOrder.Status.EXPIRED);
        assertThat(none.fills()).isEmpty();
        VenueOrder buy = venue.submit(order("four", "0.3", "100150"), at(0));
        assertThat(buy.fills())
                .extracting(fill -> fill.price() + " " + fill.size())
                .containsExactly("100100 0.1998");
    }

    @Test
    @Covers("SIMU-052")
    void aRepeatedIdGetsTheFirstOutcomeAndChangesNothing() {
        VenueOrder first = venue.submit(sell("one", "0.3", "99000"), at(0));
        VenueOrder again = venue.submit(order("one", "5", "200000"), at(9));
        assertThat(again).isSameAs(first);
        assertThat(venue.fillsAfter(0)).isEqualTo(first.fills());
        assertThat(venue.order("one")).contains(first);
        assertThat(venue.order("two")).isEmpty();
    }

    @ParameterizedTest
    @Covers("SIMU-053")
    @CsvSource({
        "id, acc, ETH-PERP, 1, 99000, instrument ETH-PERP is not listed",
        "id, acc, BTC-PERP, 0, 99000, size 0 is not a multiple of the lot 0.0001",
        "id, acc, BTC-PERP, 0.00001, 99000, size 0.00001 is not a multiple",
        "id, acc, BTC-PERP, 1, 0, limit 0 is not a multiple of the tick 0.1",
        "id, acc, BTC-PERP, 1, -5, limit -5 is not a multiple",
        "id, acc, BTC-PERP, 1, 99000.05, limit 99000.05 is not a multiple",
        "id, acc, WIF-PERP, 1, 1, instrument WIF-PERP has no price yet",
        "'', acc, BTC-PERP, 1, 99000, client order id must have 1 to 128 characters",
        "id, '', BTC-PERP, 1, 99000, account id is missing",
    })
    void whatCannotBeTakenIsRejectedWithTheReason(ArgumentsAccessor row) {
        VenueOrder order =
                venue.submit(
                        new OrderRequest(
                                row.getString(0),
                                row.getString(1),
                                row.getString(2),
                                Quantity.parse(row.getString(3)).e8(),
                                Money.parse(row.getString(4)).e8()),
                        at(0));
        assertThat(order.status()).isEqualTo(VenueOrder.Status.REJECTED);
        assertThat(order.rejectReason()).contains(row.getString(5));
        assertThat(order.fills()).isEmpty();
    }

    @Test
    @Covers({"SIMU-054", "SIMU-056"})
    void sellingMovesTheBestPriceAndTimeBringsItBack() {
        assertThat(bestBid(0)).isEqualTo(Price.parse("99900"));
        venue.submit(sell("one", "4", "96000"), at(0));
        Price moved = bestBid(0);
        assertThat(moved).isLessThan(Price.parse("98100"));
        assertThat(bestBid(10)).isBetween(moved, Price.parse("99900"));
        assertThat(bestBid(10)).isGreaterThan(moved);
        assertThat(bestBid(30)).isEqualTo(Price.parse("99900"));
        PriceMove move = venue.moves().values().iterator().next();
        assertThat(move.lowestReference()).isEqualTo(Price.parse("100000"));
        assertThat(move.referenceFallPpm()).isZero();
        assertThat(move.amplificationPpm()).isBetween(19_000L, 22_000L);
        assertThat(move.greatestDisplacementPpm()).isEqualTo(move.amplificationPpm());
        venue.reference(BTC, Price.parse("90000"));
        assertThat(venue.moves().values().iterator().next().amplificationPpm()).isZero();
    }

    @Test
    @Covers("SIMU-055")
    void aMakerIsNeverItsOwnCounterparty() {
        VenueOrder order =
                venue.submit(
                        new OrderRequest(
                                "one",
                                "maker-1",
                                "BTC-PERP",
                                Quantity.parse("-2").e8(),
                                Price.parse("95000").e8()),
                        at(0));
        assertThat(order.fills()).hasSizeGreaterThan(5);
        assertThat(order.fills()).allMatch(fill -> fill.maker().value().equals("maker-2"));
    }

    @SeededTest
    @Covers({"SIMU-050", "SIMU-051"})
    void overRandomOrdersEveryPromiseHoldsAndTheSameCallsGiveTheSameFills(long seed) {
        assertThat(randomOrders(fresh(), seed)).isEqualTo(randomOrders(fresh(), seed));
    }

    private List<VenueFill> randomOrders(PaperVenue one, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> ids = new HashSet<>();
        List<VenueFill> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long now = i * SECOND / 4;
            one.reference(BTC, new Price(Price.parse("1000").e8() * (80 + random.nextInt(40))));
            long lots = random.nextLong(1, 80_000);
            long size = (random.nextBoolean() ? -lots : lots) * 10_000;
            long limit = Price.parse("100").e8() * random.nextLong(600, 1_400);
            VenueOrder order =
                    one.submit(
                            new OrderRequest("o" + i, "acc", "BTC-PERP", size, limit),
                            new VenueTime(now, now));
            long filled = 0;
            Price last = size < 0 ? new Price(Long.MAX_VALUE) : new Price(1);
            for (VenueFill fill : order.fills()) {
                assertThat(ids.add(fill.fillId())).isTrue();
                assertThat(fill.size().signum()).isEqualTo(Long.signum(size));
                assertThat(Long.signum(fill.price().e8() - limit) * Long.signum(size))
                        .isLessThanOrEqualTo(0);
                assertThat(fill.price().compareTo(last) * Long.signum(size))
                        .isGreaterThanOrEqualTo(0);
                last = fill.price();
                filled += fill.size().abs().e8();
            }
            assertThat(filled).isLessThanOrEqualTo(Math.abs(size));
            assertThat(order.status() == VenueOrder.Status.FILLED)
                    .isEqualTo(filled == Math.abs(size));
            all.addAll(order.fills());
        }
        assertThat(all).hasSizeGreaterThan(100);
        assertThat(one.fillsAfter(0)).isEqualTo(all);
        assertThat(notional(all).isPositive()).isTrue();
        return all;
    }

    private static Money notional(List<VenueFill> fills) {
        return fills.stream()
                .map(fill -> fill.price().times(fill.size().abs(), Rounding.FLOOR))
                .reduce(Money.ZERO, Money::plus);
    }

    private Price bestBid(int seconds) {
        return venue.depth(BTC, at(seconds)).orElseThrow().bids().getFirst().price();
    }

    private static OrderRequest sell(String id, String size, String limit) {
        return order(id, "-" + size, limit);
    }

    private static OrderRequest order(String id, String size, String limit) {
        return new OrderRequest(
                id, "acc", "BTC-PERP", Quantity.parse(size).e8(), Price.parse(limit).e8());
    }

    private static VenueTime at(int seconds) {
        return new VenueTime(seconds * SECOND, seconds * SECOND);
    }
}
