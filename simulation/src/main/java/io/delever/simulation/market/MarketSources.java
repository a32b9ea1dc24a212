package io.delever.simulation.market;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.IndexSource;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.MarketSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.ScenarioException;
import io.delever.simulation.scenario.VenueSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a scenario takes from its market source.
 *
 * @param ticks the ticks in order of time
 * @param depth the paper venue's depth over time
 * @param tape what reading the recorded file found; empty for a seeded market
 */
public record MarketSources(TickSeries ticks, DepthProfile depth, Optional<TapeReport> tape) {
    /**
     * Reads or generates what the scenario names.
     *
     * @param scenario the scenario
     * @param tape the folder with recorded data, where one was given
     * @throws ScenarioException where recorded data is needed and none was given, or it does not
     *     fit the scenario
     */
    public static MarketSources open(Scenario scenario, Optional<java.nio.file.Path> tape) {
        return switch (scenario.market()) {
            case MarketSpec.Seeded seeded ->
                    checked(
                            scenario,
                            new MarketSources(
                                    SeededMarket.ticks(scenario, seeded),
                                    depth(scenario, tape),
                                    Optional.empty()));
            case MarketSpec.Recorded recorded -> {
                TapeReader reader =
                        new TapeReader(
                                TapeFolder.find(folder(scenario, tape)).bars(),
                                keys(scenario),
                                scenario.fromNanos(),
                                scenario.toNanos());
                TickSeries ticks = reader.read();
                yield checked(
                        scenario,
                        new MarketSources(
                                ticks, depth(scenario, tape), Optional.of(reader.report())));
            }
        };
    }

    /** The venue markets of a scenario, in the order of its instruments and their sources. */
    public static List<SourceKey> keys(Scenario scenario) {
        List<SourceKey> keys = new ArrayList<>();
        for (InstrumentSpec spec : scenario.instruments()) {
            for (IndexSource source : spec.index().sources()) {
                keys.add(new SourceKey(source.id().venue().value(), source.id().market()));
            }
        }
        return List.copyOf(keys);
    }

    /**
     * Opening price of each instrument: the lower median of the first prices of its sources.
     *
     * @param scenario the scenario that these ticks were read for
     */
    public SortedMap<InstrumentId, Price> openingPrices(Scenario scenario) {
        SortedMap<InstrumentId, Price> opening = new TreeMap<>();
        int place = 0;
        for (InstrumentSpec spec : scenario.instruments()) {
            List<Long> first = new ArrayList<>();
            for (int i = 0; i < spec.index().sources().size(); i++) {
                ticks.firstPriceE8(place++).ifPresent(first::add);
            }
            first.sort(null);
            opening.put(spec.id(), new Price(first.get((first.size() - 1) / 2)));
        }
        return opening;
    }

    private static MarketSources checked(Scenario scenario, MarketSources sources) {
        List<SourceKey> keys = sources.ticks.sources();
        for (int i = 0; i < keys.size(); i++) {
            if (sources.ticks.firstPriceE8(i).isEmpty()) {
                throw new ScenarioException(
                        "scenario "
                                + scenario.name()
                                + ": source "
                                + keys.get(i)
                                + " has no tick between from and to");
            }
        }
        return sources;
    }

    private static DepthProfile depth(Scenario scenario, Optional<java.nio.file.Path> tape) {
        return switch (scenario.venue().depth()) {
            case VenueSpec.StatedDepth stated -> DepthProfile.of(stated, scenario.fromNanos());
            case VenueSpec.RecordedDepth recorded ->
                    DepthReader.read(
                            TapeFolder.find(folder(scenario, tape)).depth(), scenario.fromNanos());
        };
    }

    private static java.nio.file.Path folder(Scenario scenario, Optional<java.nio.file.Path> tape) {
        return tape.orElseThrow(
                () ->
                        new ScenarioException(
                                "scenario "
                                        + scenario.name()
                                        + " replays recorded data: name its folder with --tape"
                                        + " DIR"));
    }
}
