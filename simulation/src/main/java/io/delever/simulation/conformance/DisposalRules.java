package io.delever.simulation.conformance;

import io.delever.engine.liquidation.AuctionCurves;
import io.delever.engine.liquidation.LiabilityTransfer;
import io.delever.engine.liquidation.LiabilityTransfer.Multipliers;
import io.delever.engine.liquidation.LiabilityTransfer.Weights;
import io.delever.engine.liquidation.SocialisedLoss;
import io.delever.engine.liquidation.VenuePacing;
import io.delever.engine.liquidation.VenuePacing.AccountTotals;
import io.delever.engine.liquidation.VenuePacing.DisposalTerms;
import io.delever.engine.liquidation.VenuePacing.FeeRamp;
import io.delever.engine.liquidation.VenuePacing.FillTerms;
import io.delever.engine.liquidation.VenuePacing.PartTerms;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Ratio;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Auctions, pace and fees of partial liquidation, transfers of debts and shared losses. */
final class DisposalRules {
    private static final Money WHOLE = new Money(FixedPoint.ONE_E8);
    private static final long FUNDING_UNITS = 1_000_000_000L;
    private static final long INTEREST_UNITS = 10_000_000_000L;

    // Parameters of the source where its examples do not print them.
    private static final long GRACE_SLOTS = 1_500;
    private static final String FEE_PER_SLOT = "0.000001";
    private static final long DURATION_SLOTS = 150;

    private DisposalRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("auction_price_linear", (input, _) -> linear(input));
        rules.put("auction_price_exponential", (input, _) -> exponential(input));
        rules.put("dutch_auction_bid_price", (input, _) -> bid(input));
        rules.put("dutch_auction_max_proportion", (input, _) -> greatestShare(input));
        rules.put("fillable_price", (input, _) -> fillable(input));
        rules.put("max_pct_to_liquidate", (input, _) -> greatestPart(input));
        rules.put("liquidator_fee_ramp", (input, _) -> feeRamp(input));
        rules.put("perp_insurance_fee", (input, _) -> insuranceFee(input));
        rules.put("disposal_schedule", (input, _) -> disposal(input));
        rules.put("loss_socialisation", (input, _) -> socialised(input));
        rules.put("perp_bankruptcy_funding_delta", (input, _) -> fundingDelta(input));
        rules.put("deposit_socialised_loss", (input, _) -> depositDelta(input));
        rules.put("liability_transfer_to_cover_shortage", (input, _) -> toCover(input));
        rules.put("liability_implied_by_asset", (input, _) -> implied(input));
        rules.put("asset_transfer_for_liability", (input, _) -> assetFor(input));
    }

    private static Figure.Named linear(Input input) {
        Ratio top = Exact.of(input, "top");
        long duration = input.whole("tau");
        return Figure.named(
                "price",
                Exact.each(
                        input.get("t"),
                        t -> Exact.figure(AuctionCurves.linear(top, duration, whole(t)))));
    }

    private static Figure.Named exponential(Input input) {
        Ratio top = Exact.of(input, "top");
        Ratio cut = Exact.of(input, "cutPerSecond", "cut");
        long step = input.wholeOr(1, "step");
        return Figure.named(
                "price",
                Exact.each(
                        input.get("t"),
                        t -> Exact.figure(AuctionCurves.stepwise(top, cut, step, whole(t)))));
    }

    private static long whole(Ratio seconds) {
        try {
            return Exact.decimal(seconds).longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException("times are whole seconds, this is " + seconds);
        }
    }

    private static Figure.Named bid(Input input) {
        return Figure.named(
                "bid",
                Exact.each(
                        input.get("pct"),
                        share ->
                                Exact.figure(
                                        AuctionCurves.bid(
                                                Exact.of(input, "markToMarket"),
                                                Exact.or(Ratio.ZERO, input, "reservedCash"),
                                                Exact.of(input, "discount"),
                                                share))));
    }

    private static Figure.Named greatestShare(Input input) {
        Ratio value = Exact.of(input, "markToMarket");
        Ratio reserved = Exact.or(Ratio.ZERO, input, "reservedCash");
        Ratio discount = Exact.of(input, "discount");
        Ratio share =
                AuctionCurves.greatestShare(
                        Exact.of(input, "bufferMargin"), value, reserved, discount);
        return new Exact.Figures()
                .with("maxProportion", Exact.cut(share))
                .with(
                        "cashPaidFloor",
                        Exact.whole(AuctionCurves.bid(value, reserved, discount, share)))
                .named();
    }

    /** One maintenance rate for every market. */
    private static Figure.Named fillable(Input input) {
        Ratio rate = Exact.of(input, "mmf");
        Ratio equity = Exact.of(input, "quoteBalance");
        Ratio maintenance = Ratio.ZERO;
        Map<String, Input> positions = input.get("positions", "position").fields();
        for (Map.Entry<String, Input> one : positions.entrySet()) {
            Ratio notional =
                    Ratio.of(one.getValue().number())
                            .times(Exact.of(input.get("prices"), one.getKey()));
            equity = equity.plus(notional);
            maintenance = maintenance.plus(notional.abs().times(rate));
        }
        String market = input.get("market").text();
        Ratio size = Exact.of(input.get("positions", "position"), market);
        Ratio price = Exact.of(input.get("prices"), market);
        return Exact.named(
                "fillablePrice",
                VenuePacing.fillablePrice(
                        size,
                        price,
                        size.times(price).abs().times(rate),
                        new AccountTotals(equity, maintenance),
                        new FillTerms(
                                Exact.or(Ratio.ONE, input, "bankruptcyAdjustment"),
                                Exact.or("0.1", input, "spreadToMaintenanceRatio"))));
    }

    /** "shortageBelow" speaks of any shortage below that. */
    private static Figure.Named greatestPart(Input input) {
        PartTerms terms =
                new PartTerms(
                        Exact.or("50", input, "atOnceBelow"),
                        Exact.or("0.1", input, "initialPct"),
                        input.wholeOr(DURATION_SLOTS, "durationSlots"));
        Ratio shortage =
                Exact.find(input, "shortage")
                        .orElseGet(
                                () ->
                                        Exact.of(input, "shortageBelow")
                                                .times(Ratio.of(999_999, 1_000_000)));
        return Exact.named(
                "maxPct",
                VenuePacing.greatestPart(
                        shortage,
                        Exact.or(Ratio.ZERO, input, "marginFreed"),
                        input.wholeOr(0, "slotsElapsed"),
                        terms));
    }

    private static Figure.Named feeRamp(Input input) {
        FeeRamp ramp =
                new FeeRamp(
                        input.wholeOr(GRACE_SLOTS, "graceSlots"),
                        Exact.or(FEE_PER_SLOT, input, "feePerSlot"));
        return Exact.named(
                "fee",
                VenuePacing.liquidatorFee(
                        Exact.of(input, "baseFee"),
                        Exact.of(input, "maxFee"),
                        input.whole("slotsElapsed"),
                        ramp));
    }

    private static Figure.Named insuranceFee(Input input) {
        Ratio notional = Exact.of(input, "base").times(Exact.of(input, "price")).abs();
        return Exact.named(
                "insuranceFee",
                VenuePacing.insuranceFee(
                        Exact.of(input, "marginRatio"),
                        Exact.of(input, "liquidatorFee"),
                        Exact.of(input, "shortage").dividedBy(notional),
                        Exact.of(input, "maxInsuranceFee")));
    }

    private static Figure.Named disposal(Input input) {
        DisposalTerms terms =
                new DisposalTerms(
                        Exact.of(input, "disposalFraction"),
                        Exact.or(Ratio.ONE, input, "maxFractionConsumed"),
                        input.wholeOr(0, "fullDisposalSize"));
        List<Long> sizes =
                VenuePacing.disposal(
                        Math.abs(input.whole("networkPosition")),
                        input.whole("bookVolumeInBand"),
                        terms);
        return Figure.named("trades", new Figure.Many(sizes.stream().map(Figure::number).toList()));
    }

    /** In whole units. */
    private static Figure.Named socialised(Input input) {
        List<Money> gains = amounts(input.get("winnersGain"));
        Money collected = amounts(input.get("collected")).stream().reduce(Money.ZERO, Money::plus);
        List<Money> paid = SocialisedLoss.payouts(gains, collected, WHOLE);
        return Figure.named("paid", Figure.numbers(paid.stream().map(Scale.PLAIN::of).toList()));
    }

    private static List<Money> amounts(Input list) {
        return list.numbers().stream().map(Scale.PLAIN::money).toList();
    }

    /** Without a position nobody can pay, and there is no delta. */
    private static Figure.Named fundingDelta(Input input) {
        Ratio longs = Exact.of(input, "openInterestLong");
        Ratio shorts = Exact.of(input, "openInterestShort");
        Optional<Ratio> delta =
                longs.signum() == 0 && shorts.signum() == 0
                        ? Optional.empty()
                        : Optional.of(
                                SocialisedLoss.fundingDelta(
                                        Exact.of(input, "loss").abs(), longs, shorts));
        return Figure.named(
                "cumulativeFundingDelta_1e9",
                Exact.orAbsent(delta.map(one -> one.times(Ratio.of(FUNDING_UNITS)))));
    }

    private static Figure.Named depositDelta(Input input) {
        Ratio delta =
                SocialisedLoss.depositDelta(
                        Exact.of(input, "loss").abs(), Exact.of(input, "deposits"));
        return Exact.named("cumulativeInterestDelta_1e10", delta.times(Ratio.of(INTEREST_UNITS)));
    }

    private static Multipliers multipliers(Input input) {
        return new Multipliers(
                Exact.or(Ratio.ONE, input, "assetMultiplier"),
                Exact.or(Ratio.ONE, input, "liabilityMultiplier"));
    }

    private static Figure.Named toCover(Input input) {
        Weights weights =
                new Weights(Exact.of(input, "assetWeight"), Exact.of(input, "liabilityWeight"));
        return Figure.named(
                "liabilityAmount",
                LiabilityTransfer.toCover(
                                Exact.of(input, "shortage"),
                                Exact.of(input, "liabilityPrice"),
                                weights,
                                multipliers(input),
                                Exact.or(Ratio.ZERO, input, "insuranceFee"))
                        .map(Exact::cut)
                        .orElseGet(Figure.Absent::new));
    }

    private static Figure.Named implied(Input input) {
        Ratio value =
                Exact.find(input, "assetValue")
                        .orElseGet(
                                () ->
                                        Exact.of(input, "assetAmount")
                                                .times(Exact.of(input, "assetPrice")));
        Ratio liability =
                LiabilityTransfer.impliedLiability(
                        value, multipliers(input), Exact.of(input, "liabilityPrice"));
        return Figure.named("liabilityAmount", Exact.cut(liability));
    }

    private static Figure.Named assetFor(Input input) {
        Ratio asset =
                LiabilityTransfer.assetFor(
                        Exact.of(input, "liabilityAmount"),
                        Exact.of(input, "liabilityPrice"),
                        Exact.or(Ratio.ONE, input, "assetPrice"),
                        multipliers(input));
        return Figure.named("assetAmount", Exact.cut(asset));
    }
}
