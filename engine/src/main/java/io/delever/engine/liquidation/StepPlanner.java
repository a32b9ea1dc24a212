package io.delever.engine.liquidation;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.RiskTier;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much of a position is closed at which limit (LIQD-010 to LIQD-023). */
final class StepPlanner {
    private final LiquidationParameters parameters;

    StepPlanner(LiquidationParameters parameters) {
        this.parameters = parameters;
    }

    /** What can be ordered now. */
    sealed interface Proposal {
        /** This order. */
        record Ordered(OrderPlan plan, String explanation) implements Proposal {}

        /** Nothing, and why. */
        record Nothing(WaitReason reason, String explanation) implements Proposal {}
    }

    /**
     * The order that this book allows, within the bankruptcy price or, with the fund's cover,
     * beyond it.
     */
    Proposal propose(Candidate candidate, MarketDepth depth) {
        Optional<Price> collar = candidate.collarLimit(parameters.slippageCollar().ppm());
        if (collar.isEmpty()) {
            return nothing(WaitReason.DEPTH, candidate, "no tick lies within the slippage collar");
        }
        Optional<Price> safe = candidate.safeLimit(collar.get());
        if (safe.isPresent()) {
            Quantity visible = depth.within(candidate.selling(), safe.get());
            if (visible.signum() > 0) {
                Choice choice = size(candidate, safe.get(), visible);
                return ordered(candidate, choice, safe.get(), Money.ZERO);
            }
        }
        Quantity visible = depth.within(candidate.selling(), collar.get());
        if (visible.signum() == 0) {
            return nothing(
                    WaitReason.DEPTH,
                    candidate,
                    "nothing is visible at " + collar.get() + " or better");
        }
        if (safe.isPresent() && !candidate.isWorse(collar.get(), safe.get())) {
            return nothing(
                    WaitReason.DEPTH,
                    candidate,
                    "nothing is visible at " + safe.get() + " or better");
        }
        return beyondBankruptcy(candidate, collar.get(), visible);
    }

    /** Whether waiting for a better book would be at the fund's risk (LIQD-050). */
    static boolean isBeyondMarket(Candidate candidate, MarketDepth depth) {
        if (candidate.isBankrupt()) {
            return true;
        }
        Optional<Price> best = depth.best(candidate.selling());
        return best.isPresent()
                && candidate
                        .bankruptcyPrice()
                        .map(bankruptcy -> candidate.isWorse(best.get(), bankruptcy))
                        .orElse(false);
    }

    private Proposal beyondBankruptcy(Candidate candidate, Price limit, Quantity visible) {
        Choice choice = size(candidate, limit, visible);
        AssetId asset = candidate.instrument().settlement();
        Money available = candidate.observation().fundAvailable(asset);
        long lots = coveredLots(candidate, limit, choice.lots(), available);
        if (lots == 0) {
            return nothing(
                    WaitReason.FUND_COVER,
                    candidate,
                    "the book begins beyond the bankruptcy price and the fund has "
                            + available
                            + " "
                            + asset
                            + " for a possible deficit of "
                            + candidate.worstDeficit(candidate.sizeOf(1), limit)
                            + " a lot at "
                            + limit);
        }
        Money need = candidate.worstDeficit(candidate.sizeOf(lots), limit);
        Choice covered =
                lots == choice.lots()
                        ? choice
                        : new Choice(lots, "as much as the fund's " + available + " covers");
        return ordered(candidate, covered, limit, need);
    }

    /** Most lots whose worst-case deficit the fund has; the deficit grows with the size. */
    private static long coveredLots(
            Candidate candidate, Price limit, long wanted, Money available) {
        long covered = 0;
        long tooMany = wanted + 1;
        while (tooMany - covered > 1) {
            long middle = covered + (tooMany - covered) / 2;
            Money need = candidate.worstDeficit(candidate.sizeOf(middle), limit);
            if (need.compareTo(available) <= 0) {
                covered = middle;
            } else {
                tooMany = middle;
            }
        }
        return covered;
    }

    /**
     * So many lots, and why.
     *
     * @param lots ≥ 1
     */
    private record Choice(long lots, String why) {}

    private Choice size(Candidate candidate, Price limit, Quantity visible) {
        Choice wanted = withoutDust(candidate, smallest(candidate, limit));
        Quantity share =
                new Quantity(
                        FixedPoint.mulDiv(
                                visible.e8(),
                                parameters.sizing().depthShare().ppm(),
                                FixedPoint.ONE_PPM,
                                Rounding.FLOOR));
        long byDepth = Math.max(1, candidate.lotsOf(share));
        Choice bounded = wanted;
        if (bounded.lots() > byDepth) {
            bounded =
                    new Choice(
                            byDepth,
                            parameters.sizing().depthShare()
                                    + " of the "
                                    + visible
                                    + " visible within the limit");
        }
        long byCap = capLots(candidate);
        if (bounded.lots() > byCap) {
            bounded =
                    new Choice(
                            byCap,
                            "the step's notional cap " + parameters.sizing().stepNotionalCap());
        }
        return bounded;
    }

    private long capLots(Candidate candidate) {
        Quantity whole = candidate.sizeOf(candidate.lots());
        Money cap = parameters.sizing().stepNotionalCap();
        if (notional(candidate, whole).compareTo(cap) <= 0) {
            return candidate.lots();
        }
        long size =
                FixedPoint.mulDiv(
                        cap.e8(), FixedPoint.ONE_E8, candidate.held().mark().e8(), Rounding.FLOOR);
        return Math.max(1, candidate.lotsOf(new Quantity(size)));
    }

    private Choice withoutDust(Candidate candidate, Choice choice) {
        Quantity rest = candidate.size().minus(candidate.sizeOf(choice.lots()));
        boolean dust =
                !rest.isZero()
                        && notional(candidate, rest).compareTo(parameters.sizing().dustNotional())
                                < 0;
        return dust && choice.lots() < candidate.lots()
                ? new Choice(
                        candidate.lots(),
                        "the whole position, because a rest of " + rest + " would be dust")
                : choice;
    }

    private static Money notional(Candidate candidate, Quantity size) {
        return candidate.held().mark().times(size, Rounding.CEILING);
    }

    /** The smallest number of lots that reaches the target, or all of them (LIQD-011, LIQD-012). */
    private Choice smallest(Candidate candidate, Price limit) {
        Choice whole = new Choice(candidate.lots(), "the whole position, since no less suffices");
        if (candidate.isBankrupt()) {
            return whole;
        }
        CloseTrial trial = new CloseTrial(candidate, limit, parameters);
        Optional<Long> sufficient = someSufficient(candidate, trial);
        if (sufficient.isEmpty()) {
            return whole;
        }
        long tooFew = 0;
        long enough = sufficient.get();
        while (enough - tooFew > 1) {
            long middle = tooFew + (enough - tooFew) / 2;
            if (trial.reachesTarget(middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return new Choice(
                enough,
                "the smallest size that brings adjusted equity to "
                        + parameters.sizing().targetEquityRatio()
                        + " times maintenance margin");
    }

    /**
     * Some number of lots that reaches the target. Equity falls evenly with the size while
     * maintenance margin falls ever more slowly, so the surplus rises to one of the tier borders
     * and falls after it: where neither the whole position nor a border suffices, nothing does.
     */
    private static Optional<Long> someSufficient(Candidate candidate, CloseTrial trial) {
        List<Long> trials = new ArrayList<>();
        for (RiskTier tier : candidate.instrument().tiers().tiers().reversed()) {
            long keep =
                    candidate.lotsOf(
                            new Quantity(
                                    FixedPoint.mulDiv(
                                            tier.notionalFloor().e8(),
                                            FixedPoint.ONE_E8,
                                            candidate.held().mark().e8(),
                                            Rounding.FLOOR)));
            for (long lots = candidate.lots() - keep - 1;
                    lots <= candidate.lots() - keep + 1;
                    lots++) {
                if (lots > 0 && lots < candidate.lots()) {
                    trials.add(lots);
                }
            }
        }
        trials.add(candidate.lots());
        return trials.stream().sorted().filter(trial::reachesTarget).findFirst();
    }

    private Proposal ordered(Candidate candidate, Choice choice, Price limit, Money fundNeed) {
        Quantity size = candidate.sizeOf(choice.lots());
        OrderPlan plan =
                new OrderPlan(
                        candidate.instrument().id(),
                        candidate.instrument().settlement(),
                        candidate.trade(size),
                        limit,
                        candidate.held().mark(),
                        candidate.bankruptcyPrice(),
                        candidate.instrument().liquidationFee(),
                        fundNeed);
        String cover =
                fundNeed.isZero()
                        ? ""
                        : "; beyond the bankruptcy price, the fund holds " + fundNeed + " for it";
        String explanation =
                (candidate.selling() ? "Sell " : "Buy ")
                        + size
                        + " at "
                        + limit
                        + " or better: "
                        + choice.why()
                        + cover
                        + ". "
                        + Explanation.of(candidate);
        return new Proposal.Ordered(plan, explanation);
    }

    private static Proposal nothing(WaitReason reason, Candidate candidate, String why) {
        return new Proposal.Nothing(reason, "No order: " + why + ". " + Explanation.of(candidate));
    }

    /** The account as it would be after closing so many lots at the limit. */
    private static final class CloseTrial {
        private final Candidate candidate;
        private final Price limit;
        private final LiquidationParameters parameters;
        private final AccountSnapshot account;
        private final OrderPlan feeTerms;

        CloseTrial(Candidate candidate, Price limit, LiquidationParameters parameters) {
            this.candidate = candidate;
            this.limit = limit;
            this.parameters = parameters;
            account = AccountSnapshot.of(candidate.observation().account());
            feeTerms =
                    new OrderPlan(
                            candidate.instrument().id(),
                            candidate.instrument().settlement(),
                            candidate.trade(candidate.size()),
                            limit,
                            candidate.held().mark(),
                            candidate.bankruptcyPrice(),
                            candidate.instrument().liquidationFee(),
                            Money.ZERO);
        }

        boolean reachesTarget(long lots) {
            Optional<MarginFigures> after =
                    MarginCalculator.evaluate(
                                    after(candidate.sizeOf(lots)),
                                    candidate.observation().market(),
                                    parameters.margin())
                            .figures();
            return after.isPresent()
                    && FixedPoint.compareProducts(
                                    after.get().adjustedEquity().e8(),
                                    FixedPoint.ONE_PPM,
                                    after.get().maintenanceMargin().e8(),
                                    parameters.sizing().targetEquityRatio().ppm())
                            >= 0;
        }

        private AccountSnapshot after(Quantity size) {
            Position held = candidate.held().position();
            PositionChange change =
                    PositionChange.of(Optional.of(held), candidate.trade(size), limit);
            List<Position> positions = new ArrayList<>();
            for (Position position : account.positions()) {
                if (!position.instrument().equals(held.instrument())) {
                    positions.add(position);
                }
            }
            change.applyTo(held.instrument(), Optional.of(held)).ifPresent(positions::add);
            SortedMap<AssetId, Money> balances = new TreeMap<>(account.balances());
            AssetId settlement = candidate.instrument().settlement();
            Money balance = balances.getOrDefault(settlement, Money.ZERO);
            balances.put(
                    settlement,
                    balance.plus(change.realizedPnl()).minus(feeTerms.feeOf(size, limit)));
            return new AccountSnapshot(account.id(), balances, positions, account.leverages());
        }
    }
}
