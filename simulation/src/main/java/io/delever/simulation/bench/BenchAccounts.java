package io.delever.simulation.bench;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws accounts as books really are: six in ten hold the first instrument, the others thin out as
 * one over their rank; most positions are small and a few very large; the number of positions is 1
 * to 16 with a mean of 4; a tenth has another collateral asset; most equity is far above the line
 * and some in a thousand lie below it.
 */
final class BenchAccounts {
    static final MarginParameters PARAMETERS = new MarginParameters(new Rate(1_200_000), 64);

    private static final double UNIT = 1e8;
    private static final double HOLD_FIRST = 0.6;
    private static final int MOST_POSITIONS = 16;
    private static final double LARGEST = 50_000_000;

    private final SplittableRandom random;
    private final BenchMarket market;
    private final double[] upTo = new double[BenchMarket.INSTRUMENTS];

    BenchAccounts(SplittableRandom random, BenchMarket market) {
        this.random = random;
        this.market = market;
        double total = 0;
        for (int i = 1; i < upTo.length; i++) {
            total += 1.0 / i;
            upTo[i] = total;
        }
    }

    AccountSnapshot draw(int number) {
        AccountId id = new AccountId("a" + number);
        BitSet held = new BitSet();
        if (random.nextDouble() < HOLD_FIRST) {
            held.set(0);
        }
        int wanted = positions();
        while (held.cardinality() < wanted) {
            held.set(byRank());
        }
        double largest = Math.exp(random.nextGaussian(Math.log(1_500), 1.8));
        List<Position> positions = held.stream().mapToObj(i -> position(i, largest)).toList();
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        if (random.nextInt(10) == 0) {
            double coins = largest / 10 / (market.priceAt(0).e8() / UNIT);
            balances.put(BenchMarket.COIN, new Money(Math.round(coins * UNIT)));
        }
        AccountSnapshot bare = new AccountSnapshot(id, balances, positions, Map.of());
        balances.put(BenchMarket.USD, new Money(cash(bare)));
        return new AccountSnapshot(id, balances, positions, Map.of());
    }

    /** Geometric from 1 on, cut at the greatest number; the mean is 4. */
    private int positions() {
        int count = 1;
        while (count < MOST_POSITIONS && random.nextDouble() < 0.76) {
            count++;
        }
        return count;
    }

    private int byRank() {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int found = Arrays.binarySearch(upTo, 1, upTo.length, at);
        return Math.min(upTo.length - 1, found < 0 ? -found - 1 : found);
    }

    private Position position(int index, double largest) {
        double value = Math.min(LARGEST, largest * Math.pow(random.nextDouble(), 2) + 10);
        double price = market.priceAt(index).e8() / UNIT;
        long magnitude = Math.max(1, Math.round(value / price * UNIT));
        Quantity size = new Quantity(random.nextDouble() < 0.56 ? magnitude : -magnitude);
        Price entry =
                new Price(Math.max(1, Math.round(price * random.nextDouble(0.93, 1.07) * UNIT)));
        return new Position(
                market.instrumentAt(index).id(), size, entry.times(size, Rounding.CEILING));
    }

    /** What brings the account where it shall stand. */
    private long cash(AccountSnapshot bare) {
        MarginFigures now =
                MarginCalculator.evaluate(bare, market, PARAMETERS).figures().orElseThrow();
        double leverage = Math.exp(random.nextGaussian(Math.log(4), 0.8));
        double wanted = now.notional().e8() / leverage;
        double initial = now.initialMargin().e8();
        if (wanted < initial) {
            wanted = initial * random.nextDouble(0.56, 1.2);
        }
        if (random.nextInt(500) == 0) {
            wanted = initial / 2 * random.nextDouble(0.8, 1);
        }
        return Math.round(wanted) - now.adjustedEquity().e8();
    }
}
