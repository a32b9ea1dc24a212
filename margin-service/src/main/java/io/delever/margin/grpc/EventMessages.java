package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.margin.v1.StreamStandingsResponse;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.Standing;
import io.delever.engine.margin.StandingChange;
import io.delever.engine.margin.StandingState;
import io.delever.margin.core.EventHub;
import java.util.Optional;

/** What is told of accounts as the contracts have it. */
final class EventMessages {
    private EventMessages() {}

    static StreamRiskEventsResponse risk(String epoch, EventHub.Page<RiskTransition> page) {
        StreamRiskEventsResponse.Builder message =
                StreamRiskEventsResponse.newBuilder()
                        .setEpoch(epoch)
                        .setSequence(page.sequence())
                        .setSnapshot(page.snapshot());
        page.events().forEach(event -> message.addEvents(message(event)));
        return message.build();
    }

    static StreamStandingsResponse standings(String epoch, EventHub.Page<StandingChange> page) {
        StreamStandingsResponse.Builder message =
                StreamStandingsResponse.newBuilder()
                        .setEpoch(epoch)
                        .setSequence(page.sequence())
                        .setSnapshot(page.snapshot());
        page.events().forEach(event -> message.addEvents(message(event)));
        return message.build();
    }

    static io.delever.contracts.margin.v1.Standing standing(StandingState state) {
        io.delever.contracts.margin.v1.Standing.Builder message =
                io.delever.contracts.margin.v1.Standing.newBuilder()
                        .setStanding(standing(state.standing()))
                        .setWarningLevel(state.warningLevel());
        state.deadlineNanos().ifPresent(message::setDeadlineNanos);
        return message.build();
    }

    static AccountStanding standing(Standing standing) {
        return switch (standing) {
            case HEALTHY -> AccountStanding.ACCOUNT_STANDING_HEALTHY;
            case MARGIN_CALL -> AccountStanding.ACCOUNT_STANDING_MARGIN_CALL;
            case REDUCE_ONLY -> AccountStanding.ACCOUNT_STANDING_REDUCE_ONLY;
            case LIQUIDATABLE -> AccountStanding.ACCOUNT_STANDING_LIQUIDATABLE;
            case BANKRUPT -> AccountStanding.ACCOUNT_STANDING_BANKRUPT;
            case RECOVERED -> AccountStanding.ACCOUNT_STANDING_RECOVERED;
        };
    }

    /** The engine's standing; empty for a value that this version does not know. */
    static Optional<Standing> standing(AccountStanding standing) {
        return switch (standing) {
            case ACCOUNT_STANDING_HEALTHY -> Optional.of(Standing.HEALTHY);
            case ACCOUNT_STANDING_MARGIN_CALL -> Optional.of(Standing.MARGIN_CALL);
            case ACCOUNT_STANDING_REDUCE_ONLY -> Optional.of(Standing.REDUCE_ONLY);
            case ACCOUNT_STANDING_LIQUIDATABLE -> Optional.of(Standing.LIQUIDATABLE);
            case ACCOUNT_STANDING_BANKRUPT -> Optional.of(Standing.BANKRUPT);
            case ACCOUNT_STANDING_RECOVERED -> Optional.of(Standing.RECOVERED);
            case ACCOUNT_STANDING_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static RiskEvent message(RiskTransition event) {
        RiskEvent.Builder message =
                RiskEvent.newBuilder()
                        .setAccountId(event.account().value())
                        .setPrevious(AccountMessages.state(event.previous()))
                        .setCurrent(AccountMessages.state(event.current()))
                        .setEventTimeNanos(event.eventTimeNanos());
        event.figures()
                .ifPresent(
                        figures ->
                                message.setEquityE8(figures.equity().e8())
                                        .setAdjustedEquityE8(figures.adjustedEquity().e8())
                                        .setMaintenanceMarginE8(figures.maintenanceMargin().e8()));
        return message.build();
    }

    private static StandingEvent message(StandingChange change) {
        StandingEvent.Builder message =
                StandingEvent.newBuilder()
                        .setAccountId(change.account().value())
                        .setPrevious(standing(change.previous()))
                        .setCurrent(standing(change.current()))
                        .setTimeNanos(change.timeNanos());
        change.figures()
                .ifPresent(
                        figures ->
                                message.setEquityE8(figures.equity().e8())
                                        .setAdjustedEquityE8(figures.adjustedEquity().e8())
                                        .setMaintenanceMarginE8(figures.maintenanceMargin().e8()));
        return message.build();
    }
}
