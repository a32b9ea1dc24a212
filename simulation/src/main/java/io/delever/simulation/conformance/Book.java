package io.delever.simulation.conformance;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account and its market, put together from an example: linear positions and a balance in the
 * unit of account.
 */
final class Book {
    static final AssetId UNIT = new AssetId("UNIT");
    private static final MarginParameters PARAMETERS =
            new MarginParameters(Rate.ONE, MarginParameters.MAX_POSITIONS);

    private final Scale scale;
    private final Map<String, Held> held = new TreeMap<>();
    private Money balance = Money.ZERO;

    private record Held(Quantity size, Money cost, Price mark, TierTable tiers) {}

    Book(Scale scale) {
        this.scale = scale;
    }

    Book balance(BigDecimal amount) {
        balance = scale.money(amount);
        return this;
    }

    /** A position opened at {@code entry}; a size of 0 is no position but lists the market. */
    Book position(String market, BigDecimal size, Prices prices, TierTable tiers) {
        Quantity signed = scale.quantity(size);
        Money cost = PositionChange.notional(signed, scale.price(prices.entry()));
        held.put(market, new Held(signed, cost, scale.price(prices.mark()), tiers));
        return this;
    }

    /**
     * A position whose cost is in the balance already, as venues book it that keep no entry price.
     */
    Book carried(String market, BigDecimal size, BigDecimal mark, TierTable tiers) {
        held.put(market, new Held(scale.quantity(size), Money.ZERO, scale.price(mark), tiers));
        return this;
    }

    /** Where a position was opened and where it stands. */
    record Prices(BigDecimal entry, BigDecimal mark) {
        static Prices at(BigDecimal price) {
            return new Prices(price, price);
        }
    }

    MarginFigures figures() {
        return margin().figures()
                .orElseThrow(() -> new ShapeException("the account is beyond the admitted range"));
    }

    AccountMargin margin() {
        return MarginCalculator.evaluate(account(), market(), PARAMETERS);
    }

    Optional<BigDecimal> liquidationPrice(String market) {
        return MarginCalculator.liquidationPrice(account(), id(market), market(), PARAMETERS)
                .map(scale::of);
    }

    Optional<BigDecimal> bankruptcyPrice(String market) {
        return MarginCalculator.bankruptcyPrice(account(), id(market), market(), PARAMETERS)
                .map(scale::of);
    }

    Optional<Money> bankruptcyCloseValue(String market, BigDecimal closed) {
        return MarginCalculator.bankruptcyCloseValue(
                account(), instrument(market, find(market)), scale.quantity(closed), market());
    }

    /** One rate for every size; initial margin plays no part in what examples ask. */
    static TierTable flat(BigDecimal maintenance) {
        return TierTable.flat(Rate.ONE, Scale.rate(maintenance));
    }

    /**
     * A table whose last tier has this rate and this cumulative amount, as venues print them for
     * one tier. The tier below it is chosen so that the last one starts as early as it can.
     */
    TierTable withAmount(BigDecimal maintenance, BigDecimal amount) {
        if (amount.signum() == 0) {
            return flat(maintenance);
        }
        if (amount.signum() < 0) {
            throw new ShapeException("a cumulative amount must be >= 0, is " + amount);
        }
        long rate = Scale.rate(maintenance).ppm();
        BigInteger scaled =
                BigInteger.valueOf(scale.money(amount).e8())
                        .multiply(BigInteger.valueOf(FixedPoint.ONE_PPM));
        for (long step = rate - 1; step >= 1; step--) {
            BigInteger[] floor = scaled.divideAndRemainder(BigInteger.valueOf(step));
            if (floor[1].signum() == 0 && floor[0].bitLength() < Long.SIZE) {
                return TierTable.of(
                        List.of(
                                new RiskTier(Money.ZERO, Rate.ONE, new Rate(rate - step)),
                                new RiskTier(
                                        new Money(floor[0].longValueExact()),
                                        Rate.ONE,
                                        new Rate(rate))));
            }
        }
        throw new ShapeException(
                "no tier table has the amount " + amount + " at the rate " + maintenance);
    }

    private AccountSnapshot account() {
        List<Position> positions = new ArrayList<>();
        held.forEach(
                (market, one) -> {
                    if (!one.size().isZero()) {
                        positions.add(new Position(id(market), one.size(), one.cost()));
                    }
                });
        return new AccountSnapshot(
                new AccountId("example"),
                new TreeMap<>(Map.of(UNIT, balance)),
                positions,
                Map.of());
    }

    private MarketSnapshot market() {
        Map<InstrumentId, Instrument> instruments = new HashMap<>();
        Map<InstrumentId, PriceState> prices = new HashMap<>();
        held.forEach(
                (market, one) -> {
                    instruments.put(id(market), instrument(market, one));
                    prices.put(id(market), new PriceState.Fresh(one.mark(), one.mark(), 0));
                });
        Asset unit = new Asset(UNIT, Rate.ZERO, Optional.empty());
        return new MarketSnapshot(instruments, Map.of(UNIT, unit), prices);
    }

    private Held find(String market) {
        Held one = held.get(market);
        if (one == null) {
            throw new ShapeException("there is no price for " + market);
        }
        return one;
    }

    private static Instrument instrument(String market, Held one) {
        return new Instrument(
                id(market),
                new AssetId("BASE"),
                UNIT,
                new Price(1),
                new Quantity(1),
                one.tiers(),
                Rate.ZERO,
                Rate.ZERO);
    }

    private static InstrumentId id(String market) {
        try {
            return new InstrumentId(market);
        } catch (IllegalArgumentException e) {
            throw new ShapeException("'" + market + "' is no name of a market");
        }
    }
}
