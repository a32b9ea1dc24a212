package io.delever.engine.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.CollateralTerms;
import io.delever.engine.market.CollateralTerms.HaircutTier;
import io.delever.engine.market.CollateralTerms.Peg;
import io.delever.engine.market.Contract;
import io.delever.engine.market.Contract.Payoff;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inverse, dated and multiplied contracts, collateral with terms, isolated positions. */
class ProductMarginTest {
    private static final int ROUNDS = 400;
    private static final AssetId USD = new AssetId("USD");
    private static final AssetId BTC = new AssetId("BTC");
    private static final AssetId USDX = new AssetId("USDX");
    private static final InstrumentId SPOT = new InstrumentId("BTC-USD");
    private static final InstrumentId STABLE = new InstrumentId("USDX-USD");
    private static final InstrumentId INVERSE = new InstrumentId("BTC-INV");
    private static final InstrumentId DATED = new InstrumentId("BTC-MAR");
    private static final InstrumentId TWIN = new InstrumentId("BTC-TWIN");
    private static final MarginParameters WHOLE = new MarginParameters(Rate.parse("1.2"), 16);

    private final Map<InstrumentId, Instrument> instruments = new HashMap<>();
    private final Map<InstrumentId, Contract> contracts = new HashMap<>();
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();
    private final Map<AssetId, Asset> assets = new HashMap<>();

    ProductMarginTest() {
        List<RiskTier> tiers =
                List.of(
                        new RiskTier(Money.ZERO, Rate.parse("0.1"), Rate.parse("0.05")),
                        new RiskTier(Money.parse("10"), Rate.parse("0.2"), Rate.parse("0.1")));
        list(
                INVERSE,
                BTC,
                contract(Payoff.INVERSE, "100", OptionalLong.empty()),
                TierTable.of(tiers));
        TierTable flat = TierTable.flat(Rate.parse("0.1"), Rate.parse("0.05"));
        list(
                DATED,
                USD,
                contract(Payoff.LINEAR, "0.01", OptionalLong.of(1_774_598_400_000_000_000L)),
                flat);
        list(TWIN, USD, contract(Payoff.LINEAR, "0.01", OptionalLong.empty()), flat);
        assets.put(USD, new Asset(USD, Rate.ZERO, Optional.empty()));
        assets.put(BTC, new Asset(BTC, Rate.parse("0.1"), Optional.of(SPOT)));
        assets.put(USDX, new Asset(USDX, Rate.ZERO, Optional.of(STABLE)));
        price(SPOT, "50000");
        price(STABLE, "1");
        price(INVERSE, "50000");
        price(DATED, "51000");
        price(TWIN, "51000");
    }

    @Test
    @Covers({"MARG-100", "MARG-101"})
    void anInverseLongIsValuedInCoinAndCountedAtTheIndex() {
        // 1000 contracts of 100: face 100,000; 2.5 BTC at 40,000, 2 BTC at 50,000.
        AccountSnapshot account = account(Map.of(BTC, "1"), position(INVERSE, "1000", "-2.5"));
        MarginFigures figures = figures(account, WHOLE);
        assertThat(figures.unrealizedPnl()).isEqualTo(Money.parse("25000"));
        assertThat(figures.equity()).isEqualTo(Money.parse("75000"));
        // (1 + 0.5) x 0.9 x 50,000
        assertThat(figures.adjustedEquity()).isEqualTo(Money.parse("67500"));
        assertThat(figures.notional()).isEqualTo(Money.parse("100000"));
        assertThat(figures.initialMargin()).isEqualTo(Money.parse("10000"));
        assertThat(figures.maintenanceMargin()).isEqualTo(Money.parse("5000"));
    }

    @Test
    @Covers("MARG-101")
    void settlingInverseProfitChangesNeitherEquity() {
        AccountSnapshot open = account(Map.of(BTC, "-0.2"), position(INVERSE, "1000", "-2.5"));
        AccountSnapshot settled = account(Map.of(BTC, "0.3"), position(INVERSE, "1000", "-2"));
        assertThat(figures(open, WHOLE).equity()).isEqualTo(figures(settled, WHOLE).equity());
        assertThat(figures(open, WHOLE).adjustedEquity())
                .isEqualTo(figures(settled, WHOLE).adjustedEquity());
    }

    @Test
    @Covers("MARG-101")
    void anInversePositionNeedsTheIndexOfItsBase() {
        prices.put(SPOT, new PriceState.Missing());
        AccountSnapshot account = account(Map.of(USD, "1"), position(INVERSE, "1000", "-2.5"));
        AccountMargin margin = MarginCalculator.evaluate(account, market(), WHOLE);
        assertThat(margin.state()).isEqualTo(RiskState.PRICE_UNAVAILABLE);
        assertThat(margin.unpriced()).containsExactly(SPOT);
    }

    @ParameterizedTest
    @Covers("MARG-102")
    @CsvSource({"1,1100,1100", "0.5,1100,1050", "0,1100,1000"})
    void profitCountsWithItsWeight(String weight, String equity, String adjusted) {
        MarginParameters parameters =
                new MarginParameters(Rate.parse("1.2"), 16, Rate.parse(weight));
        AccountSnapshot winner = account(Map.of(USD, "1000"), position(DATED, "10", "5000"));
        assertThat(figures(winner, parameters).equity()).isEqualTo(Money.parse(equity));
        assertThat(figures(winner, parameters).adjustedEquity()).isEqualTo(Money.parse(adjusted));
        // A loss counts in whole, and takes from the profit of another position first.
        AccountSnapshot loser = account(Map.of(USD, "1000"), position(DATED, "10", "5200"));
        assertThat(figures(loser, parameters).adjustedEquity()).isEqualTo(Money.parse("900"));
        AccountSnapshot both =
                account(
                        Map.of(USD, "1000"),
                        position(DATED, "10", "5000"),
                        position(TWIN, "10", "5200"));
        assertThat(figures(both, parameters).adjustedEquity()).isEqualTo(Money.parse("1000"));
        assertThatThrownBy(() -> new MarginParameters(Rate.ONE, 1, new Rate(1_000_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @Covers({"MARG-103", "MARG-106"})
    @CsvSource({"1,0.9", "2,1.8", "3,2.6", "5,4.2", "6,4.7", "8,5.7", "9,5.7", "-1,-1.11111112"})
    void eachPartOfAnAmountHasItsHaircut(String amount, String counted) {
        terms(
                List.of(tier("2", "0.2"), tier("5", "0.5")),
                Optional.of(Money.parse("8")),
                Rate.ZERO,
                Rate.ZERO);
        price(SPOT, "1");
        assertThat(figures(account(Map.of(BTC, amount)), WHOLE).adjustedEquity())
                .isEqualTo(Money.parse(counted));
        assertThat(figures(account(Map.of(BTC, amount)), WHOLE).equity())
                .isEqualTo(Money.parse(amount));
    }

    @Test
    @Covers("MARG-104")
    void buffersValueAwayFromTheAccount() {
        terms(List.of(), Optional.empty(), Rate.parse("0.01"), Rate.parse("0.02"));
        // 50,000 x 0.9 x 0.99
        assertThat(figures(account(Map.of(BTC, "1")), WHOLE).adjustedEquity())
                .isEqualTo(Money.parse("44550"));
        // 50,000 x 1.02 / 0.9, rounded toward minus infinity
        assertThat(figures(account(Map.of(BTC, "-1")), WHOLE).adjustedEquity())
                .isEqualTo(Money.parse("-56666.66666667"));
        assertThat(figures(account(Map.of(BTC, "-1")), WHOLE).equity())
                .isEqualTo(Money.parse("-50000"));
    }

    @ParameterizedTest
    @Covers("MARG-105")
    @CsvSource({"1,100,100", "0.98,98,98", "0.9,90,75.6", "0.4,40,0"})
    void aBrokenPegTakesMoreThanThePrice(String index, String equity, String adjusted) {
        Peg peg = new Peg(Price.parse("0.98"), Rate.parse("2"));
        assets.put(
                USDX,
                new Asset(
                        USDX,
                        Rate.ZERO,
                        Optional.of(STABLE),
                        new CollateralTerms(
                                List.of(),
                                Optional.empty(),
                                Rate.ZERO,
                                Rate.ZERO,
                                Optional.of(peg))));
        price(STABLE, index);
        MarginFigures figures = figures(account(Map.of(USDX, "100")), WHOLE);
        assertThat(figures.equity()).isEqualTo(Money.parse(equity));
        assertThat(figures.adjustedEquity()).isEqualTo(Money.parse(adjusted));
    }

    @SeededTest
    @Covers({"MARG-106", "MARG-107"})
    void everyProductIsSafeAtItsLiquidationPriceAndNotOneUnitBeyond(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        terms(
                List.of(tier("2", "0.2"), tier("5", "0.5")),
                Optional.of(Money.parse("8")),
                Rate.parse("0.01"),
                Rate.parse("0.02"));
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            MarginParameters parameters =
                    new MarginParameters(
                            Rate.parse("1.2"), 16, new Rate(random.nextLong(3) * 500_000));
            AccountSnapshot account = randomAccount(random);
            MarginFigures figures = figures(account, parameters);
            assertThat(figures.adjustedEquity()).isLessThanOrEqualTo(figures.equity());
            for (Position position : account.positions()) {
                Optional<Price> border =
                        MarginCalculator.liquidationPrice(
                                account, position.instrument(), market(), parameters);
                if (border.isPresent()) {
                    found++;
                    long safe = border.get().e8();
                    String what = "round " + round + " " + account + " " + parameters;
                    long beyond = safe - position.size().signum();
                    assertThat(isLiquidatableAt(account, position, safe, parameters))
                            .as(what)
                            .isFalse();
                    assertThat(isLiquidatableAt(account, position, beyond, parameters))
                            .as(what)
                            .isTrue();
                }
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 4);
    }

    @SeededTest
    @Covers("MARG-108")
    void aCloseOfAnInversePositionAtItsBankruptcyPriceTakesAtMostItsShare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            MarginFigures figures = figures(account, WHOLE);
            for (PositionMargin held : figures.positions()) {
                Optional<Price> price =
                        MarginCalculator.bankruptcyPrice(
                                account, held.position().instrument(), market(), WHOLE);
                if (price.isEmpty() || !held.contract().isInverse()) {
                    continue;
                }
                found++;
                Quantity face = held.contract().units(held.position().size());
                Ratio moved =
                        Ratio.of(face)
                                .dividedBy(Ratio.of(held.mark()))
                                .minus(Ratio.of(face).dividedBy(Ratio.of(price.get())))
                                .times(Ratio.of(held.settlementIndex()));
                Ratio share =
                        Ratio.of(figures.equity())
                                .times(Ratio.of(held.maintenanceMargin()))
                                .dividedBy(Ratio.of(figures.maintenanceMargin()));
                assertThat(moved.plus(share).signum())
                        .as("round %d %s", round, account)
                        .isGreaterThanOrEqualTo(0);
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 8);
    }

    @Test
    @Covers("MARG-109")
    void theLedgerBooksLinearPerpetualsAndFlatHaircutsOnly() {
        Ledgers ledgers = new Ledgers();
        assertThat(ledgers.ledger.marketAt(ledgers.prices).contractOf(Fixtures.BTC_PERP))
                .isEqualTo(Contract.LINEAR);
        terms(List.of(tier("2", "0.2")), Optional.empty(), Rate.ZERO, Rate.ZERO);
        assertThat(
                        ledgers.reject(
                                        new AccountCommand.AssetListing(
                                                market().asset(BTC).orElseThrow()))
                                .reason())
                .isEqualTo(RejectionReason.INVALID_PARAMETERS);
    }

    @Test
    @Covers("MARG-110")
    void anIsolatedPositionAnswersWithItsOwnMarginAlone() {
        Position lost = position(DATED, "100", "60000");
        Position shared = position(TWIN, "10", "5000");
        AccountSnapshot account =
                new AccountSnapshot(
                        new AccountId("alice"),
                        new TreeMap<>(Map.of(USD, Money.parse("1000"))),
                        List.of(lost, shared),
                        Map.of(),
                        Map.of(DATED, Money.parse("9500")));
        // 9,500 - 9,000 against 5 % of 51,000: lost by itself, whatever else the account has.
        AccountMargin own =
                MarginCalculator.evaluateIsolated(account, DATED, market(), WHOLE).orElseThrow();
        assertThat(own.state()).isEqualTo(RiskState.LIQUIDATABLE);
        assertThat(own.figures().orElseThrow().equity()).isEqualTo(Money.parse("500"));
        MarginFigures rest = figures(account, WHOLE);
        assertThat(MarginCalculator.stateOf(account, market(), WHOLE)).isEqualTo(RiskState.HEALTHY);
        assertThat(rest.equity()).isEqualTo(Money.parse("1100"));
        assertThat(rest.positions()).hasSize(1);
        assertThat(MarginCalculator.evaluateIsolated(account, TWIN, market(), WHOLE)).isEmpty();
        // 9,500 + p - 60,000 = 0.05 p
        assertThat(MarginCalculator.liquidationPrice(account, DATED, market(), WHOLE))
                .contains(Price.parse("53157.89473685"));
        // 51,000 - 500
        assertThat(MarginCalculator.bankruptcyPrice(account, DATED, market(), WHOLE))
                .contains(Price.parse("50500"));
        assertThatThrownBy(
                        () ->
                                new AccountSnapshot(
                                        new AccountId("alice"),
                                        new TreeMap<>(),
                                        List.of(shared),
                                        Map.of(),
                                        Map.of(DATED, Money.parse("1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of an open position");
    }

    @ParameterizedTest
    @Covers("MARG-111")
    @CsvSource({
        "100,5000,46315.78947369,91847,1836940", "-100,5000,53333.33333333,45751,915020",
        "100,2000,49473.68421053,29927,598540", "100,100,51473.68421053,-9288,-185760"
    })
    void theDistanceIsAShareOfTheMarkAndOfTheVolatility(
            String size, String margin, String border, long ppm, long inVolatility) {
        String cost = size.startsWith("-") ? "-51000" : "49000";
        AccountSnapshot account = account(Map.of(USD, margin), position(DATED, size, cost));
        PositionOutlook outlook =
                PositionOutlook.of(
                        account, DATED, market(), WHOLE, Optional.of(Rate.parse("0.05")));
        assertThat(outlook.liquidationPrice()).contains(Price.parse(border));
        assertThat(outlook.distancePpm()).hasValue(ppm);
        assertThat(outlook.distanceInVolatilityPpm()).hasValue(inVolatility);
        assertThat(
                        PositionOutlook.of(account, DATED, market(), WHOLE, Optional.empty())
                                .distanceInVolatilityPpm())
                .isEmpty();
    }

    @SeededTest
    @Covers("MARG-112")
    void aPositionSplitIntoTwoOfIdenticalContractsIsTheSame(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            long size = 2 + random.nextLong(1_000_000);
            long part = 1 + random.nextLong(size - 1);
            long cost = random.nextLong(1_000_000_000_000L);
            long costPart = random.nextLong(cost + 1);
            MarginFigures one =
                    figures(account(Map.of(USD, "1000"), lots(DATED, size, cost)), WHOLE);
            MarginFigures two =
                    figures(
                            account(
                                    Map.of(USD, "1000"),
                                    lots(DATED, part, costPart),
                                    lots(TWIN, size - part, cost - costPart)),
                            WHOLE);
            assertThat(two.equity()).as("round %d", round).isEqualTo(one.equity());
            assertThat(two.adjustedEquity()).isEqualTo(one.adjustedEquity());
            assertThat(two.notional().minus(one.notional()).e8()).isBetween(0L, 1L);
            assertThat(two.maintenanceMargin().minus(one.maintenanceMargin()).e8())
                    .isBetween(0L, 1L);
            assertThat(two.initialMargin().minus(one.initialMargin()).e8()).isBetween(0L, 1L);
        }
    }

    @SeededTest
    @Covers("MARG-113")
    void theOrderInWhichThingsAreGivenChangesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            List<Position> shuffled = new ArrayList<>(account.positions());
            Collections.shuffle(shuffled, new Random(seed + round));
            AccountSnapshot other =
                    new AccountSnapshot(
                            account.id(), account.balances(), shuffled, account.leverages());
            Map<InstrumentId, PriceState> reversed = new TreeMap<>(Collections.reverseOrder());
            reversed.putAll(prices);
            assertThat(
                            MarginCalculator.evaluate(
                                    other,
                                    new MarketSnapshot(instruments, assets, reversed, contracts),
                                    WHOLE))
                    .isEqualTo(MarginCalculator.evaluate(account, market(), WHOLE));
        }
    }

    private AccountSnapshot randomAccount(SplittableRandom random) {
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        balances.put(USD, new Money(signed(random, 10_000_000_000_000L)));
        balances.put(BTC, new Money(signed(random, 1_000_000_000L)));
        List<Position> positions = new ArrayList<>();
        long face = 1 + random.nextLong(5_000);
        boolean buys = random.nextBoolean();
        Quantity contracts = new Quantity((buys ? face : -face) * FixedPoint.ONE_E8);
        Price entry = new Price((25_000 + random.nextLong(50_000)) * FixedPoint.ONE_E8);
        Contract inverse = market().contractOf(INVERSE);
        positions.add(
                new Position(
                        INVERSE, contracts, inverse.value(contracts, entry, Rounding.HALF_EVEN)));
        if (random.nextBoolean()) {
            long size = 1 + random.nextLong(1_000);
            positions.add(
                    lots(DATED, random.nextBoolean() ? size : -size, signed(random, 1L << 45)));
        }
        return new AccountSnapshot(new AccountId("alice"), balances, positions, Map.of());
    }

    private static long signed(SplittableRandom random, long greatest) {
        long magnitude = random.nextLong(greatest) >> random.nextInt(20);
        return random.nextInt(4) > 0 ? magnitude : -magnitude;
    }

    private boolean isLiquidatableAt(
            AccountSnapshot account, Position position, long markE8, MarginParameters parameters) {
        Map<InstrumentId, PriceState> there = new HashMap<>(prices);
        Price index = market().priceOf(position.instrument()).usableIndex().orElseThrow();
        there.put(position.instrument(), new PriceState.Fresh(index, new Price(markE8), 0));
        MarginFigures figures =
                MarginCalculator.evaluate(
                                account,
                                new MarketSnapshot(instruments, assets, there, contracts),
                                parameters)
                        .figures()
                        .orElseThrow();
        return MarginCalculator.isLiquidatable(
                figures.adjustedEquity(), figures.maintenanceMargin());
    }

    private MarginFigures figures(AccountSnapshot account, MarginParameters parameters) {
        return MarginCalculator.evaluate(account, market(), parameters).figures().orElseThrow();
    }

    private MarketSnapshot market() {
        return new MarketSnapshot(instruments, assets, prices, contracts);
    }

    private void price(InstrumentId id, String price) {
        prices.put(id, Fixtures.fresh(price));
    }

    private void terms(List<HaircutTier> tiers, Optional<Money> cap, Rate bid, Rate ask) {
        assets.put(
                BTC,
                new Asset(
                        BTC,
                        Rate.parse("0.1"),
                        Optional.of(SPOT),
                        new CollateralTerms(tiers, cap, bid, ask, Optional.empty())));
    }

    private void list(InstrumentId id, AssetId settlement, Contract contract, TierTable tiers) {
        contracts.put(id, contract);
        instruments.put(
                id,
                new Instrument(
                        id,
                        BTC,
                        settlement,
                        new Price(1),
                        Quantity.ONE,
                        tiers,
                        Rate.ZERO,
                        Rate.ZERO));
    }

    private static Contract contract(Payoff payoff, String multiplier, OptionalLong expiry) {
        return new Contract(payoff, Quantity.parse(multiplier), expiry);
    }

    private static HaircutTier tier(String floor, String haircut) {
        return new HaircutTier(Money.parse(floor), Rate.parse(haircut));
    }

    private static Position position(InstrumentId id, String size, String cost) {
        return new Position(id, Quantity.parse(size), Money.parse(cost));
    }

    private static Position lots(InstrumentId id, long size, long costE8) {
        return new Position(id, new Quantity(size * FixedPoint.ONE_E8), new Money(costE8));
    }

    private static AccountSnapshot account(Map<AssetId, String> balances, Position... positions) {
        TreeMap<AssetId, Money> amounts = new TreeMap<>();
        balances.forEach((asset, amount) -> amounts.put(asset, Money.parse(amount)));
        return new AccountSnapshot(new AccountId("alice"), amounts, List.of(positions), Map.of());
    }
}
