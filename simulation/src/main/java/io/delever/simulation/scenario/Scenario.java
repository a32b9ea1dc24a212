package io.delever.simulation.scenario;

import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import java.util.List;
import java.util.Optional;

/**
 * One simulated day: what is listed, who trades, how the venue behaves and where prices come from.
 * The same file drives {@code demo} and {@code simulate}. Read by {@link ScenarioReader}, which
 * checks everything.
 *
 * @param name the scenario's name
 * @param description one or two sentences for reports
 * @param seed start of every random sequence of the run
 * @param fromNanos first instant, nanoseconds since the Unix epoch
 * @param toNanos instant before which the last tick lies
 * @param assets collateral assets, the unit of account first
 * @param instruments everything that is traded
 * @param population the accounts that trade
 * @param makers the accounts that hold the other side
 * @param liquidation how forced closing works
 * @param fund the insurance fund's seed
 * @param venue the paper venue
 * @param market the source of prices
 */
public record Scenario(
        String name,
        String description,
        long seed,
        long fromNanos,
        long toNanos,
        List<Asset> assets,
        List<InstrumentSpec> instruments,
        PopulationSpec population,
        MakerSpec makers,
        LiquidationSpec liquidation,
        FundSpec fund,
        VenueSpec venue,
        MarketSpec market) {
    /** Copies the lists. */
    public Scenario {
        assets = List.copyOf(assets);
        instruments = List.copyOf(instruments);
    }

    /** The asset that is worth 1 and in which everything settles. */
    public AssetId unitOfAccount() {
        return assets.getFirst().id();
    }

    /** The instrument of that id. */
    public Optional<InstrumentSpec> instrument(InstrumentId id) {
        return instruments.stream().filter(spec -> spec.id().equals(id)).findFirst();
    }

    /** The asset of that id. */
    public Optional<Asset> asset(AssetId id) {
        return assets.stream().filter(asset -> asset.id().equals(id)).findFirst();
    }

    /** The same scenario with another seed. */
    public Scenario withSeed(long other) {
        return new Scenario(
                name,
                description,
                other,
                fromNanos,
                toNanos,
                assets,
                instruments,
                population,
                makers,
                liquidation,
                fund,
                venue,
                market);
    }

    /** The same scenario with another number of accounts. */
    public Scenario withAccounts(int accounts) {
        return new Scenario(
                name,
                description,
                seed,
                fromNanos,
                toNanos,
                assets,
                instruments,
                population.withAccounts(accounts),
                makers,
                liquidation,
                fund,
                venue,
                market);
    }

    /** The same scenario between two other instants. */
    public Scenario between(long from, long to) {
        return new Scenario(
                name,
                description,
                seed,
                from,
                to,
                assets,
                instruments,
                population,
                makers,
                liquidation,
                fund,
                venue,
                market);
    }
}
