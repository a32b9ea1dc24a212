package io.delever.simulation.scenario;

import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.SourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold between the parts of a scenario. */
final class ScenarioCheck {
    private final Scenario scenario;
    private final JsonPlace root;

    private ScenarioCheck(Scenario scenario, JsonPlace root) {
        this.scenario = scenario;
        this.root = root;
    }

    static void check(Scenario scenario, JsonPlace root) {
        ScenarioCheck check = new ScenarioCheck(scenario, root);
        check.assets();
        check.instruments();
        check.population();
        switch (scenario.market()) {
            case MarketSpec.Recorded recorded -> {}
            case MarketSpec.Seeded seeded -> check.seeded(seeded);
        }
    }

    private void assets() {
        JsonPlace place = root.get("assets");
        if (!scenario.assets().getFirst().isUnitOfAccount()) {
            throw place.wrong("the first asset must be the unit of account, without pricedBy");
        }
        Set<AssetId> seen = new HashSet<>();
        for (Asset asset : scenario.assets()) {
            if (!seen.add(asset.id())) {
                throw place.wrong("asset " + asset.id().value() + " stands twice");
            }
            if (asset.isUnitOfAccount() && seen.size() > 1) {
                throw place.wrong("asset " + asset.id().value() + " has no pricedBy");
            }
            asset.pricedBy().ifPresent(id -> requireInstrument(place, id));
        }
    }

    private void instruments() {
        JsonPlace place = root.get("instruments");
        Set<InstrumentId> seen = new HashSet<>();
        Set<SourceId> sources = new HashSet<>();
        for (InstrumentSpec spec : scenario.instruments()) {
            String id = spec.id().value();
            if (!seen.add(spec.id())) {
                throw place.wrong("instrument " + id + " stands twice");
            }
            if (!spec.instrument().settlement().equals(scenario.unitOfAccount())) {
                throw place.wrong(
                        "instrument "
                                + id
                                + " settles in "
                                + spec.instrument().settlement().value()
                                + ", must be the unit of account");
            }
            for (IndexSource source : spec.index().sources()) {
                if (!sources.add(source.id())) {
                    throw place.wrong("source " + source.id() + " serves two instruments");
                }
            }
        }
    }

    private void population() {
        JsonPlace place = root.get("population");
        if (scenario.population().maxPositions() > scenario.instruments().size()) {
            throw place.get("maxPositions")
                    .wrong(
                            "value exceeds the number of instruments, "
                                    + scenario.instruments().size());
        }
        for (PopulationSpec.CollateralSpec collateral : scenario.population().collateral()) {
            if (scenario.asset(collateral.asset()).filter(a -> !a.isUnitOfAccount()).isEmpty()) {
                throw place.get("collateral")
                        .wrong(collateral.asset().value() + " is no asset with a price");
            }
        }
    }

    private void seeded(MarketSpec.Seeded seeded) {
        JsonPlace place = root.get("market");
        List<InstrumentId> paths =
                seeded.paths().stream().map(MarketSpec.Path::instrument).toList();
        for (InstrumentSpec spec : scenario.instruments()) {
            if (paths.stream().filter(spec.id()::equals).count() != 1) {
                throw place.get("paths")
                        .wrong("instrument " + spec.id().value() + " must have exactly one path");
            }
        }
        paths.forEach(id -> requireInstrument(place.get("paths"), id));
        Set<VenueId> known = new HashSet<>();
        seeded.venues().forEach(habit -> known.add(habit.venue()));
        for (VenueId venue : ScenarioReader.venues(scenario)) {
            if (!known.contains(venue)) {
                throw place.get("venues").wrong("venue " + venue.value() + " is missing");
            }
        }
    }

    private void requireInstrument(JsonPlace place, InstrumentId id) {
        if (scenario.instrument(id).isEmpty()) {
            throw place.wrong("no instrument " + id.value());
        }
    }
}
