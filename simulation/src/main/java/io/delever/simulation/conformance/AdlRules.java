package io.delever.simulation.conformance;

import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlAllocation;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlPlan;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlQueue;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.deleveraging.PnlHaircuts;
import io.delever.engine.market.InstrumentId;
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

/** The queue and the policies of auto-deleveraging. */
final class AdlRules {
    private static final int DIGITS = 9;

    private AdlRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("adl_rank", (input, _) -> rank(input));
        rules.put("adl_rank_and_close", (input, _) -> rankAndClose(input));
        rules.put("adl_policy_pro_rata", (input, _) -> proRata(input));
        rules.put("adl_policy_queue", (input, _) -> inOrder(input));
    }

    /**
     * Equity is 1 and profit is the score, so that profit ÷ equity, by which the queue ranks, is
     * the score.
     */
    private static Figure.Named rank(Input input) {
        List<BigDecimal> scores = new ArrayList<>();
        for (Input account : input.get("accounts").items()) {
            scores.add(account.number("pnlPct").multiply(account.number("leverage")));
        }
        Scale scale = Scale.finest(scores, DIGITS);
        List<AdlCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            candidates.add(candidate(place(i), BigDecimal.ONE, scores.get(i), scale));
        }
        List<AdlCandidate> queue = AdlQueue.rank(candidates);
        List<Figure> order = new ArrayList<>();
        for (AdlCandidate candidate : candidates) {
            int rank = queue.indexOf(candidate);
            order.add(rank < 0 ? new Figure.Absent() : Figure.number(rank + 1));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put(
                "score",
                Figure.numbers(candidates.stream().map(c -> scale.of(c.unrealizedPnl())).toList()));
        figures.put("order", new Figure.Many(order));
        return new Figure.Named(figures);
    }

    private static Figure.Named rankAndClose(Input input) {
        Map<AccountId, String> names = new LinkedHashMap<>();
        List<Input> accounts = input.get("accounts").items();
        Scale scale = Scale.finest(accounts.stream().map(a -> a.number("score")).toList(), DIGITS);
        List<AdlCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            AdlCandidate candidate =
                    candidate(
                            place(i),
                            accounts.get(i).number("qty"),
                            accounts.get(i).number("score"),
                            scale);
            candidates.add(candidate);
            names.put(candidate.account(), accounts.get(i).get("id").text());
        }
        List<AdlCandidate> queue = AdlQueue.rank(candidates);
        // Lots of the size of the smallest unit; at a mark equal to the close price nobody's profit
        // is a limit.
        BigDecimal price = input.number("bankruptcyPrice");
        Price close = Scale.PLAIN.price(price);
        AdlRequest request =
                new AdlRequest(
                        new InstrumentId("market"),
                        Scale.PLAIN.quantity(input.number("deleverageQty")),
                        new AdlRequest.Prices(close, close),
                        new Quantity(1),
                        AdlRequest.Limits.FULL);
        AdlPlan plan = AdlPolicy.QUEUE.plan(request, candidates);
        Map<String, Figure> fills = new LinkedHashMap<>();
        Map<String, Figure> remaining = new LinkedHashMap<>();
        for (AdlAllocation allocation : plan.allocations()) {
            String name = names.getOrDefault(allocation.account(), "");
            fills.put(name, new Figure.Num(Scale.PLAIN.of(allocation.size().abs())));
            queue.stream()
                    .filter(c -> c.account().equals(allocation.account()))
                    .map(c -> c.size().abs().minus(allocation.size().abs()))
                    .filter(left -> !left.isZero())
                    .forEach(left -> remaining.put(name, new Figure.Num(Scale.PLAIN.of(left))));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put(
                "order",
                new Figure.Many(
                        queue.stream()
                                .<Figure>map(
                                        c -> new Figure.Word(names.getOrDefault(c.account(), "")))
                                .toList()));
        figures.put(
                "percentiles",
                new Figure.Many(
                        AdlQueue.percentiles(queue).stream()
                                .<Figure>map(percentile -> Figure.number(percentile))
                                .toList()));
        figures.put("fills", new Figure.Named(fills));
        figures.put("remaining", new Figure.Named(remaining));
        figures.put("price", new Figure.Num(Scale.PLAIN.of(request.prices().bankruptcy())));
        return new Figure.Named(figures);
    }

    private static AdlCandidate candidate(
            String id, BigDecimal size, BigDecimal score, Scale scale) {
        return new AdlCandidate(
                new AccountId(id),
                Scale.PLAIN.quantity(size),
                scale.money(score),
                scale.money(BigDecimal.ONE));
    }

    /** Ids in the order of the list, so that ties go to the one that comes first. */
    private static String place(int index) {
        return String.format(Locale.ROOT, "account-%06d", index + 1);
    }

    private static Figure.Named proRata(Input input) {
        Round round = Round.of(input);
        List<Money> taken = PnlHaircuts.proRata(round.budget(), round.profits(), Rate.ONE);
        Map<String, Figure> figures = round.figures(taken);
        BigDecimal all = round.sum(taken);
        BigDecimal of = round.sum(round.profits().stream().map(p -> p.max(Money.ZERO)).toList());
        figures.put(
                "haircut",
                of.signum() == 0
                        ? new Figure.Absent()
                        : new Figure.Num(all.divide(of, Arithmetic.PRECISION)));
        return new Figure.Named(figures);
    }

    private static Figure.Named inOrder(Input input) {
        Round round = Round.of(input);
        List<Integer> places = new ArrayList<>();
        for (Input place : input.get("queueOrder").items()) {
            int index = place.number().intValueExact() - 1;
            if (index < 0 || index >= round.profits().size() || places.contains(index)) {
                throw new ShapeException(place.path() + " is no place of a winner: " + (index + 1));
            }
            places.add(index);
        }
        List<Money> queue = places.stream().map(i -> round.profits().get(i)).toList();
        List<Money> fromQueue = PnlHaircuts.inOrder(round.budget(), queue, Rate.ONE);
        List<Money> taken = new ArrayList<>(round.profits().stream().map(p -> Money.ZERO).toList());
        for (int i = 0; i < places.size(); i++) {
            taken.set(places.get(i), fromQueue.get(i));
        }
        Map<String, Figure> figures = round.figures(taken);
        List<BigDecimal> shares = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            if (round.profits().get(i).isPositive()) {
                shares.add(round.share(taken.get(i), round.profits().get(i)));
            }
        }
        figures.put("haircut", Figure.numbers(shares));
        return new Figure.Named(figures);
    }

    /** One round of haircuts: who has which profit, and how much is wanted. */
    private record Round(Scale scale, List<BigDecimal> equity, List<Money> profits, Money budget) {
        static Round of(Input input) {
            List<BigDecimal> profits = input.get("pnl").numbers();
            List<BigDecimal> equity = input.get("equity").numbers();
            if (profits.size() != equity.size()) {
                throw new ShapeException(
                        profits.size() + " profits, but equity of " + equity.size());
            }
            BigDecimal deficit = input.number("deficit");
            List<BigDecimal> amounts = new ArrayList<>(profits);
            amounts.add(deficit);
            Scale scale = Scale.finest(amounts, DIGITS);
            Money budget =
                    PnlHaircuts.budget(
                            scale.money(deficit),
                            Scale.rate(input.numberOr(BigDecimal.ONE, "theta")));
            return new Round(scale, equity, profits.stream().map(scale::money).toList(), budget);
        }

        Map<String, Figure> figures(List<Money> taken) {
            List<BigDecimal> seized = new ArrayList<>();
            List<BigDecimal> after = new ArrayList<>();
            for (int i = 0; i < taken.size(); i++) {
                if (profits.get(i).isPositive()) {
                    seized.add(scale.of(taken.get(i)));
                }
                after.add(scale.of(scale.money(equity.get(i)).minus(taken.get(i))));
            }
            Map<String, Figure> figures = new LinkedHashMap<>();
            figures.put("budget", new Figure.Num(scale.of(budget)));
            figures.put("seized", Figure.numbers(seized));
            figures.put("equityAfter", Figure.numbers(after));
            return figures;
        }

        BigDecimal share(Money taken, Money profit) {
            return scale.of(taken).divide(scale.of(profit), Arithmetic.PRECISION);
        }

        BigDecimal sum(List<Money> amounts) {
            return amounts.stream().map(scale::of).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }
}
