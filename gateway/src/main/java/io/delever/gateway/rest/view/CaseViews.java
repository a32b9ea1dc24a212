package io.delever.gateway.rest.view;

import io.delever.contracts.liquidation.v1.AdlQueueEntry;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseOutcome;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.StepKind;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Liquidation cases and the ADL queue as the gateway shows them. */
public final class CaseViews {
    private CaseViews() {}

    /** A page of cases, newest first, without steps. */
    public record CaseList(
            List<CaseView> cases,
            @Schema(description = "Absent at the end.") Optional<String> nextPageToken,
            @Schema(description = "Number of cases over all pages.") long totalCount) {}

    /** A liquidation case. */
    public record CaseView(
            String caseId,
            String accountId,
            @Schema(
                            enumeration = {
                                "OPEN",
                                "REDUCING",
                                "FROZEN",
                                "DELEVERAGING",
                                "COVERING",
                                "UNCOVERED",
                                "CLOSED"
                            })
                    String state,
            @Schema(
                            enumeration = {"RECOVERED", "CLOSED_OUT", "COVERED_BY_FUND"},
                            description = "Absent while it is open.")
                    Optional<String> outcome,
            Optional<Timestamp> openedAt,
            Optional<Timestamp> updatedAt,
            @Schema(description = "Sum of |size| × price over all fills.") Decimal closedNotional,
            Decimal fee,
            Decimal fundPaid,
            Decimal adlNotional,
            Decimal equityAtOpen,
            Decimal maintenanceMarginAtOpen,
            @Schema(description = "Only where one case is read.") Optional<List<StepView>> steps) {

        /** From the wire, without steps. */
        public static CaseView summary(Case c) {
            return of(c, Optional.empty());
        }

        /** From the wire, with steps. */
        public static CaseView complete(Case c) {
            return of(c, Optional.of(c.getStepsList().stream().map(StepView::of).toList()));
        }

        private static CaseView of(Case c, Optional<List<StepView>> steps) {
            return new CaseView(
                    c.getCaseId(),
                    c.getAccountId(),
                    Views.name(c.getState(), "CASE_STATE_"),
                    c.getOutcome() == CaseOutcome.CASE_OUTCOME_UNSPECIFIED
                            ? Optional.empty()
                            : Optional.of(Views.name(c.getOutcome(), "CASE_OUTCOME_")),
                    Timestamp.ofNonZero(c.getOpenedAtNanos()),
                    Timestamp.ofNonZero(c.getUpdatedAtNanos()),
                    new Decimal(c.getClosedNotionalE8()),
                    new Decimal(c.getFeeE8()),
                    new Decimal(c.getFundPaidE8()),
                    new Decimal(c.getAdlNotionalE8()),
                    new Decimal(c.getEquityAtOpenE8()),
                    new Decimal(c.getMaintenanceMarginAtOpenE8()),
                    steps);
        }
    }

    /** One step of a case: an order, an auto-deleveraging, or a draw on the insurance fund. */
    public record StepView(
            int number,
            @Schema(enumeration = {"ORDER", "ADL", "FUND_DRAW"}) String kind,
            Optional<String> instrumentId,
            @Schema(description = "+ buys back a short, − sells a long.") Optional<Decimal> size,
            @Schema(description = "ORDER: the limit; ADL: the price at which winners are closed.")
                    Optional<Decimal> price,
            @Schema(description = "When the step was planned.") Optional<Decimal> markPrice,
            Optional<String> clientOrderId,
            List<FillView> fills,
            @Schema(description = "FUND_DRAW only.") Optional<String> assetId,
            @Schema(description = "FUND_DRAW only.") Optional<Decimal> amount,
            boolean finished,
            Optional<Timestamp> plannedAt,
            Optional<Timestamp> finishedAt,
            @Schema(description = "Why this position, this size and this price.")
                    String explanation) {

        static StepView of(CaseStep step) {
            boolean draw = step.getKind() == StepKind.STEP_KIND_FUND_DRAW;
            return new StepView(
                    step.getNumber(),
                    Views.name(step.getKind(), "STEP_KIND_"),
                    Views.text(step.getInstrumentId()),
                    Views.decimal(!draw, step.getSizeE8()),
                    Views.decimal(step.getPriceE8() > 0, step.getPriceE8()),
                    Views.decimal(step.getMarkPriceE8() > 0, step.getMarkPriceE8()),
                    Views.text(step.getClientOrderId()),
                    step.getFillsList().stream().map(FillView::of).toList(),
                    Views.text(step.getAssetId()),
                    Views.decimal(draw, step.getAmountE8()),
                    step.getFinished(),
                    Timestamp.ofNonZero(step.getPlannedAtNanos()),
                    Timestamp.ofNonZero(step.getFinishedAtNanos()),
                    step.getExplanation());
        }
    }

    /** A fill of a step. */
    public record FillView(
            String fillId,
            Decimal size,
            Decimal price,
            Decimal fee,
            @Schema(description = "ADL only: the account on the other side.")
                    Optional<String> counterpartyAccountId,
            @Schema(description = "True once it stands in the account.") boolean booked) {

        static FillView of(CaseFill fill) {
            return new FillView(
                    fill.getFillId(),
                    new Decimal(fill.getSizeE8()),
                    new Decimal(fill.getPriceE8()),
                    new Decimal(fill.getFeeE8()),
                    Views.text(fill.getCounterpartyAccountId()),
                    fill.getBooked());
        }
    }

    /** Who would be asked first if one side of an instrument had to be closed now. */
    public record AdlQueueView(
            String instrumentId,
            String side,
            @Schema(description = "The policy of the instrument, by which entries are ordered.")
                    String policy,
            @Schema(description = "Accounts on this side that could be asked.") int totalCount,
            @Schema(
                            description =
                                    "What expectedHaircut assumes: this share of the size on this"
                                            + " side is closed, in ppm.")
                    long outlookSizePpm,
            @Schema(description = "And so far beyond mark, in ppm of it.") long outlookGapPpm,
            List<AdlEntryView> entries) {}

    /** A place in the ADL queue. */
    public record AdlEntryView(
            @Schema(description = "From 1.") int rank,
            String accountId,
            Decimal size,
            Decimal unrealizedPnl,
            Decimal equity,
            Decimal notional,
            @Schema(
                            description =
                                    "Share of the size on this side that stands before this account"
                                            + " or is its own, in ppm.")
                    long percentilePpm,
            @Schema(description = "Less than a tenth of the size stands before it.")
                    boolean topTenth,
            @Schema(description = "What it would give up in the round of the outlook.")
                    Decimal expectedHaircut) {

        /** From the wire. */
        public static AdlEntryView of(AdlQueueEntry entry) {
            return new AdlEntryView(
                    entry.getRank(),
                    entry.getAccountId(),
                    new Decimal(entry.getSizeE8()),
                    new Decimal(entry.getUnrealizedPnlE8()),
                    new Decimal(entry.getEquityE8()),
                    new Decimal(entry.getNotionalE8()),
                    entry.getPercentilePpm(),
                    entry.getTopTenth(),
                    new Decimal(entry.getExpectedHaircutE8()));
        }
    }
}
