package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.RiskState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which accounts a list shows. The fields are filled from the query. */
public class AccountsFilter {
    /** Risk states; empty means all. */
    @Parameter(
            description = "Only these risk states; repeated or separated by commas.",
            example = "LIQUIDATABLE,BANKRUPT")
    @RestQuery
    public List<String> states = List.of();

    /** Standings; empty means all. */
    @Parameter(
            description = "Only these standings; repeated or separated by commas.",
            example = "MARGIN_CALL,REDUCE_ONLY")
    @RestQuery
    public List<String> standings = List.of();

    /** Only accounts with a position in it; absent means all. */
    @Parameter(
            description = "Only accounts with a position in this instrument.",
            example = "BTC-PERP")
    @RestQuery
    public Optional<String> instrument = Optional.empty();

    /** Narrows the request; a name that is none is a problem of the caller. */
    void applyTo(ListAccountsRequest.Builder request) {
        for (String state : separated(states)) {
            request.addStates(RequestParts.oneOf(RiskState.class, "RISK_STATE_", "states", state));
        }
        for (String standing : separated(standings)) {
            request.addStandings(
                    RequestParts.oneOf(
                            AccountStanding.class, "ACCOUNT_STANDING_", "standings", standing));
        }
        request.setInstrumentId(instrument.orElse(""));
    }

    private static List<String> separated(List<String> groups) {
        return groups.stream()
                .flatMap(group -> Arrays.stream(group.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
