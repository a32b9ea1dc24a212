package io.delever.simulation.replay;

import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.LiquidationCase;

/** Writes the events of a case that a person wants to read; bookkeeping in between is left out. */
final class CaseLines {
    private CaseLines() {}

    static void write(EventLog log, LiquidationCase one, CaseEvent event) {
        String id = one.id().value();
        long time = event.timeNanos();
        switch (event) {
            case CaseEvent.Opened e -> opened(log, one, e);
            case CaseEvent.Frozen e ->
                    log.write(time, "case frozen", "case", id, "unpriced", e.unpriced());
            case CaseEvent.Unfrozen e -> log.write(time, "case unfrozen", "case", id);
            case CaseEvent.OrderPlanned e -> orderPlanned(log, one, e);
            case CaseEvent.FundReserved e ->
                    log.write(time, "fund reserved", "case", id, "amount", e.amount());
            case CaseEvent.OrderAbandoned e ->
                    log.write(time, "order abandoned", "case", id, "step", e.step());
            case CaseEvent.OrderEnded e -> orderEnded(log, one, e);
            case CaseEvent.FillBooked e ->
                    log.write(time, "fill booked", "case", id, "fill", e.fillId(), "fee", e.fee());
            case CaseEvent.FillRefused e ->
                    log.write(
                            time,
                            "fill refused",
                            "case",
                            id,
                            "fill",
                            e.fillId(),
                            "reason",
                            e.reason());
            case CaseEvent.OrderFinished e -> {}
            case CaseEvent.AttemptFailed e ->
                    log.write(
                            time,
                            "attempt failed",
                            "case",
                            id,
                            "reason",
                            e.reason(),
                            "why",
                            e.explanation());
            case CaseEvent.AdlPlanned e -> adlPlanned(log, one, e);
            case CaseEvent.AdlCounterpartyBooked e -> {}
            case CaseEvent.AdlLegRefused e ->
                    log.write(time, "deleveraging refused", "case", id, "reason", e.reason());
            case CaseEvent.AdlLegBooked e -> {}
            case CaseEvent.AdlFinished e ->
                    log.write(time, "deleveraging finished", "case", id, "step", e.step());
            case CaseEvent.AdlPaused e ->
                    log.write(time, "deleveraging paused", "case", id, "reason", e.reason());
            case CaseEvent.DrawPlanned e -> {}
            case CaseEvent.FundDrawn e ->
                    log.write(time, "fund drawn", "case", id, "amount", e.amount());
            case CaseEvent.SettlementBooked e -> {}
            case CaseEvent.SettlementRefused e ->
                    log.write(time, "settlement refused", "case", id, "reason", e.reason());
            case CaseEvent.Uncovered e ->
                    log.write(time, "case uncovered", "case", id, "deficit", e.deficit());
            case CaseEvent.StepsExhausted e ->
                    log.write(time, "steps exhausted", "case", id, "limit", e.limit());
            case CaseEvent.Closed e -> closed(log, one, e);
        }
    }

    private static void opened(EventLog log, LiquidationCase one, CaseEvent.Opened e) {
        log.write(
                e.timeNanos(),
                "case opened",
                "case",
                one.id().value(),
                "account",
                one.account().value(),
                "equity",
                e.equity(),
                "maintenanceMargin",
                e.maintenanceMargin());
    }

    private static void orderPlanned(EventLog log, LiquidationCase one, CaseEvent.OrderPlanned e) {
        log.write(
                e.timeNanos(),
                "order planned",
                "case",
                one.id().value(),
                "account",
                one.account().value(),
                "step",
                e.step(),
                "instrument",
                e.plan().instrument().value(),
                "size",
                e.plan().size(),
                "limit",
                e.plan().limit(),
                "why",
                e.explanation());
    }

    private static void orderEnded(EventLog log, LiquidationCase one, CaseEvent.OrderEnded e) {
        log.write(
                e.timeNanos(),
                "order ended",
                "case",
                one.id().value(),
                "step",
                e.step(),
                "status",
                e.status(),
                "reason",
                e.rejectReason());
    }

    private static void adlPlanned(EventLog log, LiquidationCase one, CaseEvent.AdlPlanned e) {
        log.write(
                e.timeNanos(),
                "deleveraging planned",
                "case",
                one.id().value(),
                "account",
                one.account().value(),
                "instrument",
                e.terms().instrument().value(),
                "size",
                e.terms().size(),
                "price",
                e.terms().price(),
                "counterparties",
                e.allocations().size(),
                "why",
                e.explanation());
    }

    private static void closed(EventLog log, LiquidationCase one, CaseEvent.Closed e) {
        log.write(
                e.timeNanos(),
                "case closed",
                "case",
                one.id().value(),
                "account",
                one.account().value(),
                "outcome",
                e.outcome(),
                "closedNotional",
                one.totals().closedNotional(),
                "fee",
                one.totals().fee(),
                "fundPaid",
                one.totals().fundPaid(),
                "adlNotional",
                one.totals().adlNotional());
    }
}
