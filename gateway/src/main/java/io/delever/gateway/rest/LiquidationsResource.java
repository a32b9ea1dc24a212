package io.delever.gateway.rest;

import io.delever.contracts.liquidation.v1.AdlSide;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseFill;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.GetAdlQueueRequest;
import io.delever.contracts.liquidation.v1.GetAdlQueueResponse;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.gateway.auth.Caller;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.view.AdlViews.AdlSimulationRequest;
import io.delever.gateway.rest.view.AdlViews.AdlSimulationView;
import io.delever.gateway.rest.view.CaseViews.AdlEntryView;
import io.delever.gateway.rest.view.CaseViews.AdlQueueView;
import io.delever.gateway.rest.view.CaseViews.CaseList;
import io.delever.gateway.rest.view.CaseViews.CaseView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Liquidation cases and the ADL queue. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Liquidations", description = "Cases, their steps, and the ADL queue")
public class LiquidationsResource {
    private static final String OTHER_ACCOUNT = "another-account";
    private static final int MAX_PAGE = 1_000;
    private static final long DEFAULT_GAP_PPM = 10_000;
    private static final long DEFAULT_SHOCK_PPM = 100_000;

    @Inject Upstreams upstreams;
    @Inject Caller caller;

    /** A page of cases, newest first. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/liquidations")
    @Operation(summary = "Liquidation cases, newest first, without steps")
    public CaseList cases(
            @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    @RestQuery
                    Optional<String> openOnly,
            @Parameter(example = "acc-1") @RestQuery Optional<String> account,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @RestQuery
                    Optional<String> pageSize,
            @RestQuery Optional<String> pageToken) {
        // The empty id is nobody's own account: a trader must name one.
        caller.mustSee(account.orElse(""));
        ListCasesRequest request =
                ListCasesRequest.newBuilder()
                        .setOpenOnly(RequestParts.flag("openOnly", openOnly))
                        .setAccountId(account.orElse(""))
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .setPageToken(pageToken.orElse(""))
                        .build();
        ListCasesResponse response = upstreams.liquidation(s -> s.listCases(request));
        String next = response.getNextPageToken();
        return new CaseList(
                response.getCasesList().stream().map(CaseView::summary).toList(),
                next.isEmpty() ? Optional.empty() : Optional.of(next),
                response.getTotalCount());
    }

    /** One case with its steps; 404 where it does not exist. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/liquidations/{caseId}")
    @Operation(summary = "One liquidation case with steps, fills and explanations")
    public CaseView caseById(@PathParam("caseId") String caseId) {
        GetCaseRequest request = GetCaseRequest.newBuilder().setCaseId(caseId).build();
        Case found = upstreams.liquidation(s -> s.getCase(request)).getCase();
        caller.mustSee(found.getAccountId());
        return CaseView.complete(withoutOthers(found, caller.visibleAccounts()));
    }

    /** A case without the ids of counterparties that the caller may not see (GATE-061). */
    private static Case withoutOthers(Case whole, Predicate<String> visible) {
        Case.Builder shown = whole.toBuilder();
        for (CaseStep.Builder step : shown.getStepsBuilderList()) {
            for (CaseFill.Builder fill : step.getFillsBuilderList()) {
                String other = fill.getCounterpartyAccountId();
                if (!other.isEmpty() && !visible.test(other)) {
                    fill.clearCounterpartyAccountId();
                    fill.setFillId(fill.getFillId().replace(other, OTHER_ACCOUNT));
                    step.setExplanation(step.getExplanation().replace(other, OTHER_ACCOUNT));
                }
            }
        }
        return shown.build();
    }

    /** Who would be asked first if ADL had to close one side of an instrument now. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/adl-queue")
    @Operation(
            summary = "Who would be auto-deleveraged first",
            description =
                    "The accounts on one side of an instrument, in the order ADL would ask them.")
    public AdlQueueView adlQueue(
            @Parameter(required = true, example = "BTC-PERP") @RestQuery
                    Optional<String> instrument,
            @Parameter(required = true, schema = @Schema(enumeration = {"long", "short"}))
                    @RestQuery
                    Optional<String> side,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @RestQuery
                    Optional<String> pageSize) {
        String instrumentId = RequestParts.required("instrument", instrument);
        AdlSide adlSide =
                RequestParts.oneOf(
                        AdlSide.class, "ADL_SIDE_", "side", RequestParts.required("side", side));
        GetAdlQueueRequest request =
                GetAdlQueueRequest.newBuilder()
                        .setInstrumentId(instrumentId)
                        .setSide(adlSide)
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .build();
        GetAdlQueueResponse queue = upstreams.liquidation(s -> s.getAdlQueue(request));
        return new AdlQueueView(
                instrumentId,
                adlSide == AdlSide.ADL_SIDE_LONG ? "LONG" : "SHORT",
                queue.getPolicy(),
                queue.getTotalCount(),
                queue.getOutlookSizePpm(),
                queue.getOutlookGapPpm(),
                queue.getEntriesList().stream().map(AdlEntryView::of).toList());
    }

    /** What every policy would take in a round that is only imagined. */
    @POST
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/adl/simulate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What would each ADL policy take now?",
            description =
                    "All policies side by side on the accounts as they are: needed, taken,"
                            + " overshoot, largest haircut, leverage afterwards. Changes nothing.")
    public AdlSimulationView simulateAdl(AdlSimulationRequest sent) {
        AdlSimulationRequest body = RequestParts.body(sent);
        AdlSide side = RequestParts.oneOf(AdlSide.class, "ADL_SIDE_", "side", body.side());
        SimulateAdlRequest request =
                SimulateAdlRequest.newBuilder()
                        .setInstrumentId(body.instrumentId())
                        .setSide(side)
                        .setSizeE8(body.size().e8())
                        .setGapPpm(body.gap().map(Ratio::ppm).orElse(DEFAULT_GAP_PPM))
                        .setShockPpm(body.shock().map(Ratio::ppm).orElse(DEFAULT_SHOCK_PPM))
                        .build();
        return AdlSimulationView.of(
                body.instrumentId(),
                side == AdlSide.ADL_SIDE_LONG ? "LONG" : "SHORT",
                upstreams.liquidation(s -> s.simulateAdl(request)));
    }
}
