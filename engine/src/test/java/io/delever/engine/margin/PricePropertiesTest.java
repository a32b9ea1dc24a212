package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC;
import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.PARAMETERS;
import static io.delever.engine.margin.Fixtures.USD;
import static io.delever.engine.margin.Fixtures.account;
import static io.delever.engine.margin.Fixtures.fresh;
import static io.delever.engine.margin.Fixtures.market;
import static io.delever.engine.margin.Fixtures.prices;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Properties over random accounts; every failure names its round. */
class PricePropertiesTest {
    private static final int ROUNDS = 2_000;
    private static final AccountId ALICE = new AccountId("alice");

    @SeededTest
    @Covers("MARG-010")
    void atTheLiquidationPriceItIsSafeAndOneUnitBeyondNot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            for (Position position : account.positions()) {
                String what = "round " + round + " " + account;
                Optional<Price> border =
                        MarginCalculator.liquidationPrice(
                                account,
                                position.instrument(),
                                market("60000", "3000"),
                                PARAMETERS);
                if (border.isPresent()) {
                    found++;
                    long safe = border.get().e8();
                    long unsafe = safe - position.size().signum();
                    assertThat(isLiquidatable(account, position, safe)).as(what).isFalse();
                    assertThat(isLiquidatable(account, position, unsafe)).as(what).isTrue();
                } else {
                    assertThat(isLiquidatable(account, position, 1))
                            .as(what)
                            .isEqualTo(isLiquidatable(account, position, 1_000_000_000_000_000L));
                }
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 2);
    }

    @SeededTest
    @Covers("MARG-011")
    void aCloseAtTheBankruptcyPriceTakesAtMostTheShare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        MarketSnapshot market = market("60000", "3000");
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            MarginFigures before = figures(account, market);
            for (PositionMargin margin : before.positions()) {
                Position position = margin.position();
                Optional<Price> price =
                        MarginCalculator.bankruptcyPrice(
                                account, position.instrument(), market, PARAMETERS);
                if (price.isEmpty()) {
                    continue;
                }
                found++;
                Money after = equityAfterClose(account, position, price.get(), market);
                long share = exactShare(before, margin);
                assertThat(after.e8())
                        .as("round %d %s", round, account)
                        .isGreaterThanOrEqualTo(before.equity().e8() - share);
            }
        }
        assertThat(found).isGreaterThan(ROUNDS / 2);
    }

    @Test
    @Covers("MARG-011")
    void thereIsNoBankruptcyPriceAtOrBelowZero() {
        AccountView rich =
                account().collateral("100000").position(BTC_PERP, "0.5", "60000").build();
        assertThat(
                        MarginCalculator.bankruptcyPrice(
                                rich, BTC_PERP, market("60000", "1"), PARAMETERS))
                .isEmpty();
        assertThat(
                        MarginCalculator.liquidationPrice(
                                rich, BTC_PERP, market("60000", "1"), PARAMETERS))
                .isEmpty();
        assertThat(
                        MarginCalculator.bankruptcyPrice(
                                rich, ETH_PERP, market("60000", "1"), PARAMETERS))
                .isEmpty();
    }

    @SeededTest
    @Covers("MARG-029")
    void aWorsePriceNeverRaisesEquity(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot account = randomAccount(random);
            for (Position position : account.positions()) {
                long mark = 1 + random.nextLong(10_000_000_000_000L);
                long worse =
                        Math.max(1, mark - position.size().signum() * random.nextLong(1 + mark));
                MarginFigures better = at(account, position, mark);
                MarginFigures after = at(account, position, worse);
                String what = "round " + round;
                assertThat(after.equity()).as(what).isLessThanOrEqualTo(better.equity());
                assertThat(after.adjustedEquity())
                        .as(what)
                        .isLessThanOrEqualTo(better.adjustedEquity());
            }
        }
    }

    @SeededTest
    @Covers("MARG-014")
    void theIdOfAnAccountChangesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            AccountSnapshot one = randomAccount(random);
            AccountSnapshot other =
                    new AccountSnapshot(
                            new AccountId("market-maker.vip:0"),
                            one.balances(),
                            one.positions(),
                            one.leverages());
            MarketSnapshot market = market("60000", "3000");
            assertThat(MarginCalculator.evaluate(other, market, PARAMETERS))
                    .as("round %d", round)
                    .isEqualTo(MarginCalculator.evaluate(one, market, PARAMETERS));
            assertThat(MarginCalculator.stateOf(other, market, PARAMETERS))
                    .isEqualTo(MarginCalculator.evaluate(one, market, PARAMETERS).state());
        }
    }

    @Test
    @Covers("MARG-011")
    void thePriceOfAPartialCloseFollowsTheReleasedMargin() {
        // Examples of a published engine: maintenance 10 %, close a half, equity 0.
        AccountSnapshot flat =
                account().collateral("-5000").position(TEN_PERCENT_ID, "0.1", "0.00000001").build();
        MarketSnapshot market = tenPercentMarket("50000");
        assertThat(
                        MarginCalculator.bankruptcyCloseValue(
                                flat, TEN_PERCENT, Quantity.parse("-0.05"), market))
                .contains(Money.parse("2500"));
        assertThat(
                        MarginCalculator.bankruptcyCloseValue(
                                flat, TEN_PERCENT, Quantity.parse("0.05"), market))
                .isEmpty();
        assertThat(
                        MarginCalculator.bankruptcyCloseValue(
                                flat, TEN_PERCENT, Quantity.parse("-0.2"), market))
                .isEmpty();
    }

    private static final InstrumentId TEN_PERCENT_ID = new InstrumentId("TEN");
    private static final Instrument TEN_PERCENT =
            Fixtures.instrument(
                    TEN_PERCENT_ID,
                    BTC,
                    "1",
                    "0.00000001",
                    List.of(Fixtures.tier("0", "0.2", "0.1")));

    private static MarketSnapshot tenPercentMarket(String price) {
        return new MarketSnapshot(
                Map.of(TEN_PERCENT_ID, TEN_PERCENT),
                Map.of(USD, Fixtures.USD_ASSET),
                Map.of(TEN_PERCENT_ID, fresh(price)));
    }

    private static boolean isLiquidatable(AccountSnapshot account, Position position, long markE8) {
        MarginFigures figures = at(account, position, markE8);
        return MarginCalculator.isLiquidatable(
                figures.adjustedEquity(), figures.maintenanceMargin());
    }

    private static MarginFigures at(AccountSnapshot account, Position position, long markE8) {
        Price index = Price.parse(position.instrument().equals(BTC_PERP) ? "60000" : "3000");
        PriceState state = new PriceState.Fresh(index, new Price(markE8), 1);
        return figures(account, market(prices("60000", "3000").with(position.instrument(), state)));
    }

    private static MarginFigures figures(AccountView account, MarketSnapshot market) {
        return MarginCalculator.evaluate(account, market, PARAMETERS).figures().orElseThrow();
    }

    private static Money equityAfterClose(
            AccountSnapshot account, Position position, Price price, MarketSnapshot market) {
        AccountView closed =
                AfterTrade.fill(
                        account,
                        market.instrument(position.instrument()).orElseThrow(),
                        position.size().negate(),
                        price,
                        Money.ZERO);
        return figures(closed, market).equity();
    }

    private static long exactShare(MarginFigures figures, PositionMargin margin) {
        return FixedPoint.mulDiv(
                figures.equity().e8(),
                margin.maintenanceMargin().e8(),
                figures.maintenanceMargin().e8(),
                Rounding.FLOOR);
    }

    private static AccountSnapshot randomAccount(SplittableRandom random) {
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        balances.put(USD, new Money(signed(random, 100_000_000_000_000L)));
        if (random.nextBoolean()) {
            balances.put(BTC, new Money(signed(random, 1_000_000_000L)));
        }
        Position btc = randomPosition(random, BTC_PERP, "60000", 500_000_000L);
        Position eth = randomPosition(random, ETH_PERP, "3000", 10_000_000_000L);
        return new AccountSnapshot(
                ALICE, balances, random.nextBoolean() ? List.of(btc) : List.of(btc, eth), Map.of());
    }

    private static Position randomPosition(
            SplittableRandom random, InstrumentId instrument, String mark, long greatest) {
        long size = signed(random, greatest);
        Quantity quantity = new Quantity(size == 0 ? 1 : size);
        long markE8 = Price.parse(mark).e8();
        Price entry = new Price(1 + markE8 / 2 + random.nextLong(markE8));
        return Position.opened(instrument, quantity, entry);
    }

    private static long signed(SplittableRandom random, long greatest) {
        long magnitude = random.nextLong(greatest) >> random.nextInt(40);
        return random.nextBoolean() ? magnitude : -magnitude;
    }
}
