package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.margin.ScenarioMargin.Guard;
import io.delever.engine.margin.ScenarioMargin.Shock;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Margin by scenarios as a mode of an account. */
class PortfolioModeTest {
    private static final int ROUNDS = 200;
    private static final InstrumentId TWIN = new InstrumentId("BTC-MAR");
    private static final Ratio TENTH = Ratio.of(1, 10);
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();

    PortfolioModeTest() {
        price(BTC_PERP, "50000");
        price(TWIN, "51000");
        price(ETH_PERP, "3000");
    }

    @ParameterizedTest
    @Covers({"MARG-114", "MARG-115"})
    @CsvSource({
        // 15 % x 0.8 + 1 % of 50,000; 15 % + 1 % + 0.5 %
        "1,0,0,6500,8250",
        "-1,0,0,6500,8250",
        // Net 1,000, gross 101,000, of which 1,000 above the start; 1 % of 50,000 that offset.
        "-1,1,0,1650,2185",
        // Another group: 15 % x 0.8 + 1 % of 3,000 on top.
        "1,0,1,6890,8745",
        // 150,000 is 50,000 above the start.
        "3,0,0,20500,25750"
    })
    void longsAndShortsOfOneBaseOffset(
            String btc, String twin, String eth, String maintenance, String initial) {
        MarginFigures figures = figures(account("100000", btc, twin, eth), terms(grid()));
        assertThat(figures.maintenanceMargin()).isEqualTo(Money.parse(maintenance));
        assertThat(figures.initialMargin()).isEqualTo(Money.parse(initial));
        assertThat(figures.equity()).isEqualTo(Money.parse("100000"));
    }

    @Test
    @Covers("MARG-115")
    void aDegradedPriceCostsInitialMarginOnly() {
        MarginFigures fresh = figures(account("100000", "1", "0", "0"), terms(grid()));
        Price mark = Price.parse("50000");
        prices.put(BTC_PERP, new PriceState.Degraded(mark, mark, 1));
        MarginFigures degraded = figures(account("100000", "1", "0", "0"), terms(grid()));
        assertThat(degraded.maintenanceMargin()).isEqualTo(fresh.maintenanceMargin());
        // (1 - 0.4) x 50,000
        assertThat(degraded.initialMargin().minus(fresh.initialMargin()))
                .isEqualTo(Money.parse("30000"));
    }

    @Test
    @Covers("MARG-114")
    void theModeDecidesTheStateAndNeedsItsTerms() {
        AccountSnapshot account = account("6000", "1", "0", "0");
        assertThat(MarginCalculator.stateOf(account, market(), parameters(terms(grid()))))
                .isEqualTo(RiskState.LIQUIDATABLE);
        assertThat(
                        MarginCalculator.stateOf(
                                new AccountSnapshot(
                                        account.id(),
                                        account.balances(),
                                        account.positions(),
                                        Map.of()),
                                market(),
                                parameters(terms(grid()))))
                .isEqualTo(RiskState.HEALTHY);
        MarginParameters without = new MarginParameters(Rate.parse("1.2"), 16);
        assertThatThrownBy(() -> MarginCalculator.stateOf(account, market(), without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no terms of portfolio margin");
        assertThat(
                        MarginCalculator.bankruptcyPrice(
                                account, BTC_PERP, market(), parameters(terms(grid()))))
                .contains(Price.parse("44000"));
        assertThat(
                        MarginCalculator.bankruptcyCloseValue(
                                account, Fixtures.BTC_INSTRUMENT, Quantity.parse("-1"), market()))
                .contains(Money.parse("44000"));
        assertThatThrownBy(
                        () ->
                                new PortfolioTerms(
                                        terms(grid()).grid(),
                                        Rate.ZERO,
                                        new Money(-1),
                                        Rate.ZERO,
                                        Rate.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @SeededTest
    @Covers({"MARG-107", "MARG-114"})
    void theLiquidationPriceIsTheBorderInThisModeToo(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MarginParameters parameters = parameters(terms(grid()));
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            for (Position position : account.positions()) {
                Optional<Price> border =
                        MarginCalculator.liquidationPrice(
                                account, position.instrument(), market(), parameters);
                if (border.isPresent()) {
                    found++;
                    String what = "round " + round + " " + account;
                    long safe = border.get().e8();
                    assertThat(isLiquidatable(account, position, safe)).as(what).isFalse();
                    long beyond = safe - position.size().signum();
                    assertThat(isLiquidatable(account, position, beyond)).as(what).isTrue();
                }
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 4);
    }

    @SeededTest
    @Covers("MARG-114")
    void moreScenariosNeverAskForLessAndInitialCoversMaintenance(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Shock> more = new ArrayList<>(grid());
        more.add(Shock.full(Ratio.of(6, 5)));
        more.add(Shock.full(Ratio.of(7, 10)));
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            MarginFigures few = figures(account, terms(grid()));
            MarginFigures many = figures(account, terms(more));
            assertThat(many.maintenanceMargin()).isGreaterThanOrEqualTo(few.maintenanceMargin());
            assertThat(many.initialMargin()).isGreaterThanOrEqualTo(few.initialMargin());
            assertThat(few.initialMargin()).isGreaterThanOrEqualTo(few.maintenanceMargin());
        }
    }

    private boolean isLiquidatable(AccountSnapshot account, Position position, long markE8) {
        Map<InstrumentId, PriceState> there = new HashMap<>(prices);
        Price mark = new Price(markE8);
        there.put(position.instrument(), new PriceState.Fresh(mark, mark, 0));
        MarginFigures figures =
                MarginCalculator.evaluate(account, market(there), parameters(terms(grid())))
                        .figures()
                        .orElseThrow();
        return MarginCalculator.isLiquidatable(
                figures.adjustedEquity(), figures.maintenanceMargin());
    }

    private MarginFigures figures(AccountSnapshot account, PortfolioTerms terms) {
        return MarginCalculator.evaluate(account, market(), parameters(terms))
                .figures()
                .orElseThrow();
    }

    private static List<Shock> grid() {
        return List.of(Shock.full(Ratio.of(115, 100)), Shock.full(Ratio.of(85, 100)));
    }

    private static PortfolioTerms terms(List<Shock> grid) {
        ScenarioMargin.Parameters parameters =
                new ScenarioMargin.Parameters(
                        grid,
                        List.of(new Shock(Ratio.of(2), TENTH)),
                        Ratio.of(8, 10),
                        Ratio.ONE,
                        Ratio.of(1, 100),
                        Ratio.of(5, 1000),
                        new Guard(Ratio.of(1, 2), Ratio.ONE),
                        new Guard(Ratio.ZERO, Ratio.ZERO));
        return new PortfolioTerms(
                parameters,
                Rate.parse("0.01"),
                Money.parse("100000"),
                Rate.parse("0.02"),
                Rate.parse("0.4"));
    }

    private static MarginParameters parameters(PortfolioTerms terms) {
        return new MarginParameters(Rate.parse("1.2"), 16, Rate.ONE, Optional.of(terms));
    }

    private MarketSnapshot market() {
        return market(prices);
    }

    private static MarketSnapshot market(Map<InstrumentId, PriceState> prices) {
        Instrument btc = Fixtures.BTC_INSTRUMENT;
        Instrument twin =
                Fixtures.instrument(TWIN, btc.base(), "0.1", "0.001", btc.tiers().tiers());
        return new MarketSnapshot(
                Map.of(BTC_PERP, btc, TWIN, twin, ETH_PERP, Fixtures.ETH_INSTRUMENT),
                Map.of(USD, Fixtures.USD_ASSET),
                prices);
    }

    private void price(InstrumentId id, String price) {
        prices.put(id, Fixtures.fresh(price));
    }

    /** Opened at the marks. */
    private AccountSnapshot account(String usd, String btc, String twin, String eth) {
        List<Position> positions = new ArrayList<>();
        open(positions, BTC_PERP, btc, "50000");
        open(positions, TWIN, twin, "51000");
        open(positions, ETH_PERP, eth, "3000");
        return new AccountSnapshot(
                new AccountId("alice"),
                new TreeMap<>(Map.of(USD, Money.parse(usd))),
                positions,
                Map.of(),
                Map.of(),
                true);
    }

    private static void open(List<Position> positions, InstrumentId id, String size, String price) {
        if (!size.equals("0")) {
            positions.add(Position.opened(id, Quantity.parse(size), Price.parse(price)));
        }
    }

    private static AccountSnapshot randomAccount(SplittableRandom random) {
        List<Position> positions = new ArrayList<>();
        for (InstrumentId id : List.of(BTC_PERP, TWIN, ETH_PERP)) {
            long size = 1 + random.nextLong(300_000_000L);
            Price entry = new Price((1_000 + random.nextLong(60_000)) * FixedPoint.ONE_E8);
            positions.add(
                    Position.opened(id, new Quantity(random.nextBoolean() ? size : -size), entry));
        }
        Money balance = new Money(random.nextLong(20_000_000_000_000L));
        return new AccountSnapshot(
                new AccountId("alice"),
                new TreeMap<>(Map.of(USD, balance)),
                positions,
                Map.of(),
                Map.of(),
                true);
    }
}
