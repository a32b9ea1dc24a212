package io.delever.simulation.conformance;

import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Ratio;
import io.delever.engine.pricing.MarkMethods;
import io.delever.engine.pricing.MarkMethods.Decay;
import io.delever.engine.pricing.MarkMethods.LeverageNotional;
import io.delever.engine.pricing.MarkMethods.Trade;
import io.delever.engine.pricing.MarkThrottle;
import io.delever.engine.pricing.PriceAverages.DepthLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks of a venue's own trades and book. */
final class MarkRules {
    private static final int TIME_DECIMALS = 3;

    private MarkRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("mark_from_trades_decay", (input, _) -> fromTrades(input));
        rules.put("mark_from_book_leverage_notional", (input, _) -> fromBook(input));
        rules.put("mark_update_throttle", (input, _) -> throttled(input));
    }

    private static Figure.Named fromTrades(Input input) {
        Decay decay =
                new Decay(
                        Scale.rate(input.number("alpha")),
                        Math.toIntExact(input.wholeOr(1, "power")),
                        time(input.get("lambda", "delta", "window")));
        List<Trade> trades = new ArrayList<>();
        for (Input one : input.get("trades").items()) {
            trades.add(
                    new Trade(
                            Scale.PLAIN.price(one.number("price")),
                            Scale.PLAIN.quantity(one.number("size", "volume")),
                            time(one.get("time"))));
        }
        return mark(MarkMethods.fromTrades(trades, decay, time(input.get("now"))));
    }

    /** The source computes in whole numbers and drops the rest. */
    private static Figure.Named mark(Optional<Price> price) {
        return Figure.named(
                "mark",
                price.<Figure>map(mark -> Exact.whole(Ratio.of(mark)))
                        .orElseGet(Figure.Absent::new));
    }

    private static Figure.Named fromBook(Input input) {
        LeverageNotional notional =
                new LeverageNotional(
                        Exact.of(input, "cashAmount"),
                        Exact.of(input, "initialScaling", "scaling"),
                        Scale.rate(input.number("slippage")),
                        Scale.rate(input.number("longRiskFactor")),
                        Scale.rate(input.number("shortRiskFactor")));
        List<DepthLevel> bids = side(input, "bid", "bids");
        List<DepthLevel> asks = side(input, "ask", "asks");
        return new Exact.Figures()
                .with("notionalBuy", notional.buy())
                .with("notionalSell", notional.sell())
                .with("volumeBuy", volume(MarkMethods.volume(notional.buy(), bids)))
                .with("volumeSell", volume(MarkMethods.volume(notional.sell(), asks)))
                .with(
                        "mark",
                        MarkMethods.fromBook(notional, bids, asks)
                                .<Figure>map(mark -> Exact.whole(Ratio.of(mark)))
                                .orElseGet(Figure.Absent::new))
                .named();
    }

    private static Figure volume(Optional<Quantity> size) {
        return Exact.orAbsent(size.map(Ratio::of));
    }

    private static List<DepthLevel> side(Input input, String... names) {
        List<DepthLevel> levels = new ArrayList<>();
        input.find(names)
                .map(Input::itemsOrSelf)
                .orElse(List.of())
                .forEach(
                        level ->
                                levels.add(
                                        new DepthLevel(
                                                Scale.PLAIN.price(level.number("price")),
                                                Scale.PLAIN.quantity(
                                                        level.number(
                                                                "availableVolume",
                                                                "volume",
                                                                "size")))));
        return levels;
    }

    private static Figure.Named throttled(Input input) {
        MarkThrottle throttle = new MarkThrottle(time(input.startingWith("throttle")));
        List<Figure> marks = new ArrayList<>();
        for (Input event : input.get("events").items()) {
            Input trades = event.get("trades");
            // A source may only say that there were trades; their prices matter once they count.
            if (trades.isText()) {
                marks.add(price(throttle.at(0)));
                requireThrottled(event, time(input.startingWith("throttle")));
            } else {
                trades.itemsOrSelf()
                        .forEach(trade -> throttle.trade(Scale.PLAIN.price(trade.number())));
                marks.add(price(throttle.at(time(event.get("sinceLastUpdate")))));
            }
        }
        return Figure.named("marks", new Figure.Many(marks));
    }

    private static void requireThrottled(Input event, long throttle) {
        if (time(event.get("sinceLastUpdate")) >= throttle) {
            throw new ShapeException(event.path() + " has trades that count, without a price");
        }
    }

    private static Figure price(Optional<Price> mark) {
        return Exact.orAbsent(mark.map(Ratio::of));
    }

    /** Times are in one unit throughout an example. */
    private static long time(Input value) {
        BigDecimal time = value.number().movePointRight(TIME_DECIMALS);
        try {
            return time.longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException(
                    value.path() + " is no time with at most " + TIME_DECIMALS + " decimals");
        }
    }
}
