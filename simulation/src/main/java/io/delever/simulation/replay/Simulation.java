package io.delever.simulation.replay;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.liquidation.AdlLeg;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseStep;
import io.delever.engine.liquidation.FundBalance;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.Reply;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickOutcome;
import io.delever.engine.sentiment.Score;
import io.delever.simulation.market.MarketSources;
import io.delever.simulation.market.SourceKey;
import io.delever.simulation.market.TapeReport;
import io.delever.simulation.market.TickSeries;
import io.delever.simulation.population.OpeningCommands;
import io.delever.simulation.population.Population;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.venue.PaperVenue;
import io.delever.simulation.venue.PriceMove;
import io.delever.simulation.venue.VenueFill;
import io.delever.simulation.venue.VenueOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * One run of the whole chain in one process, on the market's own time: pricing, margin,
 * liquidation, insurance fund, auto-deleveraging, sentiment and the paper venue. No clock is read
 * and nothing is random beyond the scenario's seed, so the same scenario and market give the same
 * events, byte for byte.
 */
public final class Simulation {
    private final Scenario scenario;
    private final MarketSources sources;
    private final EventLog log;
    private final Population population;
    private final PriceEngine pricing;
    private final Accounts accounts;
    private final PaperVenue venue;
    private final CaseHost cases;
    private final Measures measures;
    private final Mood mood;
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private final List<Distribution> distributions = new ArrayList<>();
    private long accepted;
    private long bestScore = Score.GREATEST_MICROS + 1;

    /**
     * Equity ratios of the traders at one moment.
     *
     * @param label when
     * @param counts accounts by equity ratio: below 1, to 1.25, to 1.5, to 2, to 3, to 5, to 10,
     *     above, no position
     */
    record Distribution(String label, List<Long> counts) {
        Distribution {
            counts = List.copyOf(counts);
        }
    }

    /**
     * A run that has not begun.
     *
     * @param scenario what is simulated
     * @param sources its market
     * @param log takes every event
     */
    public Simulation(Scenario scenario, MarketSources sources, EventLog log) {
        this(scenario, sources, log, UnaryOperator.identity());
    }

    /** The same run with every account under another name. */
    Simulation(
            Scenario scenario,
            MarketSources sources,
            EventLog log,
            UnaryOperator<AccountId> names) {
        this.scenario = scenario;
        this.sources = sources;
        this.log = log;
        this.population = Population.draw(scenario, sources.openingPrices(scenario)).renamed(names);
        this.pricing =
                new PriceEngine(
                        new PricingLimits(
                                new Price(PricingLimits.MAXIMUM_GREATEST_PRICE_E8), 0, 100));
        this.accounts = new Accounts(scenario.liquidation().parameters().margin());
        this.venue = new PaperVenue(scenario, sources.depth(), population.makers(), "fill-");
        this.measures = new Measures(scenario.fromNanos());
        this.mood = new Mood(scenario.fromNanos());
        this.cases = new CaseHost(scenario, accounts, venue, new Listener());
    }

    /**
     * Runs to the end of the scenario.
     *
     * @param progress takes the market time now and then
     * @return the summary; every conservation check in it was made
     * @throws IllegalStateException where money or size is not conserved, at the event that broke
     *     it
     */
    public RunSummary run(LongConsumer progress) {
        open();
        TickSeries ticks = sources.ticks();
        int next = 0;
        while (next < ticks.size()) {
            long now = ticks.timeNanos(next);
            while (measures.isMinuteOver(now)) {
                endMinute(progress);
            }
            while (next < ticks.size() && ticks.timeNanos(next) == now) {
                tick(next++, now);
            }
            moment(now);
        }
        endMinute(progress);
        accounts.requireConserved("at the end");
        distribution("at the end");
        return summary();
    }

    private void open() {
        long start = scenario.fromNanos();
        scenario.instruments().forEach(spec -> pricing.apply(spec.index()));
        List<Command> commands = new ArrayList<>();
        commands.addAll(OpeningCommands.listings(scenario, "", start));
        commands.addAll(OpeningCommands.deposits(population, "", start));
        commands.addAll(OpeningCommands.fills(scenario, population, "", start));
        for (Command command : commands) {
            if (accounts.take(command) instanceof Reply.Rejected refused) {
                throw new IllegalStateException(
                        "opening command " + command.commandId() + " was refused: " + refused);
            }
        }
        cases.contribute("seed", scenario.unitOfAccount(), scenario.fund().contribution(), start);
        accounts.requireConserved("after the opening");
        accounts.startWatching();
        log.write(
                start,
                "opened",
                "scenario",
                scenario.name(),
                "seed",
                scenario.seed(),
                "accounts",
                scenario.population().accounts(),
                "trades",
                population.trades().size(),
                "commands",
                commands.size());
    }

    private void tick(int place, long now) {
        SourceKey source = sources.ticks().sources().get(sources.ticks().source(place));
        Tick tick =
                new Tick(
                        source.venue(),
                        source.market(),
                        sources.ticks().priceE8(place),
                        sources.ticks().sizeE8(place),
                        now);
        switch (pricing.onTick(tick, now)) {
            case TickOutcome.Accepted taken -> accepted++;
            case TickOutcome.Rejected refused -> {
                rejected.merge(refused.reason().name(), 1L, Long::sum);
                log.write(
                        now,
                        "tick rejected",
                        "source",
                        source,
                        "reason",
                        refused.reason(),
                        "detail",
                        refused.detail());
            }
        }
    }

    private void moment(long now) {
        List<IndexPrice> changed = pricing.advance(now);
        for (IndexPrice price : changed) {
            boolean wasUsable = accounts.priceOf(price.instrument()).isUsable();
            price.state()
                    .usableIndex()
                    .ifPresent(index -> venue.reference(price.instrument(), index));
            if (wasUsable != price.state().isUsable()) {
                log.write(
                        now,
                        price.state().isUsable() ? "price usable" : "price not usable",
                        "instrument",
                        price.instrument().value(),
                        "sourcesUsed",
                        price.sourcesUsed(),
                        "exclusions",
                        price.exclusions());
            }
        }
        measures.priced(changed);
        mood.priced(changed, now);
        long before = accounts.conservationChecks();
        accounts.prices(changed, now);
        cases.run(now);
        if (accounts.conservationChecks() != before) {
            accounts.requireConserved("at " + EventLog.time(now));
        }
        if (distributions.isEmpty() && allPriced()) {
            distribution("at the start");
        }
    }

    private boolean allPriced() {
        return scenario.instruments().stream()
                .allMatch(spec -> accounts.priceOf(spec.id()).isUsable());
    }

    private void endMinute(LongConsumer progress) {
        long end =
                Math.min(
                        scenario.toNanos(),
                        scenario.fromNanos() + (measures.minutes().size() + 1L) * 60_000_000_000L);
        mood.counted(accounts.all(), accounts.atRisk(), end);
        Score score = mood.score(end);
        FundBalance fund = cases.fund().balance(scenario.unitOfAccount());
        measures.endMinute(fund.balance(), score.micros());
        log.write(
                end,
                "minute",
                "fund",
                fund.balance(),
                "sentimentMicros",
                score.micros(),
                "level",
                score.level(),
                "openCases",
                cases.cases().stream().filter(one -> !one.isClosed()).count());
        if (score.micros() < bestScore && !distributions.isEmpty()) {
            bestScore = score.micros();
            distributions.removeIf(one -> one.label().startsWith("worst"));
            distribution("worst sentiment, " + EventLog.time(end).substring(11, 16));
        }
        progress.accept(end);
    }

    private void distribution(String label) {
        long[] counts = new long[9];
        for (AccountView account : accounts.all()) {
            if (!population.makers().contains(account.id())) {
                counts[bucket(accounts.margin(account).figures())]++;
            }
        }
        distributions.add(new Distribution(label, Arrays.stream(counts).boxed().toList()));
    }

    private static int bucket(Optional<MarginFigures> figures) {
        long[] borders = {
            1_000_000, 1_250_000, 1_500_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000
        };
        if (figures.isEmpty() || figures.get().maintenanceMargin().isZero()) {
            return borders.length + 1;
        }
        for (int i = 0; i < borders.length; i++) {
            boolean below =
                    FixedPoint.compareProducts(
                                    figures.get().adjustedEquity().e8(),
                                    FixedPoint.ONE_PPM,
                                    figures.get().maintenanceMargin().e8(),
                                    borders[i])
                            < 0;
            if (below) {
                return i;
            }
        }
        return borders.length;
    }

    /** What the report draws. */
    Measures measures() {
        return measures;
    }

    List<Distribution> distributions() {
        return List.copyOf(distributions);
    }

    Scenario scenario() {
        return scenario;
    }

    private RunSummary summary() {
        Money closed = Money.ZERO;
        Money fees = Money.ZERO;
        Money paid = Money.ZERO;
        Money adl = Money.ZERO;
        SortedMap<String, Long> outcomes = new TreeMap<>();
        NavigableSet<AccountId> winners = new TreeSet<>();
        for (LiquidationCase one : cases.cases()) {
            closed = closed.plus(one.totals().closedNotional());
            fees = fees.plus(one.totals().fee());
            paid = paid.plus(one.totals().fundPaid());
            adl = adl.plus(one.totals().adlNotional());
            outcomes.merge(
                    one.outcome().map(Enum::name).orElse("STILL_" + one.state()), 1L, Long::sum);
            winners(one, winners);
        }
        FundBalance fund = cases.fund().balance(scenario.unitOfAccount());
        return new RunSummary(
                new RunSummary.Header(
                        scenario.name(),
                        scenario.seed(),
                        EventLog.time(scenario.fromNanos()),
                        EventLog.time(scenario.toNanos()),
                        0),
                new RunSummary.Ticks(
                        sources.ticks().size(),
                        accepted,
                        rejected,
                        sources.tape().map(TapeReport::bad).orElse(0L)),
                new RunSummary.Accounts(
                        scenario.population().accounts(),
                        population.makers().size(),
                        measures.liquidatedAccounts()),
                new RunSummary.Cases(cases.cases().size(), outcomes, closed, fees),
                new RunSummary.Fund(fund.contributions(), fund.fees(), fund.paid(), fund.balance()),
                new RunSummary.Adl(adl, winners.size()),
                moves(),
                checks(fund));
    }

    private static void winners(LiquidationCase one, NavigableSet<AccountId> winners) {
        for (CaseStep step : one.steps()) {
            if (step instanceof CaseStep.Adl adl) {
                adl.legs().stream()
                        .filter(leg -> leg.stage() == AdlLeg.Stage.BOOKED)
                        .forEach(leg -> winners.add(leg.allocation().counterparty()));
            }
        }
    }

    private List<RunSummary.InstrumentMove> moves() {
        List<RunSummary.InstrumentMove> moves = new ArrayList<>();
        SortedMap<io.delever.engine.market.InstrumentId, PriceMove> atVenue = venue.moves();
        for (InstrumentSpec spec : scenario.instruments()) {
            PriceMove move = atVenue.get(spec.id());
            if (move != null) {
                moves.add(
                        new RunSummary.InstrumentMove(
                                spec.id().value(),
                                move.opening(),
                                move.lowestReference(),
                                move.referenceFallPpm(),
                                move.lowestTraded(),
                                move.amplificationPpm(),
                                move.greatestDisplacementPpm()));
            }
        }
        return moves;
    }

    private List<RunSummary.Check> checks(FundBalance fund) {
        Conservation totals = accounts.conservation();
        List<RunSummary.Check> checks = new ArrayList<>();
        checks.add(
                new RunSummary.Check(
                        "money and size after every command",
                        totals.isConserved(),
                        "checked " + accounts.conservationChecks() + " times, all residues 0"));
        for (Conservation.OfAsset one : totals.assets()) {
            checks.add(
                    new RunSummary.Check(
                            "money " + one.asset().value(),
                            one.residue().isZero() && one.clearing().isZero(),
                            "accounts %s + clearing %s + venue fees %s + insurance %s - net deposits %s = %s"
                                    .formatted(
                                            one.accounts(),
                                            one.clearing(),
                                            one.venueFees(),
                                            one.insurance(),
                                            one.netDeposits(),
                                            one.residue())));
        }
        Money insurance =
                totals.assets().stream()
                        .filter(one -> one.asset().equals(scenario.unitOfAccount()))
                        .map(Conservation.OfAsset::insurance)
                        .findFirst()
                        .orElse(Money.ZERO);
        Money expected = fund.contributions().plus(insurance);
        checks.add(
                new RunSummary.Check(
                        "insurance fund",
                        fund.balance().equals(expected) && cases.fund().verify().isEmpty(),
                        "balance %s = contributions %s + insurance sum of the accounts %s"
                                .formatted(fund.balance(), fund.contributions(), insurance)));
        return checks;
    }

    private final class Listener implements CaseHost.CaseListener {
        @Override
        public void happened(LiquidationCase after, List<CaseEvent> events) {
            measures.happened(after, events);
            mood.happened(after, events);
            for (CaseEvent event : events) {
                CaseLines.write(log, after, event);
            }
        }

        @Override
        public void ordered(VenueOrder order) {
            for (VenueFill fill : order.fills()) {
                measures.filled(fill);
                log.write(
                        fill.eventTimeNanos(),
                        "filled",
                        "fill",
                        fill.fillId(),
                        "order",
                        fill.clientOrderId(),
                        "instrument",
                        fill.instrument().value(),
                        "size",
                        fill.size(),
                        "price",
                        fill.price(),
                        "notional",
                        fill.price().times(fill.size().abs(), Rounding.HALF_EVEN),
                        "maker",
                        fill.maker().value());
            }
        }
    }
}
