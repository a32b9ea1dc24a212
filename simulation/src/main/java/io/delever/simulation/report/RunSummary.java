package io.delever.simulation.report;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run ends with. Amounts are in the unit of account; shares in ppm.
 *
 * @param header which run
 * @param ticks what came in
 * @param accounts who took part
 * @param cases what liquidation did
 * @param fund the insurance fund
 * @param adl auto-deleveraging
 * @param instruments one for each instrument, by id
 * @param checks conservation, one line for each thing that was checked
 */
public record RunSummary(
        Header header,
        Ticks ticks,
        Accounts accounts,
        Cases cases,
        Fund fund,
        Adl adl,
        List<InstrumentMove> instruments,
        List<Check> checks) {
    /** Copies the lists. */
    public RunSummary {
        instruments = List.copyOf(instruments);
        checks = List.copyOf(checks);
    }

    /** Whether every check holds. */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /**
     * Which run.
     *
     * @param scenario name of the scenario
     * @param seed its seed
     * @param from first instant, RFC 3339
     * @param to end, RFC 3339
     * @param restarts how often a service had to be started again
     */
    public record Header(String scenario, long seed, String from, String to, int restarts) {}

    /**
     * Ticks.
     *
     * @param in sent
     * @param accepted taken by pricing
     * @param rejected not taken, by reason
     * @param badRows rows of the recorded file that were left out
     */
    public record Ticks(long in, long accepted, SortedMap<String, Long> rejected, long badRows) {
        /** Copies the map. */
        public Ticks {
            rejected = new TreeMap<>(rejected);
        }
    }

    /**
     * Accounts.
     *
     * @param traders accounts of the population
     * @param makers market makers
     * @param liquidated accounts with at least one case
     */
    public record Accounts(int traders, int makers, long liquidated) {}

    /**
     * Liquidation cases.
     *
     * @param opened number of cases
     * @param outcomes closed cases by outcome, open ones by state
     * @param closedNotional closed at the venue
     * @param fees paid to the insurance fund
     */
    public record Cases(
            long opened, SortedMap<String, Long> outcomes, Money closedNotional, Money fees) {
        /** Copies the map. */
        public Cases {
            outcomes = new TreeMap<>(outcomes);
        }
    }

    /**
     * The insurance fund in the unit of account.
     *
     * @param contributions capital
     * @param fees received
     * @param paid paid to accounts
     * @param balance what is left
     */
    public record Fund(Money contributions, Money fees, Money paid, Money balance) {}

    /**
     * Auto-deleveraging.
     *
     * @param notional closed against winners
     * @param accounts winners that were asked
     */
    public record Adl(Money notional, long accounts) {}

    /**
     * One instrument.
     *
     * @param id its id
     * @param opening first index price
     * @param lowest lowest index price
     * @param fallPpm fall of the index from its opening
     * @param venueLowest lowest price at the paper venue
     * @param amplificationPpm what the venue fell beyond the index, of the opening price
     * @param displacementPpm greatest distance of a fill from the index of its moment
     */
    public record InstrumentMove(
            String id,
            Price opening,
            Price lowest,
            long fallPpm,
            Price venueLowest,
            long amplificationPpm,
            long displacementPpm) {}

    /**
     * Something that must hold.
     *
     * @param name what
     * @param holds whether it does
     * @param detail the numbers
     */
    public record Check(String name, boolean holds, String detail) {}
}
