package io.delever.simulation.conformance;

import io.delever.engine.margin.IsolatedMargin;
import io.delever.engine.margin.IsolatedMargin.Lot;
import io.delever.engine.margin.IsolatedMargin.Reduction;
import io.delever.engine.margin.RiskFactorMargin;
import io.delever.engine.margin.SkewPricing;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Isolated positions and requirements from factors. Their sources compute in whole numbers and drop
 * the rest; sizes have one decimal (position factor 10) where an example does not say.
 */
final class IsolatedRules {
    private static final Ratio POSITION_FACTOR = Ratio.of(10);
    private static final Ratio MARGIN_FACTOR = Ratio.of(1, 2);
    private static final Ratio NO_FLOOR = Ratio.ZERO;

    private IsolatedRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("linear_slippage_margin", (input, _) -> slippage(input));
        rules.put("opening_auction_margin", (input, _) -> openingAuction(input));
        rules.put("isolated_margin", (input, _) -> required(input));
        rules.put("isolated_order_margin", (input, _) -> orders(input));
        rules.put("isolated_order_margin_auction", (input, _) -> orders(input));
        rules.put("isolated_margin_release", (input, _) -> release(input));
        rules.put("switch_to_isolated", (input, _) -> switched(input));
        rules.put("skew_fill_price", (input, _) -> skewFill(input));
        rules.put("skew_fill_pnl_and_available_margin", (input, _) -> skewProfit(input));
    }

    private static Figure.Named slippage(Input input) {
        Ratio size = Exact.of(input, "size");
        Ratio margin =
                RiskFactorMargin.maintenance(
                        Exact.of(input, "mark", "price"),
                        size,
                        Exact.or(Ratio.ZERO, input, "slippageFactor", "slippage"),
                        riskFactor(input, size.signum()));
        return Exact.named("maintenanceMargin", margin);
    }

    private static Ratio riskFactor(Input input, int side) {
        return Exact.of(input, side < 0 ? "riskFactorShort" : "riskFactorLong", "riskFactor");
    }

    private static Figure.Named openingAuction(Input input) {
        Ratio margin =
                RiskFactorMargin.inOpeningAuction(
                        Exact.of(input, "size"),
                        Exact.of(input, "limitPrice", "price"),
                        Exact.find(input, "indicativeUncrossingPrice", "auctionPrice"),
                        riskFactor(input, input.get("side").side()));
        return Exact.named("margin", margin);
    }

    private static Figure.Named required(Input input) {
        return Figure.named(
                "margin",
                Exact.whole(
                        IsolatedMargin.required(
                                Exact.of(input, "price"),
                                Exact.of(input, "size"),
                                Exact.of(input, "factor", "marginFactor"))));
    }

    private static Figure.Named orders(Input input) {
        Input orders = input.get("orders");
        List<Lot> buys = new ArrayList<>();
        List<Lot> sells = new ArrayList<>();
        if (orders.isList()) {
            (input.get("side").side() > 0 ? buys : sells).addAll(lots(orders));
        } else {
            orders.find("buy", "buys").ifPresent(side -> buys.addAll(lots(side)));
            orders.find("sell", "sells").ifPresent(side -> sells.addAll(lots(side)));
        }
        Ratio factor =
                Exact.of(input, "marginFactor")
                        .dividedBy(Exact.or(POSITION_FACTOR, input, "positionFactor"));
        Ratio floor = Exact.or(NO_FLOOR, input, "auctionPrice");
        return Figure.named(
                "orderMargin",
                Exact.each(
                        input.get("positions", "position"),
                        position ->
                                Exact.whole(
                                        IsolatedMargin.forOrders(
                                                position, buys, sells, factor, floor))));
    }

    private static List<Lot> lots(Input orders) {
        return orders.items().stream()
                .map(order -> new Lot(Exact.of(order, "size"), Exact.of(order, "price")))
                .toList();
    }

    private static Figure.Named release(Input input) {
        Ratio factor = Exact.or(POSITION_FACTOR, input, "positionFactor");
        List<Lot> trades =
                input.get("trades").items().stream()
                        .map(
                                trade ->
                                        new Lot(
                                                Ratio.of(trade.item(0).number()).dividedBy(factor),
                                                Ratio.of(trade.item(1).number())))
                        .toList();
        Ratio before = Exact.of(input, "positionBefore").dividedBy(factor);
        Ratio after = Exact.of(input, "positionAfter").dividedBy(factor);
        Ratio size = Ratio.ZERO;
        Ratio notional = Ratio.ZERO;
        for (Lot trade : trades) {
            size = size.plus(trade.size());
            notional = notional.plus(trade.size().times(trade.price()));
        }
        Ratio average = notional.dividedBy(size).rounded(1, Rounding.DOWN);
        Ratio balance = Exact.of(input, "marginBalance");
        Ratio released;
        if (before.signum() * after.signum() < 0) {
            Reduction flip = new Reduction(before, after, trades, average);
            Ratio marginFactor = Exact.or(MARGIN_FACTOR, input, "marginFactor", "factor");
            Ratio required = IsolatedMargin.requiredByFlip(flip, marginFactor);
            released = balance.minus(required.rounded(1, Rounding.DOWN));
        } else {
            // The source settles a short as if it were a long.
            Reduction smaller = new Reduction(before.abs(), after.abs(), trades, average);
            Ratio mark = Exact.or(average, input, "mark");
            released = IsolatedMargin.released(smaller, balance, mark);
        }
        return new Exact.Figures()
                .with("release", Exact.whole(released))
                .with("topUp", Exact.whole(released.negate().max(Ratio.ZERO)))
                .named();
    }

    private static Figure.Named switched(Input input) {
        Ratio balance = Exact.or(Ratio.ZERO, input, "marginBalance");
        Ratio topUp =
                IsolatedMargin.topUp(
                        IsolatedMargin.required(
                                Exact.of(input, "price", "mark"),
                                Exact.of(input, "size"),
                                Exact.of(input, "marginFactor", "factor")),
                        balance);
        boolean covered =
                Exact.find(input, "generalBalance")
                        .map(general -> general.compareTo(topUp) >= 0)
                        .orElse(true);
        return new Exact.Figures()
                .with("topUp", Exact.whole(topUp))
                .with("accepted", new Figure.Flag(covered))
                .named();
    }

    private static Figure.Named skewFill(Input input) {
        Ratio price = Exact.of(input, "price");
        Ratio size = Exact.of(input, "size");
        Ratio skew = Exact.or(Ratio.ZERO, input, "skew");
        Ratio scale = Exact.of(input, "skewScale");
        return new Exact.Figures()
                .with("priceBefore", SkewPricing.adjusted(price, skew, scale))
                .with("priceAfter", SkewPricing.adjusted(price, skew.plus(size), scale))
                .with("fillPrice", SkewPricing.fill(price, size, skew, scale))
                .named();
    }

    private static Figure.Named skewProfit(Input input) {
        List<Input> positions = input.get("positions").items();
        List<Ratio> profits = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            Input one = positions.get(i);
            Ratio size = Exact.of(one, "size");
            Ratio filled =
                    SkewPricing.fill(
                            Exact.of(one, "openOracle"),
                            size,
                            Exact.or(Ratio.ZERO, one, "skew"),
                            Exact.of(one, "skewScale"));
            Ratio price = Ratio.of(input.get("prices").item(i).number());
            profits.add(SkewPricing.profit(size, filled, price));
        }
        return new Exact.Figures()
                .with("pnl", new Figure.Many(profits.stream().map(Exact::figure).toList()))
                .with(
                        "availableMargin",
                        SkewPricing.availableMargin(Exact.of(input, "collateral"), profits))
                .named();
    }
}
