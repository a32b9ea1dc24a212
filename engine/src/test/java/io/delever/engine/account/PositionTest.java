package io.delever.engine.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");

    @ParameterizedTest
    @Covers({"ACCT-001", "ACCT-003", "ACCT-004", "ACCT-005", "ACCT-006"})
    @CsvSource({
        // size and cost held; size and price of the fill; size and cost after, realized profit
        "0 0, 2 100, 2 200 0",
        "0 0, -2 100, -2 -200 0",
        "2 200, 1 130, 3 330 0",
        "-2 -200, -1 70, -3 -270 0",
        "2 200, -1 130, 1 100 30",
        "-2 -200, 1 130, -1 -100 -30",
        "2 200, -2 90, 0 0 -20",
        "-2 -200, 2 90, 0 0 20",
        "2 200, -5 110, -3 -330 20",
        "-2 -200, 5 110, 3 330 -20",
        // a third of 1 is released rounded up: 0.33333334 and -0.33333333
        "3 1, -1 1, 2 0.66666666 0.66666666",
        "-3 -1, 1 1, -2 -0.66666667 -0.66666667",
    })
    void aFillOpensGrowsReducesClosesOrFlips(String before, String fill, String expected) {
        String[] hold = before.split(" ");
        String[] trade = fill.split(" ");
        Optional<Position> held =
                hold[0].equals("0")
                        ? Optional.empty()
                        : Optional.of(
                                new Position(BTC, Quantity.parse(hold[0]), Money.parse(hold[1])));
        PositionChange change =
                PositionChange.of(held, Quantity.parse(trade[0]), Price.parse(trade[1]));
        Optional<Position> after = change.applyTo(BTC, held);
        String actual =
                after.map(Position::size).orElse(Quantity.ZERO)
                        + " "
                        + after.map(Position::cost).orElse(Money.ZERO)
                        + " "
                        + change.realizedPnl();
        assertThat(actual).isEqualTo(expected);
    }

    @SeededTest
    @Covers({"ACCT-001", "ACCT-002", "ACCT-009"})
    void randomTradesConserveCashLessCostAndSize(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            long[] cash = new long[5];
            List<Optional<Position>> positions =
                    new ArrayList<>(Collections.nCopies(5, Optional.empty()));
            for (int trade = 0; trade < 100; trade++) {
                int buyer = random.nextInt(5);
                int seller = (buyer + 1 + random.nextInt(4)) % 5;
                Quantity size = new Quantity(1 + (random.nextLong(1L << 40) >> random.nextInt(40)));
                Price price = new Price(1 + (random.nextLong(1L << 44) >> random.nextInt(44)));
                fill(positions, cash, buyer, size, price);
                fill(positions, cash, seller, size.negate(), price);
                checkConserved(positions, cash);
            }
        }
    }

    private static void fill(
            List<Optional<Position>> positions,
            long[] cash,
            int account,
            Quantity size,
            Price price) {
        Optional<Position> held = positions.get(account);
        PositionChange change = PositionChange.of(held, size, price);
        assertThat(change.realizedPnl().minus(change.costDelta()))
                .isEqualTo(PositionChange.notional(size, price).negate());
        positions.set(account, change.applyTo(BTC, held));
        cash[account] = Math.addExact(cash[account], change.realizedPnl().e8());
    }

    private static void checkConserved(List<Optional<Position>> positions, long[] cash) {
        long money = 0;
        long size = 0;
        for (int i = 0; i < cash.length; i++) {
            money += cash[i] - positions.get(i).map(held -> held.cost().e8()).orElse(0L);
            size += positions.get(i).map(held -> held.size().e8()).orElse(0L);
        }
        assertThat(money).isZero();
        assertThat(size).isZero();
    }

    @Test
    @Covers("ACCT-002")
    void bothSidesOfATradeBookTheSameNumber() {
        Quantity size = Quantity.parse("0.5");
        Price price = Price.parse("0.00000003");
        assertThat(PositionChange.notional(size, price)).isEqualTo(new Money(2));
        assertThat(PositionChange.notional(size.negate(), price)).isEqualTo(new Money(-2));
    }

    @Test
    @Covers("ACCT-007")
    void profitRoundsDownAndNotionalUp() {
        Price mark = Price.parse("0.00000003");
        Position half = new Position(BTC, Quantity.parse("0.5"), Money.ZERO);
        Position minusHalf = new Position(BTC, Quantity.parse("-0.5"), Money.ZERO);
        assertThat(half.unrealizedPnl(mark)).isEqualTo(new Money(1));
        assertThat(minusHalf.unrealizedPnl(mark)).isEqualTo(new Money(-2));
        assertThat(half.notional(mark)).isEqualTo(new Money(2));
        assertThat(minusHalf.notional(mark)).isEqualTo(new Money(2));
        Position held = new Position(BTC, Quantity.parse("2"), Money.parse("200"));
        assertThat(held.unrealizedPnl(Price.parse("110"))).hasToString("20");
        assertThat(held.entryPrice()).contains(Price.parse("100"));
        assertThat(half.entryPrice()).isEmpty();
        assertThat(new Position(BTC, new Quantity(1), Money.parse("40000000000")).entryPrice())
                .isEmpty();
    }

    @Test
    @Covers("ACCT-008")
    void valuesOutOfTheAdmittedRangeAreRefused() {
        long limit = AdmittedRange.MAX_AMOUNT_E8;
        assertThat(new Position(BTC, new Quantity(-limit), new Money(limit)).size().e8())
                .isEqualTo(-limit);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Position(BTC, new Quantity(limit + 1), Money.ZERO))
                .withMessageContaining("40000000000.00000001, the limit is 40000000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Position(BTC, new Quantity(1), new Money(Long.MIN_VALUE)))
                .withMessageContaining("cost of the position in BTC-PERP");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Position(BTC, Quantity.ZERO, Money.ZERO))
                .withMessageContaining("has no size");
        assertThat(AdmittedRange.isWithin(Long.MIN_VALUE, limit)).isFalse();
        assertThat(AdmittedRange.isValueWithin(Long.MIN_VALUE, 1, limit)).isFalse();
        assertThat(AdmittedRange.isValueWithin(-2, FixedPoint.ONE_E8, 2)).isTrue();
        assertThat(AdmittedRange.isValueWithin(-2, FixedPoint.ONE_E8 + 1, 2)).isFalse();
        assertThat(AdmittedRange.isSumWithin(limit, 1, limit)).isFalse();
        assertThat(AdmittedRange.isSumWithin(limit, -1, limit)).isTrue();
        assertThat(AdmittedRange.isSumWithin(-limit, -1, limit)).isFalse();
        assertThat(AdmittedRange.isSumWithin(Long.MAX_VALUE, -limit, limit)).isFalse();
        assertThat(AdmittedRange.isSumWithin(0, Long.MIN_VALUE, limit)).isFalse();
    }

    @Test
    @Covers({"ACCT-008", "ACCT-010"})
    void aSnapshotIsOrderedAndChecked() {
        Position btc = new Position(BTC, new Quantity(1), Money.ZERO);
        Position aave = new Position(new InstrumentId("AAVE-PERP"), new Quantity(1), Money.ZERO);
        AccountId id = new AccountId("alice");
        AccountSnapshot account =
                new AccountSnapshot(id, new TreeMap<>(), List.of(btc, aave), Map.of());
        assertThat(account.positions()).containsExactly(aave, btc);
        assertThat(account.position(BTC)).contains(btc);
        assertThat(account.balance(new AssetId("USD"))).isEqualTo(Money.ZERO);
        assertThat(AccountSnapshot.of(account)).isEqualTo(account);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AccountSnapshot(id, new TreeMap<>(), List.of(btc, btc), Map.of()))
                .withMessageContaining("two positions in BTC-PERP");
        TreeMap<AssetId, Money> tooMuch = new TreeMap<>();
        tooMuch.put(new AssetId("USD"), Money.parse("40000000000.00000001"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccountSnapshot(id, tooMuch, List.of(), Map.of()))
                .withMessageContaining("balance in USD is 40000000000.00000001");
        assertThatIllegalArgumentException().isThrownBy(() -> new AccountId("a b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Leverage(0));
        assertThat(Leverage.of(10).ppm()).isEqualTo(10_000_000);
    }
}
