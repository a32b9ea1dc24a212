package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a case means for the insurance fund. A host answers {@link CaseAction.ReserveFund} and
 * {@link CaseAction.DrawFund} from here and persists the fund's events together with the case's,
 * with no other use of the fund in between.
 */
public final class CaseFunding {
    private CaseFunding() {}

    /** Reserves all or nothing. */
    public static CaseInput.FundAnswered answer(
            CaseAction.ReserveFund action, InsuranceFund fund, long timeNanos) {
        Money available = fund.balance(action.asset()).available();
        boolean covered = available.compareTo(action.amount()) >= 0;
        return new CaseInput.FundAnswered(covered ? action.amount() : Money.ZERO, timeNanos);
    }

    /** Pays what is owed, as far as what is above the floor and what is held for the case go. */
    public static CaseInput.FundAnswered answer(
            CaseAction.DrawFund action, InsuranceFund fund, long timeNanos) {
        Money drawable = fund.balance(action.asset()).available().plus(action.held());
        return new CaseInput.FundAnswered(action.deficit().min(drawable), timeNanos);
    }

    /** Whether any of the events means something for the fund. */
    public static boolean concerns(List<CaseEvent> events) {
        return events.stream().anyMatch(CaseFunding::concerns);
    }

    private static boolean concerns(CaseEvent event) {
        return switch (event) {
            case CaseEvent.FundReserved e -> e.amount().isPositive();
            case CaseEvent.FillBooked e -> e.fee().isPositive();
            case CaseEvent.OrderFinished e -> true;
            case CaseEvent.FundDrawn e -> true;
            case CaseEvent.Closed e -> !e.released().isEmpty();
            case CaseEvent.Opened e -> false;
            case CaseEvent.Frozen e -> false;
            case CaseEvent.Unfrozen e -> false;
            case CaseEvent.OrderPlanned e -> false;
            case CaseEvent.OrderAbandoned e -> false;
            case CaseEvent.OrderEnded e -> false;
            case CaseEvent.FillRefused e -> false;
            case CaseEvent.AttemptFailed e -> false;
            case CaseEvent.AdlPlanned e -> false;
            case CaseEvent.AdlCounterpartyBooked e -> false;
            case CaseEvent.AdlLegRefused e -> false;
            case CaseEvent.AdlLegBooked e -> false;
            case CaseEvent.AdlFinished e -> false;
            case CaseEvent.AdlPaused e -> false;
            case CaseEvent.DrawPlanned e -> false;
            case CaseEvent.SettlementBooked e -> false;
            case CaseEvent.SettlementRefused e -> false;
            case CaseEvent.Uncovered e -> false;
            case CaseEvent.StepsExhausted e -> false;
        };
    }

    /**
     * Applies what the case's events mean for the fund and returns the fund's events, to be
     * persisted with them.
     *
     * @param before the case before the events
     * @throws IllegalStateException if the fund refuses, which the answers above rule out
     */
    public static List<FundEvent> apply(
            LiquidationCase before, List<CaseEvent> events, InsuranceFund fund) {
        List<FundEvent> result = new ArrayList<>();
        LiquidationCase now = before;
        for (CaseEvent event : events) {
            for (FundCommand command : commands(now, event)) {
                FundDecision decision = fund.decide(command);
                if (decision.reply() instanceof FundReply.Refused(var reason, String detail)) {
                    throw new IllegalStateException(
                            "case "
                                    + before.id()
                                    + ": the fund refused, "
                                    + reason
                                    + ": "
                                    + detail);
                }
                decision.events().forEach(fund::apply);
                result.addAll(decision.events());
            }
            now = now.apply(event);
        }
        return List.copyOf(result);
    }

    private static List<FundCommand> commands(LiquidationCase now, CaseEvent event) {
        return switch (event) {
            case CaseEvent.FundReserved e ->
                    List.of(
                            new FundCommand.Reserve(
                                    CaseIds.reservation(now.id(), e.step()),
                                    e.asset(),
                                    e.amount()));
            case CaseEvent.FillBooked e when e.fee().isPositive() ->
                    List.of(
                            new FundCommand.CreditFee(
                                    CaseIds.fill(now.id(), e.fillId()),
                                    e.asset(),
                                    e.fee(),
                                    now.id().value(),
                                    e.timeNanos()));
            case CaseEvent.OrderFinished e -> orderFinished(now, e);
            case CaseEvent.FundDrawn e -> drawn(now, e);
            case CaseEvent.Closed e -> releaseAll(now, Optional.empty());
            case CaseEvent.Opened e -> List.of();
            case CaseEvent.Frozen e -> List.of();
            case CaseEvent.Unfrozen e -> List.of();
            case CaseEvent.OrderPlanned e -> List.of();
            case CaseEvent.OrderAbandoned e -> List.of();
            case CaseEvent.OrderEnded e -> List.of();
            case CaseEvent.FillBooked e -> List.of();
            case CaseEvent.FillRefused e -> List.of();
            case CaseEvent.AttemptFailed e -> List.of();
            case CaseEvent.AdlPlanned e -> List.of();
            case CaseEvent.AdlCounterpartyBooked e -> List.of();
            case CaseEvent.AdlLegRefused e -> List.of();
            case CaseEvent.AdlLegBooked e -> List.of();
            case CaseEvent.AdlFinished e -> List.of();
            case CaseEvent.AdlPaused e -> List.of();
            case CaseEvent.DrawPlanned e -> List.of();
            case CaseEvent.SettlementBooked e -> List.of();
            case CaseEvent.SettlementRefused e -> List.of();
            case CaseEvent.Uncovered e -> List.of();
            case CaseEvent.StepsExhausted e -> List.of();
        };
    }

    private static List<FundCommand> orderFinished(
            LiquidationCase now, CaseEvent.OrderFinished event) {
        Money reserved =
                now.steps().get(event.step() - 1) instanceof CaseStep.Order order
                        ? order.plan().fundNeed()
                        : Money.ZERO;
        if (reserved.isZero()) {
            return List.of();
        }
        List<FundCommand> commands = new ArrayList<>();
        commands.add(new FundCommand.Release(CaseIds.reservation(now.id(), event.step())));
        Money used = reserved.minus(event.released());
        if (used.isPositive()) {
            commands.add(
                    new FundCommand.Reserve(
                            CaseIds.used(now.id(), event.step()), event.asset(), used));
        }
        return commands;
    }

    private static List<FundCommand> drawn(LiquidationCase now, CaseEvent.FundDrawn event) {
        List<FundCommand> commands = new ArrayList<>(releaseAll(now, Optional.of(event.asset())));
        if (event.amount().isPositive()) {
            commands.add(
                    new FundCommand.Draw(
                            CaseIds.draw(now.id(), event.step()),
                            event.asset(),
                            event.amount(),
                            now.id().value(),
                            Optional.empty(),
                            event.timeNanos()));
        }
        return commands;
    }

    /** Ends what is held for finished orders; ending what is not held changes nothing. */
    private static List<FundCommand> releaseAll(LiquidationCase now, Optional<AssetId> asset) {
        List<FundCommand> commands = new ArrayList<>();
        for (CaseStep step : now.steps()) {
            if (step instanceof CaseStep.Order order
                    && order.plan().fundNeed().isPositive()
                    && asset.map(order.plan().settlement()::equals).orElse(true)) {
                commands.add(new FundCommand.Release(CaseIds.used(now.id(), order.number())));
            }
        }
        return commands;
    }
}
