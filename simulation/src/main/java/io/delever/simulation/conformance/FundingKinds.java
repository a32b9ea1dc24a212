package io.delever.simulation.conformance;

import io.delever.engine.money.Price;
import io.delever.engine.money.Ratio;
import io.delever.engine.pricing.FundingRules;
import io.delever.engine.pricing.FundingRules.Bounds;
import io.delever.engine.pricing.PriceAverages;
import io.delever.engine.pricing.PriceAverages.Gap;
import io.delever.engine.pricing.PriceAverages.PricePoint;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Funding rates, indices and payments. */
final class FundingKinds {
    private static final long HOURS_8_IN_SECONDS = 28_800;
    private static final long DEFAULT_QUOTE_RESOLUTION = -6;
    private static final Ratio RATE_FACTOR = Ratio.of(6);

    private FundingKinds() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("twap_with_auction_gap", (input, _) -> averages(input));
        rules.put("funding_rate", (input, _) -> rate(input));
        rules.put("funding_rate_premium", (input, _) -> premium(input));
        rules.put("funding_index_delta", (input, _) -> indexDelta(input));
        rules.put("funding_settlement_ppm", (input, _) -> settlement(input));
        rules.put("funding_cash", FundingKinds::cash);
        rules.put("funding_payment_and_margin", (input, _) -> payment(input));
        rules.put("pnl_with_funding", FundingKinds::profit);
    }

    private static Figure.Named averages(Input input) {
        long period = input.startingWith("period").number().longValueExact();
        List<Input> gap = input.startingWith("exclude").items();
        List<Gap> gaps =
                List.of(
                        new Gap(
                                gap.getFirst().number().longValueExact(),
                                gap.getLast().number().longValueExact()));
        Ratio internal = average(input.get("internalPoints"), period, gaps);
        Ratio external = average(input.get("externalPoints"), period, gaps);
        long auction = gaps.getFirst().endNanos() - gaps.getFirst().startNanos();
        Ratio payment = FundingRules.withoutAuction(internal.minus(external), period, auction);
        return new Exact.Figures()
                .with("internalTwap", internal)
                .with("externalTwap", external)
                .with("fundingPayment", payment)
                .named();
    }

    private static Ratio average(Input points, long end, List<Gap> gaps) {
        List<PricePoint> series =
                points.items().stream()
                        .map(
                                point ->
                                        new PricePoint(
                                                point.item(0).number().longValueExact(),
                                                Scale.PLAIN.price(point.item(1).number())))
                        .toList();
        Price average = PriceAverages.timeWeightedOutside(series, end, gaps);
        return Ratio.of(average);
    }

    private static Figure.Named rate(Input input) {
        return Exact.named(
                "fundingRate",
                FundingRules.rate(
                        Exact.of(input, "internalTwap"),
                        Exact.of(input, "externalTwap"),
                        Exact.or(Ratio.ONE, input, "scaling"),
                        Exact.bounds(input, "lowerBound", "upperBound")));
    }

    private static Figure.Named premium(Input input) {
        Ratio premium =
                FundingRules.premium(
                        Exact.find(input, "impactBid"),
                        Exact.find(input, "impactAsk"),
                        Exact.of(input, "spot", "index", "oracle"));
        Ratio interest = Exact.of(input, "interest");
        Ratio clamp = Exact.of(input, "clamp");
        Bounds cap = Exact.find(input, "cap").map(Bounds::symmetric).orElse(Bounds.NONE);
        return new Exact.Figures()
                .with("premium", premium)
                .with("clampTerm", FundingRules.interestTerm(premium, interest, clamp))
                .with("fundingRate", FundingRules.rateOfPremium(premium, interest, clamp, cap))
                .named();
    }

    /** In ppm of quote quantums for one base quantum, cut to a whole one. */
    private static Figure.Named indexDelta(Input input) {
        Ratio greatest =
                Exact.find(input, "clampPpm")
                        .orElseGet(
                                () ->
                                        FundingRules.greatestRate(
                                                RATE_FACTOR,
                                                Exact.of(input, "initialMarginPpm"),
                                                Exact.of(input, "maintenanceMarginPpm")));
        Ratio ppm = Bounds.symmetric(greatest).clamp(Exact.of(input, "premiumPpm8h"));
        long exponent =
                input.whole("priceExponent")
                        + input.whole("atomicResolution")
                        - input.wholeOr(DEFAULT_QUOTE_RESOLUTION, "quoteAtomicResolution");
        BigDecimal price = input.number("price").scaleByPowerOfTen(Math.toIntExact(exponent));
        Ratio delta =
                FundingRules.indexDelta(
                        ppm, Ratio.of(price), input.whole("tickSeconds"), HOURS_8_IN_SECONDS);
        return Figure.named("fundingIndexDelta", Exact.whole(delta));
    }

    private static Figure.Named settlement(Input input) {
        return Exact.named(
                "netSettlementPpm",
                FundingRules.settlement(
                        Exact.of(input, "indexNow"),
                        Exact.of(input, "indexAtLastSettle"),
                        Exact.of(input, "positionQuantums")));
    }

    /** The source's γ is what longs receive: a rate with the opposite sign. */
    private static Figure.Named cash(Input input, References references) {
        Ratio mark = Exact.of(input, "mark");
        Ratio rate = Exact.of(input, "gamma").negate();
        Map<String, Figure> byTrader = new LinkedHashMap<>();
        references
                .traders(input)
                .forEach(
                        (name, trader) ->
                                byTrader.put(
                                        name,
                                        Exact.figure(
                                                FundingRules.cash(
                                                        Ratio.of(trader.size()), mark, rate))));
        return Figure.named("fundingCash", new Figure.Named(byTrader));
    }

    private static Figure.Named payment(Input input) {
        Ratio mark = Exact.of(input, "fTwap");
        Ratio index = Exact.of(input, "sTwap");
        Ratio interest =
                Exact.or(Ratio.ZERO, input, "deltaT")
                        .times(Exact.or(Ratio.ZERO, input, "interestRate"));
        Bounds clamps = Exact.bounds(input, "clampLow", "clampHigh");
        // A clamp that is said to bind is the term, whatever the interest that is not said.
        Optional<Ratio> binding =
                input.find("bindingClamp")
                        .map(Input::text)
                        .flatMap(text -> text.equals("lower") ? clamps.low() : clamps.high());
        Bounds bounds = binding.isPresent() ? new Bounds(binding, binding) : clamps;
        Ratio payment = FundingRules.payment(mark, index, interest, bounds);
        Ratio margin =
                FundingRules.margin(
                        Exact.or(Ratio.ZERO, input, "fundingMarginFactor"),
                        payment,
                        Exact.or(Ratio.ZERO, input, "position"));
        return new Exact.Figures()
                .with("fundingPayment", payment)
                .with("fundingMargin", margin)
                .with("totalMargin", Exact.or(Ratio.ZERO, input, "futuresMargin").plus(margin))
                .named();
    }

    private static Figure.Named profit(Input input, References references) {
        Ratio move = Exact.of(input, "markTo").minus(Exact.of(input, "markFrom"));
        Map<String, BigDecimal> funding =
                input.has("includesFundingOf")
                        ? references.published(input.get("includesFundingOf"), "fundingCash")
                        : Map.of();
        Map<String, Figure> byTrader = new LinkedHashMap<>();
        references
                .traders(input)
                .forEach(
                        (name, trader) -> {
                            Ratio cash = Ratio.of(funding.getOrDefault(name, BigDecimal.ZERO));
                            byTrader.put(
                                    name,
                                    Exact.figure(Ratio.of(trader.size()).times(move).plus(cash)));
                        });
        return Figure.named("pnl", new Figure.Named(byTrader));
    }
}
