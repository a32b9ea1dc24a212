package io.delever.simulation.conformance;

import io.delever.engine.account.Position;
import io.delever.engine.deleveraging.DeleveragingTrigger;
import io.delever.engine.liquidation.MarginShortage;
import io.delever.engine.liquidation.OrderPlan;
import io.delever.engine.margin.EntryValueMargin;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Liquidation and bankruptcy prices, fees, and what the insurance fund gets or pays. */
final class LiquidationRules {
    private static final String TARGET = "market";
    private static final String OTHERS = "others";
    private static final int DIGITS = 8;
    private static final int QUANTUM_DECIMALS = 6;
    private static final int SIZE_DECIMALS = 9;

    private LiquidationRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("liquidation_price_linear", LiquidationRules::liquidationPrice);
        rules.put("liquidation_price_cross", (input, _) -> crossPrice(input));
        rules.put("bankruptcy_price_linear", LiquidationRules::bankruptcyPrice);
        rules.put("bankruptcy_price_portfolio", (input, _) -> portfolioBankruptcy(input));
        rules.put("insurance_fund_delta", (input, _) -> fundDelta(input));
        rules.put("insurance_fund_direction", (input, _) -> fundDirection(input));
        rules.put("bad_debt_from_slippage", (input, _) -> badDebt(input));
        rules.put("liquidation_fee", (input, _) -> fee(input));
        rules.put("base_to_cover_margin_shortage", (input, _) -> sizeToCover(input));
        rules.put("can_deleverage", (input, _) -> canDeleverage(input));
    }

    private static Figure.Named liquidationPrice(Input input, References references) {
        if (input.has("positionsOf") || isTraders(input)) {
            TierTable tiers = Book.flat(input.number("maintenanceRatio", "mmr"));
            return Figure.named(
                    "liquidation",
                    eachTrader(
                            input,
                            references,
                            (book, size, entry) ->
                                    book.position(TARGET, size, Book.Prices.at(entry), tiers)
                                            .liquidationPrice(TARGET)));
        }
        Optional<BigDecimal> price =
                input.has("positions") ? portfolioPrice(input) : isolatedPrice(input);
        return Figure.named("liquidationPrice", Figure.price(price));
    }

    /** Accounts with collateral of their own, not markets of one account. */
    private static boolean isTraders(Input input) {
        return input.find("positions")
                .map(positions -> positions.fields().values())
                .filter(all -> all.stream().allMatch(one -> one.has("collateral")))
                .isPresent();
    }

    @FunctionalInterface
    private interface TraderPrice {
        Optional<BigDecimal> of(Book book, BigDecimal size, BigDecimal entry);
    }

    private static Figure.Named eachTrader(Input input, References references, TraderPrice price) {
        BigDecimal entry = input.number("entry");
        Map<String, Figure> prices = new LinkedHashMap<>();
        references
                .traders(input)
                .forEach(
                        (name, trader) -> {
                            Scale scale =
                                    Scale.forBook(
                                            List.of(entry),
                                            List.of(
                                                    trader.collateral(),
                                                    trader.size().multiply(entry)));
                            Book book = new Book(scale).balance(trader.collateral());
                            prices.put(name, Figure.price(price.of(book, trader.size(), entry)));
                        });
        return new Figure.Named(prices);
    }

    private static Optional<BigDecimal> isolatedPrice(Input input) {
        BigDecimal entry = input.number("entry", "ep", "entryPrice");
        BigDecimal size = input.numberOr(BigDecimal.ONE, "amount", "q", "qty", "size").abs();
        BigDecimal notional = entry.multiply(size);
        BigDecimal wallet = backing(input, notional);
        BigDecimal rate =
                input.number("mmr", "maintenanceRatio")
                        .add(input.numberOr(BigDecimal.ZERO, "takerFee"));
        BigDecimal amount =
                input.numberOr(BigDecimal.ZERO, "cum", "maintenanceAmount", "cumulativeAmount");
        BigDecimal signed = input.get("side").side() < 0 ? size.negate() : size;
        Scale scale = Scale.forBook(List.of(entry), List.of(notional, wallet, amount));
        if (isFixedAtEntry(input)) {
            requireNone(amount);
            Position position =
                    Position.opened(
                            new InstrumentId(TARGET), scale.quantity(signed), scale.price(entry));
            return EntryValueMargin.liquidationPrice(
                            position, scale.money(wallet), Scale.rate(rate))
                    .map(scale::of);
        }
        Book book = new Book(scale).balance(wallet);
        return book.position(TARGET, signed, Book.Prices.at(entry), book.withAmount(rate, amount))
                .liquidationPrice(TARGET);
    }

    /** What backs a position: said, or by the leverage it was opened with. */
    private static BigDecimal backing(Input input, BigDecimal notional) {
        return input.find("walletBalance", "margin", "collateral")
                .map(Input::number)
                .orElseGet(() -> notional.divide(input.number("leverage"), Arithmetic.PRECISION));
    }

    private static boolean isFixedAtEntry(Input input) {
        return input.find("formula")
                .map(formula -> formula.text().toLowerCase(Locale.ROOT))
                .filter(text -> text.contains("bybit") || text.contains("fixed at entry"))
                .isPresent();
    }

    private static void requireNone(BigDecimal amount) {
        if (amount.signum() != 0) {
            throw new ShapeException(
                    "a cumulative amount is not understood where maintenance is fixed at entry");
        }
    }

    private static Optional<BigDecimal> portfolioPrice(Input input) {
        BigDecimal wallet = input.number("walletBalance");
        List<BigDecimal> amounts = new ArrayList<>(List.of(wallet));
        List<BigDecimal> prices = new ArrayList<>();
        Map<String, Input> positions = input.get("positions").fields();
        for (Input one : positions.values()) {
            BigDecimal entry = one.number("ep", "entry");
            BigDecimal mark = one.numberOr(entry, "mark");
            prices.add(entry.max(mark));
            amounts.add(entry.max(mark).multiply(one.number("q", "qty", "amount")));
        }
        Book book = new Book(Scale.forBook(prices, amounts)).balance(wallet);
        positions.forEach(
                (market, one) -> {
                    BigDecimal size = one.number("q", "qty", "amount").abs();
                    BigDecimal entry = one.number("ep", "entry");
                    book.position(
                            market,
                            one.get("side").side() < 0 ? size.negate() : size,
                            new Book.Prices(entry, one.numberOr(entry, "mark")),
                            book.withAmount(
                                    one.number("mmr"), one.numberOr(BigDecimal.ZERO, "cum")));
                });
        return book.liquidationPrice(input.get("target").text());
    }

    /**
     * Opened at the mark, so that the balance is the equity; the requirement of the others is that
     * of a second position.
     */
    private static Figure.Named crossPrice(Input input) {
        BigDecimal mark = input.number("mark");
        BigDecimal size = input.number("qty", "q", "amount").abs();
        BigDecimal equity = input.number("equity");
        BigDecimal others = input.numberOr(BigDecimal.ZERO, "otherMaintenance");
        Book book =
                new Book(Scale.forBook(List.of(mark), List.of(size.multiply(mark), equity, others)))
                        .balance(equity)
                        .position(
                                TARGET,
                                input.get("side").side() < 0 ? size.negate() : size,
                                Book.Prices.at(mark),
                                Book.flat(input.number("mmr")))
                        .position(
                                OTHERS,
                                others,
                                Book.Prices.at(BigDecimal.ONE),
                                Book.flat(BigDecimal.ONE));
        return Figure.named("liquidationPrice", Figure.price(book.liquidationPrice(TARGET)));
    }

    private static Figure.Named bankruptcyPrice(Input input, References references) {
        TierTable tiers = Book.flat(BigDecimal.ONE);
        if (input.has("positionsOf") || input.has("positions")) {
            return Figure.named(
                    "bankruptcy",
                    eachTrader(
                            input,
                            references,
                            (book, size, entry) ->
                                    book.position(TARGET, size, Book.Prices.at(entry), tiers)
                                            .bankruptcyPrice(TARGET)));
        }
        BigDecimal entry = input.number("entry", "ep");
        BigDecimal size = input.numberOr(BigDecimal.ONE, "qty", "q", "amount").abs();
        BigDecimal backing =
                input.has("terms")
                        ? input.get("terms").numbers().stream()
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                        : backing(input, entry.multiply(size));
        Book book =
                new Book(Scale.forBook(List.of(entry), List.of(size.multiply(entry), backing)))
                        .balance(backing)
                        .position(
                                TARGET,
                                input.get("side").side() < 0 ? size.negate() : size,
                                Book.Prices.at(entry),
                                tiers);
        return Figure.named("bankruptcyPrice", Figure.price(book.bankruptcyPrice(TARGET)));
    }

    /** In whole quote quantums. */
    private static Figure.Named portfolioBankruptcy(Input input) {
        Book book = portfolio(input, Scale.wholeUnits(QUANTUM_DECIMALS));
        Input close = input.get("close");
        return Figure.named(
                "bankruptcyQuoteQuantums",
                book.bankruptcyCloseValue(close.get("market").text(), close.number("delta"))
                        .<Figure>map(value -> Figure.number(value.e8()))
                        .orElseGet(Figure.Absent::new));
    }

    /**
     * {@code positions}, {@code prices} or one {@code oracle}, {@code mmf} and {@code
     * quoteBalance}.
     */
    private static Book portfolio(Input input, Scale scale) {
        Book book = new Book(scale).balance(input.number("quoteBalance"));
        TierTable tiers = Book.flat(input.numberOr(BigDecimal.ONE, "mmf"));
        input.get("positions", "position")
                .fields()
                .forEach(
                        (market, size) -> {
                            BigDecimal price =
                                    input.has("prices")
                                            ? input.get("prices").number(market)
                                            : input.number("oracle");
                            book.carried(market, size.number(), price, tiers);
                        });
        return book;
    }

    private static Figure.Named fundDelta(Input input) {
        Scale scale = Scale.wholeUnits(QUANTUM_DECIMALS);
        Quantity size = scale.quantity(input.startingWith("qty").number().abs());
        OrderPlan plan =
                plan(
                        input.get("side").side(),
                        size,
                        Optional.of(scale.price(input.number("bankruptcyPrice"))),
                        Scale.rate(input.number("maxLiquidationFeeRate")));
        Money delta = plan.fundDeltaOf(size, scale.price(input.number("fillPrice")));
        return Figure.named("insuranceFundDeltaQuoteQuantums", Figure.number(delta.e8()));
    }

    private static Figure.Named fundDirection(Input input) {
        BigDecimal bankruptcy = input.number("bankruptcyPrice");
        Scale scale = Scale.finest(List.of(bankruptcy), DIGITS);
        Quantity size = scale.quantity(BigDecimal.ONE);
        OrderPlan plan =
                plan(
                        input.get("side").side(),
                        size,
                        Optional.of(scale.price(bankruptcy)),
                        Rate.ONE);
        List<Figure> directions = new ArrayList<>();
        for (Input execution : input.get("execution").itemsOrSelf()) {
            int sign = plan.fundDeltaOf(size, scale.price(execution.number())).signum();
            directions.add(new Figure.Word(sign > 0 ? "gain" : sign < 0 ? "pay" : "none"));
        }
        return Figure.named("fund", new Figure.Many(directions));
    }

    /** The side, where it is not said, is the one for which the execution is a loss. */
    private static Figure.Named badDebt(Input input) {
        BigDecimal bankruptcy = input.number("bankruptcyPrice");
        BigDecimal execution = input.number("execPrice");
        BigDecimal size = input.number("qty").abs();
        int side =
                input.find("side")
                        .map(Input::side)
                        .orElseGet(() -> execution.compareTo(bankruptcy) <= 0 ? 1 : -1);
        Scale scale =
                Scale.finest(List.of(bankruptcy, execution, size.multiply(bankruptcy)), DIGITS);
        Quantity closed = scale.quantity(size);
        OrderPlan plan = plan(side, closed, Optional.of(scale.price(bankruptcy)), Rate.ZERO);
        Money debt = plan.fundDeltaOf(closed, scale.price(execution)).negate();
        return Figure.named("badDebt", new Figure.Num(scale.of(debt)));
    }

    private static Figure.Named fee(Input input) {
        BigDecimal price = input.number("mark", "price", "fillPrice");
        BigDecimal size = input.number("qty", "size").abs();
        BigDecimal rate =
                input.find("bps")
                        .map(bps -> bps.number().movePointLeft(4))
                        .orElseGet(() -> input.number("feeRate", "rate"));
        Scale scale = Scale.finest(List.of(price, size.multiply(price)), DIGITS);
        Quantity filled = scale.quantity(size);
        OrderPlan plan = plan(1, filled, Optional.empty(), Scale.rate(rate));
        return Figure.named(
                "fee", new Figure.Num(scale.of(plan.fundDeltaOf(filled, scale.price(price)))));
    }

    /** An order that closes a position of this side. */
    private static OrderPlan plan(
            int side, Quantity size, Optional<Price> bankruptcy, Rate feeRate) {
        Price any = bankruptcy.orElseGet(() -> new Price(1));
        return new OrderPlan(
                new InstrumentId(TARGET),
                Book.UNIT,
                side > 0 ? size.negate() : size,
                any,
                any,
                bankruptcy,
                feeRate,
                Money.ZERO);
    }

    private static Figure.Named sizeToCover(Input input) {
        BigDecimal price =
                input.number("price").multiply(input.numberOr(BigDecimal.ONE, "quoteOracle"));
        BigDecimal shortage = input.number("shortage");
        BigDecimal rate = input.number("marginRatio");
        BigDecimal fees =
                input.numberOr(BigDecimal.ZERO, "liquidatorFee")
                        .add(input.numberOr(BigDecimal.ZERO, "insuranceFee"));
        BigDecimal released = rate.subtract(fees);
        BigDecimal notional =
                released.signum() > 0 ? shortage.divide(released, Arithmetic.PRECISION) : shortage;
        Scale scale = Scale.forSizes(List.of(price), List.of(notional));
        Optional<Quantity> size =
                MarginShortage.sizeToCover(
                        scale.money(shortage),
                        scale.price(price),
                        Scale.rate(rate),
                        Scale.rate(fees));
        return Figure.named(
                "baseAmount",
                size.map(scale::of)
                        .<Figure>map(value -> new Figure.Truncated(value, SIZE_DECIMALS))
                        .orElseGet(Figure.Absent::new));
    }

    private static Figure.Named canDeleverage(Input input) {
        Book book = portfolio(input, Scale.PLAIN);
        boolean settlement = input.find("marketFinalSettlement").map(Input::flag).orElse(false);
        DeleveragingTrigger trigger = DeleveragingTrigger.of(book.margin().state(), settlement);
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put(
                "deleverageAtBankruptcy",
                new Figure.Flag(trigger == DeleveragingTrigger.AT_BANKRUPTCY_PRICE));
        figures.put(
                "deleverageAtOracle",
                new Figure.Flag(trigger == DeleveragingTrigger.AT_INDEX_PRICE));
        return new Figure.Named(figures);
    }
}
