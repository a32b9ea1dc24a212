package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.Standing;
import io.delever.engine.margin.StandingState;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts in an order, page by page.
 *
 * @param order the order
 * @param filter who is wanted
 * @param after the place after which the page begins; empty for the first page
 * @param size most accounts on the page
 */
public record AccountPage(Order order, Filter filter, Optional<Place> after, int size) {
    /** Orders that can be asked for. */
    public enum Order {
        /** Smallest equity ratio first, those without one last, ties by account id. */
        RISKIEST_FIRST,
        /** By account id. */
        BY_ID
    }

    /**
     * Who is wanted.
     *
     * @param states empty means all
     * @param standings empty means all
     * @param instrument only accounts with a position in it; empty means all accounts
     */
    public record Filter(
            Set<RiskState> states, Set<Standing> standings, Optional<InstrumentId> instrument) {
        /** Everybody. */
        public static final Filter ALL = new Filter(Set.of(), Set.of(), Optional.empty());

        /** Copies the sets. */
        public Filter {
            states = Set.copyOf(states);
            standings = Set.copyOf(standings);
        }

        private boolean wants(StandingState standing) {
            return standings.isEmpty() || standings.contains(standing.standing());
        }

        private Collection<AccountView> candidates(ShardState state) {
            if (instrument.isEmpty()) {
                return state.ledger().accounts();
            }
            InstrumentId id = instrument.get();
            if (!state.ledger().instruments().containsKey(id)) {
                throw new IllegalArgumentException("instrument " + id + " is not listed");
            }
            return state.ledger().positionHolders(id);
        }
    }

    /**
     * An account's place in the order.
     *
     * @param hasRatio false without maintenance margin, and while a price is not usable
     * @param adjustedEquityE8 numerator of the ratio
     * @param maintenanceMarginE8 its denominator, greater than 0 where there is a ratio
     */
    public record Place(
            boolean hasRatio, long adjustedEquityE8, long maintenanceMarginE8, AccountId account) {
        private static Place of(AccountId account, Optional<MarginFigures> figures) {
            return figures.filter(f -> f.maintenanceMargin().isPositive())
                    .map(
                            f ->
                                    new Place(
                                            true,
                                            f.adjustedEquity().e8(),
                                            f.maintenanceMargin().e8(),
                                            account))
                    .orElseGet(() -> byId(account));
        }

        private static Place byId(AccountId account) {
            return new Place(false, 0, 1, account);
        }

        private int compareRatio(Place other) {
            if (hasRatio != other.hasRatio) {
                return hasRatio ? -1 : 1;
            }
            return FixedPoint.compareProducts(
                    adjustedEquityE8,
                    other.maintenanceMarginE8,
                    other.adjustedEquityE8,
                    maintenanceMarginE8);
        }
    }

    private static final Comparator<Place> ORDER =
            ((Comparator<Place>) Place::compareRatio).thenComparing(Place::account);

    /** An account and its place. */
    public record Row(Place place, AccountReport report) {}

    /** Checks the size. */
    public AccountPage {
        if (size < 1) {
            throw new IllegalArgumentException("page size must be at least 1, is " + size);
        }
    }

    /** The page's accounts of one shard, and one more where there are more. */
    public List<Row> in(ShardState state) {
        List<Candidate> candidates = new ArrayList<>();
        MarketView market = state.market();
        for (AccountView account : filter.candidates(state)) {
            candidate(account, market, state)
                    .filter(c -> after.isEmpty() || ORDER.compare(c.place(), after.get()) > 0)
                    .ifPresent(candidates::add);
        }
        candidates.sort(Comparator.comparing(Candidate::place, ORDER));
        return candidates.stream()
                .limit(size + 1L)
                .map(c -> new Row(c.place(), AccountReports.brief(state, c.account())))
                .toList();
    }

    /** The page over all shards, and one more account where there are more. */
    public List<Row> merge(List<List<Row>> shards) {
        return shards.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Row::place, ORDER))
                .limit(size + 1L)
                .toList();
    }

    /** An account that is wanted. */
    private record Candidate(Place place, AccountView account) {}

    private Optional<Candidate> candidate(
            AccountView account, MarketView market, ShardState state) {
        if (!filter.wants(state.standingOf(account.id()))) {
            return Optional.empty();
        }
        if (order == Order.BY_ID && filter.states().isEmpty()) {
            return Optional.of(new Candidate(Place.byId(account.id()), account));
        }
        var margin = MarginCalculator.evaluate(account, market, state.ledger().parameters());
        if (!filter.states().isEmpty() && !filter.states().contains(margin.state())) {
            return Optional.empty();
        }
        return Optional.of(
                new Candidate(
                        order == Order.BY_ID
                                ? Place.byId(account.id())
                                : Place.of(account.id(), margin.figures()),
                        account));
    }
}
