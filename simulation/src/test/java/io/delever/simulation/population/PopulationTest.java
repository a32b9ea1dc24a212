package io.delever.simulation.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.Command;
import io.delever.engine.market.Asset;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.simulation.SmallScenario;
import io.delever.simulation.market.MarketSources;
import io.delever.simulation.scenario.PopulationSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.testing.Covers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private final Scenario scenario = SmallScenario.scenario().withAccounts(4_000);
    private final SortedMap<InstrumentId, Price> opening =
            MarketSources.open(scenario, Optional.empty()).openingPrices(scenario);
    private final Population population = Population.draw(scenario, opening);

    @Test
    @Covers("SIMU-020")
    void sizesAddUpToZeroAndAreWholeLots() {
        Map<InstrumentId, Long> sum = new HashMap<>();
        Set<String> ids = new HashSet<>();
        List<Command> fills = OpeningCommands.fills(scenario, population, "", 1);
        for (Command command : fills) {
            var fill = (io.delever.engine.margin.AccountCommand.Fill) command.action();
            sum.merge(fill.instrument(), fill.size().e8(), Long::sum);
            Instrument instrument =
                    scenario.instrument(fill.instrument()).orElseThrow().instrument();
            assertThat(fill.size().isMultipleOf(instrument.lotSize())).isTrue();
            assertThat(fill.price().e8() % instrument.tickSize().e8()).isZero();
            assertThat(ids.add(command.commandId())).isTrue();
        }
        assertThat(sum).hasSize(3).allSatisfy((id, size) -> assertThat(size).isZero());
        assertThat(fills).hasSize(population.trades().size() * 2);
    }

    @Test
    @Covers("SIMU-021")
    void theSeedDecidesEverything() {
        assertThat(Population.draw(scenario, opening)).isEqualTo(population);
        assertThat(Population.draw(scenario.withSeed(99), opening)).isNotEqualTo(population);
    }

    @Test
    @Covers("SIMU-022")
    void equityAndSidesFollowTheStatedDistributions() {
        PopulationSpec spec = scenario.population();
        Map<AccountId, Money> equity = equities();
        equity.keySet().removeAll(population.makers());
        assertThat(equity).hasSize(4_000);
        double minimum = spec.equityMinimum().e8();
        double shape = spec.equityShapePpm() / 1e6;
        for (double factor : new double[] {2, 5, 20}) {
            long above = equity.values().stream().filter(e -> e.e8() > factor * minimum).count();
            double expected = 4_000 * Math.pow(factor, -shape);
            assertThat((double) above)
                    .as("accounts above %s × the minimum", factor)
                    .isBetween(
                            expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        }
        assertThat(equity.values())
                .allSatisfy(
                        e ->
                                assertThat(e.e8())
                                        .isBetween(
                                                spec.equityMinimum().e8() - 2_000_000,
                                                spec.equityMaximum().e8()));
        long longs = population.trades().stream().filter(t -> t.size().isLong()).count();
        assertThat((double) longs / population.trades().size()).isBetween(0.69, 0.75);
    }

    @Test
    @Covers("SIMU-023")
    void nobodyStartsWithMoreInitialMarginThanStated() {
        Map<AccountId, Money> adjusted = new HashMap<>();
        for (OpeningDeposit deposit : population.deposits()) {
            adjusted.merge(deposit.account(), value(deposit, true), Money::plus);
        }
        Map<AccountId, Money> needed = new HashMap<>();
        for (OpeningTrade trade : population.trades()) {
            Instrument instrument =
                    scenario.instrument(trade.instrument()).orElseThrow().instrument();
            Price open = price(trade.instrument());
            Quantity size = trade.size();
            Money profit =
                    open.times(size, Rounding.FLOOR)
                            .minus(trade.price().times(size, Rounding.CEILING));
            Money loss = profit.negate().max(Money.ZERO);
            Money use = loss.times(scenario.population().initialMarginUse(), Rounding.FLOOR);
            Money margin = instrument.tiers().initialMargin(open.times(size.abs(), Rounding.FLOOR));
            needed.merge(trade.trader(), margin.plus(use), Money::plus);
        }
        assertThat(needed).hasSizeGreaterThan(3_000);
        Rate use = scenario.population().initialMarginUse();
        needed.forEach(
                (account, margin) ->
                        assertThat(margin.e8())
                                .as(account.value())
                                .isLessThanOrEqualTo(
                                        adjusted.getOrDefault(account, Money.ZERO)
                                                        .times(use, Rounding.CEILING)
                                                        .e8()
                                                + 100));
    }

    private Map<AccountId, Money> equities() {
        Map<AccountId, Money> equity = new HashMap<>();
        for (OpeningDeposit deposit : population.deposits()) {
            equity.merge(deposit.account(), value(deposit, false), Money::plus);
        }
        return equity;
    }

    private Money value(OpeningDeposit deposit, boolean afterHaircut) {
        Asset asset = scenario.asset(deposit.asset()).orElseThrow();
        if (asset.isUnitOfAccount()) {
            return deposit.amount();
        }
        Money full =
                price(asset.pricedBy().orElseThrow())
                        .times(new Quantity(deposit.amount().e8()), Rounding.CEILING);
        Rate kept = new Rate(1_000_000 - asset.haircut().ppm());
        return afterHaircut ? full.times(kept, Rounding.CEILING) : full;
    }

    private Price price(InstrumentId id) {
        return Optional.ofNullable(opening.get(id)).orElseThrow();
    }
}
