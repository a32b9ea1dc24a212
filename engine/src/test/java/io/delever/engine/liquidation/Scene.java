package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
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
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One account, one market and one fund, as the rules read them. */
final class Scene {
    static final AssetId USDC = new AssetId("USDC");
    static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    static final InstrumentId ETH = new InstrumentId("ETH-PERP");
    static final InstrumentId SOL = new InstrumentId("SOL-PERP");
    static final AccountId ALICE = new AccountId("alice");
    static final CaseId CASE = new CaseId("C1");
    static final long T0 = 1_760_000_000_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final MarginParameters MARGIN = new MarginParameters(Rate.parse("1.2"), 32);

    private AccountId account = ALICE;
    private final SortedMap<AssetId, Money> balances = new TreeMap<>();
    private final List<Position> positions = new ArrayList<>();
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();
    private final SortedMap<AssetId, Money> fund = new TreeMap<>();

    static LiquidationParameters.Pace pace() {
        return new LiquidationParameters.Pace(3, 2, 40, 100_000_000L, 200_000_000L, 1_000_000_000L);
    }

    static LiquidationParameters parameters() {
        return parameters("1.25", "0.02", "1", "1000000", "0");
    }

    static LiquidationParameters parameters(
            String target, String collar, String depthShare, String cap, String dust) {
        return new LiquidationParameters(
                new LiquidationParameters.Sizing(
                        Rate.parse(target),
                        Rate.parse(depthShare),
                        Money.parse(cap),
                        Money.parse(dust)),
                Rate.parse(collar),
                pace(),
                MARGIN);
    }

    static Map<InstrumentId, Instrument> instruments() {
        return Map.of(
                BTC, instrument(BTC, "0.5", "0.001"),
                ETH, instrument(ETH, "0.01", "0.01"),
                SOL, instrument(SOL, "0.01", "0.01"));
    }

    static Map<AssetId, Asset> assets() {
        return Map.of(USDC, new Asset(USDC, Rate.ZERO, Optional.empty()));
    }

    private static Instrument instrument(InstrumentId id, String tick, String lot) {
        return new Instrument(
                id,
                new AssetId(id.value().substring(0, 3)),
                USDC,
                Price.parse(tick),
                Quantity.parse(lot),
                TierTable.of(
                        List.of(
                                new RiskTier(Money.ZERO, Rate.parse("0.05"), Rate.parse("0.025")),
                                new RiskTier(
                                        Money.parse("100000"),
                                        Rate.parse("0.1"),
                                        Rate.parse("0.05")))),
                Rate.parse("0.0005"),
                Rate.parse("0.005"));
    }

    /** Long 1 BTC from 60000. */
    static Scene longAt(String mark) {
        return new Scene().collateral("2600").position(BTC, "1", "60000").mark(BTC, mark);
    }

    Scene account(String id) {
        account = new AccountId(id);
        return this;
    }

    Scene collateral(String amount) {
        balances.put(USDC, Money.parse(amount));
        return this;
    }

    Scene position(InstrumentId instrument, String size, String entry) {
        positions.removeIf(position -> position.instrument().equals(instrument));
        positions.add(Position.opened(instrument, Quantity.parse(size), Price.parse(entry)));
        return this;
    }

    Scene noPositions() {
        positions.clear();
        return this;
    }

    Scene mark(InstrumentId instrument, String price) {
        prices.put(instrument, new PriceState.Fresh(Price.parse(price), Price.parse(price), T0));
        return this;
    }

    Scene stale(InstrumentId instrument, String price) {
        prices.put(instrument, new PriceState.Stale(Price.parse(price), Price.parse(price), T0));
        return this;
    }

    Scene fund(String available) {
        fund.put(USDC, Money.parse(available));
        return this;
    }

    AccountObservation at(long nanos) {
        AccountSnapshot snapshot = new AccountSnapshot(account, balances, positions, Map.of());
        MarketSnapshot market = new MarketSnapshot(instruments(), assets(), prices);
        AccountMargin margin = MarginCalculator.evaluate(snapshot, market, MARGIN);
        return new AccountObservation(snapshot, margin, market, fund, nanos);
    }

    AccountObservation now() {
        return at(T0);
    }

    MarginFigures figures() {
        return now().margin().figures().orElseThrow();
    }

    /** Levels like {@code "100x2"}, best first. */
    static MarketDepth depth(InstrumentId instrument, List<String> bids, List<String> asks) {
        return new MarketDepth(
                instrument,
                bids.stream().map(Scene::level).toList(),
                asks.stream().map(Scene::level).toList());
    }

    static MarketDepth bids(InstrumentId instrument, String... levels) {
        return depth(instrument, List.of(levels), List.of());
    }

    static MarketDepth asks(InstrumentId instrument, String... levels) {
        return depth(instrument, List.of(), List.of(levels));
    }

    private static MarketDepth.Level level(String text) {
        String[] parts = text.split("x", 2);
        return new MarketDepth.Level(Price.parse(parts[0]), Quantity.parse(parts[1]));
    }
}
