package io.delever.simulation.conformance;

import io.delever.engine.account.OpenInterest;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.OpenInterestScaling;
import io.delever.engine.margin.ProportionalMargin;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requirements, equity and leverage. */
final class MarginRules {
    private static final String ONE_MARKET = "market";
    private static final int DIGITS = 8;
    private static final long DEFAULT_QUOTE_RESOLUTION = -6;

    private MarginRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("im_mm_linear", (input, _) -> requirements(input));
        rules.put("open_interest_scaled_im", (input, _) -> scaledRequirements(input));
        rules.put("tier_cumulative_amounts", (input, _) -> cumulativeAmounts(input));
        rules.put("maintenance_amount", (input, _) -> nextAmount(input));
        rules.put("tier_lookup", (input, _) -> PublishedTables.lookUp(input));
        rules.put("is_liquidatable", (input, _) -> liquidatable(input));
        rules.put("is_liquidatable_position", (input, _) -> liquidatablePosition(input));
        rules.put("leverage", MarginRules::leverage);
        rules.put("effective_leverage", MarginRules::effectiveLeverage);
        rules.put("open_interest", MarginRules::openInterest);
        rules.put("equity", MarginRules::equity);
        rules.put("liquidatable_set", MarginRules::liquidatableSet);
    }

    /**
     * Whole quantums: one quantum of the quote asset is one unit of money, one of the base asset
     * one unit of size.
     */
    private static Figure.Named requirements(Input input) {
        return requirements(input, new Rate(input.whole("initialMarginPpm")));
    }

    /** Maintenance margin is that of the rate without scaling. */
    private static Figure.Named scaledRequirements(Input input) {
        OpenInterestScaling scaling =
                new OpenInterestScaling(
                        Exact.of(input, "openInterestLowerCap"),
                        Exact.of(input, "openInterestUpperCap"));
        Ratio openInterest =
                Exact.of(input, "openInterestQuantums").times(Ratio.of(perQuantum(input)));
        Rate base = new Rate(input.whole("initialMarginPpm"));
        Map<String, Figure> figures =
                new LinkedHashMap<>(
                        requirements(input, scaling.effective(base, openInterest)).figures());
        Figure unscaled = requirements(input, base).figures().get("maintenanceMargin");
        figures.put("maintenanceMargin", unscaled == null ? new Figure.Absent() : unscaled);
        return new Figure.Named(figures);
    }

    private static Figure.Named requirements(Input input, Rate initialMargin) {
        Quantity size = new Quantity(Math.abs(input.whole("baseQuantums")));
        Money notional = new Money(wholeQuantums(perQuantum(input), size));
        ProportionalMargin margin =
                ProportionalMargin.of(
                        notional, initialMargin, new Rate(input.whole("maintenanceFractionPpm")));
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("initialMargin", Figure.number(margin.initialMargin().e8()));
        figures.put("maintenanceMargin", Figure.number(margin.maintenanceMargin().e8()));
        return new Figure.Named(figures);
    }

    /** Quote quantums for one base quantum. */
    private static BigDecimal perQuantum(Input input) {
        long exponent =
                input.whole("priceExponent")
                        + input.whole("atomicResolution")
                        - input.wholeOr(DEFAULT_QUOTE_RESOLUTION, "quoteAtomicResolution");
        return input.number("price").scaleByPowerOfTen(Math.toIntExact(exponent));
    }

    /** Price × size; quantums are whole, a rest is dropped. */
    private static long wholeQuantums(BigDecimal price, Quantity size) {
        BigDecimal exact = price.stripTrailingZeros();
        if (exact.scale() < 0) {
            exact = exact.setScale(0);
        }
        try {
            return FixedPoint.mulDiv(
                    exact.unscaledValue().longValueExact(),
                    size.e8(),
                    BigDecimal.TEN.pow(exact.scale()).longValueExact(),
                    Rounding.DOWN);
        } catch (ArithmeticException e) {
            throw new ShapeException(
                    "the notional of " + price + " x " + size.e8() + " is too large");
        }
    }

    private static Figure.Named cumulativeAmounts(Input input) {
        List<BigDecimal> floors = input.get("tierFloors").numbers();
        List<BigDecimal> rates = input.get("mmr").numbers();
        if (floors.size() != rates.size()) {
            throw new ShapeException(
                    floors.size() + " tier floors, but " + rates.size() + " rates");
        }
        TierTable table = table(floors, rates);
        List<BigDecimal> amounts = new ArrayList<>();
        for (BigDecimal floor : floors) {
            Money at = Scale.PLAIN.money(floor);
            amounts.add(Scale.PLAIN.of(table.cumulativeMaintenanceAmount(at)));
        }
        return Figure.named("cumulativeMaintenanceAmounts", Figure.numbers(amounts));
    }

    static TierTable table(List<BigDecimal> floors, List<BigDecimal> rates) {
        List<RiskTier> tiers = new ArrayList<>();
        for (int i = 0; i < floors.size(); i++) {
            tiers.add(
                    new RiskTier(
                            Scale.PLAIN.money(floors.get(i)), Rate.ONE, Scale.rate(rates.get(i))));
        }
        return TierTable.of(tiers);
    }

    private static Figure.Named nextAmount(Input input) {
        Money amount =
                TierTable.nextAmount(
                        Scale.PLAIN.money(input.startingWith("amountPrev").number()),
                        Scale.PLAIN.money(input.startingWith("tierFloor").number()),
                        Scale.rate(input.number("mmrPrev")),
                        Scale.rate(input.number("mmrThis")));
        return inEveryUnit("maintenanceAmount", Scale.PLAIN.of(amount), Map.of());
    }

    /** Sources add the unit to the name; the figure is the same. */
    static Figure.Named inEveryUnit(String name, BigDecimal value, Map<String, Figure> others) {
        Map<String, Figure> figures = new LinkedHashMap<>(others);
        for (String unit : List.of("", "Btc", "Eth", "Usd", "Usdt", "Usdc", "Busd")) {
            figures.put(name + unit, new Figure.Num(value));
        }
        return new Figure.Named(figures);
    }

    private static Figure.Named liquidatable(Input input) {
        BigDecimal collateral = input.number("netCollateral");
        BigDecimal requirement = input.number("maintenanceRequirement");
        Scale scale = Scale.finest(List.of(collateral, requirement), DIGITS + 2);
        boolean liquidatable =
                MarginCalculator.isLiquidatable(scale.money(collateral), scale.money(requirement));
        return Figure.named("liquidatable", new Figure.Flag(liquidatable));
    }

    private static Figure.Named liquidatablePosition(Input input) {
        Book book = new Book(Scale.PLAIN).balance(input.number("quoteBalance"));
        TierTable tiers = Book.flat(input.number("mmf"));
        positions(input)
                .forEach((market, size) -> book.carried(market, size, at(input, market), tiers));
        return Figure.named("liquidatable", new Figure.Flag(isLiquidatable(book.figures())));
    }

    /** {@code btcQty} or {@code positions: {BTC: …}}. */
    private static Map<String, BigDecimal> positions(Input input) {
        Map<String, Input> sizes =
                input.find("positions", "position")
                        .map(Input::fields)
                        .orElseGet(() -> input.endingWith("Qty"));
        if (sizes.isEmpty()) {
            throw new ShapeException(input.path() + " has no position");
        }
        Map<String, BigDecimal> positions = new LinkedHashMap<>();
        sizes.forEach((market, size) -> positions.put(market, size.number()));
        return positions;
    }

    private static BigDecimal at(Input input, String market) {
        return input.has("prices")
                ? input.get("prices").number(market)
                : input.number("oracle", market + "Oracle");
    }

    private static boolean isLiquidatable(MarginFigures figures) {
        return MarginCalculator.isLiquidatable(
                figures.adjustedEquity(), figures.maintenanceMargin());
    }

    private static Figure.Named leverage(Input input, References references) {
        Map<String, Figure> byTrader = new LinkedHashMap<>();
        references
                .traders(input)
                .forEach(
                        (name, trader) ->
                                byTrader.put(
                                        name,
                                        leverage(
                                                trader.size(),
                                                trader.collateral(),
                                                input.number("mark"))));
        return Figure.named("leverage", new Figure.Named(byTrader));
    }

    private static Figure.Named effectiveLeverage(Input input, References references) {
        Map<String, References.Trader> traders = references.traders(input);
        Map<String, Figure> byTrader = new LinkedHashMap<>();
        references
                .numbers(input, "equity")
                .forEach(
                        (name, equity) ->
                                byTrader.put(
                                        name,
                                        leverage(
                                                trader(traders, name).size(),
                                                equity,
                                                input.number("mark"))));
        return Figure.named("effectiveLeverage", new Figure.Named(byTrader));
    }

    /** Opened at the mark, so that the balance is the equity. */
    private static Figure leverage(BigDecimal size, BigDecimal equity, BigDecimal mark) {
        Book book =
                new Book(Scale.forBook(List.of(mark), List.of(equity, size.multiply(mark))))
                        .balance(equity)
                        .position(
                                ONE_MARKET, size, Book.Prices.at(mark), Book.flat(BigDecimal.ONE));
        return book.figures()
                .effectiveLeverage()
                .<Figure>map(
                        leverage ->
                                new Figure.Num(BigDecimal.valueOf(leverage.ppm()).movePointLeft(6)))
                .orElseGet(Figure.Absent::new);
    }

    private static Figure.Named openInterest(Input input, References references) {
        List<Quantity> sizes =
                references.traders(input).values().stream()
                        .map(trader -> Scale.PLAIN.quantity(trader.size()))
                        .toList();
        OpenInterest interest = OpenInterest.of(sizes);
        List<BigDecimal> longs = new ArrayList<>();
        List<BigDecimal> shorts = new ArrayList<>();
        List<BigDecimal> totals = new ArrayList<>();
        for (Input each : input.get("marks", "mark").itemsOrSelf()) {
            Price mark = Scale.PLAIN.price(each.number());
            longs.add(Scale.PLAIN.of(interest.longNotional(mark)));
            shorts.add(Scale.PLAIN.of(interest.shortNotional(mark)));
            totals.add(Scale.PLAIN.of(interest.totalNotional(mark)));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("long", Figure.numbers(longs));
        figures.put("short", Figure.numbers(shorts));
        figures.put("total", Figure.numbers(totals));
        return new Figure.Named(figures);
    }

    /**
     * The profit is that of a position, whatever it came from: it is opened so far from its mark.
     */
    private static Figure.Named equity(Input input, References references) {
        Map<String, References.Trader> traders = references.traders(input);
        Map<String, Figure> byTrader = new LinkedHashMap<>();
        references
                .numbers(input, "pnl")
                .forEach(
                        (name, pnl) ->
                                byTrader.put(
                                        name, equity(trader(traders, name).collateral(), pnl)));
        return Figure.named("equity", new Figure.Named(byTrader));
    }

    private static Figure equity(BigDecimal collateral, BigDecimal pnl) {
        BigDecimal entry = pnl.abs().add(BigDecimal.ONE);
        Scale scale = Scale.forBook(List.of(entry), List.of(collateral));
        Book book =
                new Book(scale)
                        .balance(collateral)
                        .position(
                                ONE_MARKET,
                                BigDecimal.ONE,
                                new Book.Prices(entry, entry.add(pnl)),
                                Book.flat(BigDecimal.ONE));
        return new Figure.Num(scale.of(book.figures().equity()));
    }

    private static Figure.Named liquidatableSet(Input input, References references) {
        Map<String, References.Trader> traders = references.traders(input);
        BigDecimal mark = input.number("mark");
        TierTable tiers = Book.flat(input.number("maintenanceRatio"));
        Map<String, Figure> thresholds = new LinkedHashMap<>();
        List<Figure> liquidatable = new ArrayList<>();
        references
                .numbers(input, "equity")
                .forEach(
                        (name, equity) -> {
                            BigDecimal size = trader(traders, name).size();
                            Scale scale =
                                    Scale.forBook(
                                            List.of(mark), List.of(equity, size.multiply(mark)));
                            MarginFigures figures =
                                    new Book(scale)
                                            .balance(equity)
                                            .position(ONE_MARKET, size, Book.Prices.at(mark), tiers)
                                            .figures();
                            thresholds.put(
                                    name, new Figure.Num(scale.of(figures.maintenanceMargin())));
                            if (isLiquidatable(figures)) {
                                liquidatable.add(new Figure.Word(name));
                            }
                        });
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("thresholds", new Figure.Named(thresholds));
        figures.put("liquidatable", new Figure.Many(liquidatable));
        return new Figure.Named(figures);
    }

    private static References.Trader trader(Map<String, References.Trader> traders, String name) {
        References.Trader trader = traders.get(name);
        if (trader == null) {
            throw new ShapeException("there is no position of " + name);
        }
        return trader;
    }

    /** A rate in ppm as a decimal number. */
    static BigDecimal decimal(Rate rate) {
        return BigDecimal.valueOf(rate.ppm())
                .divide(BigDecimal.valueOf(FixedPoint.ONE_PPM), Arithmetic.PRECISION);
    }
}
