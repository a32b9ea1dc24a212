package io.delever.liquidation.grpc;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.engine.liquidation.AdlLeg;
import io.delever.engine.liquidation.CaseFill;
import io.delever.engine.liquidation.CaseIds;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.CaseState;
import io.delever.engine.liquidation.CaseStep;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.money.Money;
import io.delever.liquidation.core.CaseSummary;
import java.util.Optional;

/** Cases as messages. */
final class CaseMessages {
    private CaseMessages() {}

    static Case summary(CaseSummary value) {
        return builder(value).build();
    }

    static Case full(LiquidationCase value) {
        Case.Builder message = builder(CaseSummary.of(value));
        for (CaseStep step : value.steps()) {
            message.addSteps(step(value, step));
        }
        return message.build();
    }

    private static Case.Builder builder(CaseSummary value) {
        return Case.newBuilder()
                .setCaseId(value.id().value())
                .setAccountId(value.account().value())
                .setState(state(value.state()))
                .setOutcome(outcome(value.outcome()))
                .setOpenedAtNanos(value.openedAtNanos())
                .setUpdatedAtNanos(value.updatedAtNanos())
                .setClosedNotionalE8(value.totals().closedNotional().e8())
                .setFeeE8(value.totals().fee().e8())
                .setFundPaidE8(value.totals().fundPaid().e8())
                .setAdlNotionalE8(value.totals().adlNotional().e8())
                .setEquityAtOpenE8(value.equityAtOpen().e8())
                .setMaintenanceMarginAtOpenE8(value.maintenanceMarginAtOpen().e8());
    }

    private static io.delever.contracts.liquidation.v1.CaseState state(CaseState state) {
        return switch (state) {
            case OPEN -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_OPEN;
            case REDUCING -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_REDUCING;
            case FROZEN -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_FROZEN;
            case DELEVERAGING ->
                    io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_DELEVERAGING;
            case COVERING -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_COVERING;
            case UNCOVERED -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_UNCOVERED;
            case CLOSED -> io.delever.contracts.liquidation.v1.CaseState.CASE_STATE_CLOSED;
        };
    }

    private static io.delever.contracts.liquidation.v1.CaseOutcome outcome(
            Optional<CaseOutcome> outcome) {
        if (outcome.isEmpty()) {
            return io.delever.contracts.liquidation.v1.CaseOutcome.CASE_OUTCOME_UNSPECIFIED;
        }
        return switch (outcome.get()) {
            case RECOVERED ->
                    io.delever.contracts.liquidation.v1.CaseOutcome.CASE_OUTCOME_RECOVERED;
            case CLOSED_OUT ->
                    io.delever.contracts.liquidation.v1.CaseOutcome.CASE_OUTCOME_CLOSED_OUT;
            case COVERED_BY_FUND ->
                    io.delever.contracts.liquidation.v1.CaseOutcome.CASE_OUTCOME_COVERED_BY_FUND;
        };
    }

    private static io.delever.contracts.liquidation.v1.CaseStep step(
            LiquidationCase value, CaseStep step) {
        io.delever.contracts.liquidation.v1.CaseStep.Builder message =
                io.delever.contracts.liquidation.v1.CaseStep.newBuilder()
                        .setNumber(step.number())
                        .setExplanation(step.explanation())
                        .setPlannedAtNanos(step.plannedAtNanos())
                        .setFinished(step.isFinished());
        step.finishedAtNanos().ifPresent(message::setFinishedAtNanos);
        switch (step) {
            case CaseStep.Order order -> order(value, order, message);
            case CaseStep.Adl adl -> adl(value, adl, message);
            case CaseStep.Draw draw ->
                    message.setKind(StepKind.STEP_KIND_FUND_DRAW)
                            .setAssetId(draw.asset().value())
                            .setAmountE8(draw.drawn().orElse(Money.ZERO).e8());
        }
        return message.build();
    }

    private static void order(
            LiquidationCase value,
            CaseStep.Order order,
            io.delever.contracts.liquidation.v1.CaseStep.Builder message) {
        message.setKind(StepKind.STEP_KIND_ORDER)
                .setInstrumentId(order.plan().instrument().value())
                .setSizeE8(order.plan().size().e8())
                .setPriceE8(order.plan().limit().e8())
                .setMarkPriceE8(order.plan().mark().e8())
                .setClientOrderId(CaseIds.clientOrder(value.id(), order.number()));
        for (CaseFill fill : order.fills()) {
            message.addFills(
                    io.delever.contracts.liquidation.v1.CaseFill.newBuilder()
                            .setFillId(fill.fill().fillId())
                            .setSizeE8(fill.fill().size().e8())
                            .setPriceE8(fill.fill().price().e8())
                            .setFeeE8(fill.fee().e8())
                            .setBooked(fill.stage() == CaseFill.Stage.BOOKED));
        }
    }

    private static void adl(
            LiquidationCase value,
            CaseStep.Adl adl,
            io.delever.contracts.liquidation.v1.CaseStep.Builder message) {
        message.setKind(StepKind.STEP_KIND_ADL)
                .setInstrumentId(adl.terms().instrument().value())
                .setSizeE8(adl.terms().size().e8())
                .setPriceE8(adl.terms().price().e8())
                .setMarkPriceE8(adl.terms().mark().e8());
        for (int leg = 0; leg < adl.legs().size(); leg++) {
            AdlLeg each = adl.legs().get(leg);
            message.addFills(
                    io.delever.contracts.liquidation.v1.CaseFill.newBuilder()
                            .setFillId(CaseIds.adlTrade(value.id(), adl.number(), leg))
                            .setSizeE8(each.allocation().size().e8())
                            .setPriceE8(adl.terms().price().e8())
                            .setCounterpartyAccountId(each.allocation().counterparty().value())
                            .setBooked(each.stage() == AdlLeg.Stage.BOOKED));
        }
    }
}
