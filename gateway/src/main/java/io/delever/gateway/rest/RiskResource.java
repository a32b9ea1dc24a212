package io.delever.gateway.rest;

import io.delever.contracts.sentiment.v1.GetCascadeRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningRequest;
import io.delever.contracts.sentiment.v1.GetEarlyWarningResponse;
import io.delever.contracts.sentiment.v1.ListWarningsRequest;
import io.delever.contracts.sentiment.v1.ListWarningsResponse;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.RiskViews.CascadeView;
import io.delever.gateway.rest.view.RiskViews.KeptWarningList;
import io.delever.gateway.rest.view.RiskViews.KeptWarningView;
import io.delever.gateway.rest.view.RiskViews.SkillView;
import io.delever.gateway.rest.view.RiskViews.WarningList;
import io.delever.gateway.rest.view.RiskViews.WarningView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** How likely forced closes are, and where a push would end (GATE-080, GATE-081). */
@Path("/v1/risk")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Early warning",
        description = "Probabilities of forced closes, and the fuel around the price")
public class RiskResource {
    private static final int MAX_PAGE = 1_000;

    @Inject Upstreams upstreams;

    /** The newest warnings and how the predictors did so far. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/early-warning")
    @Operation(summary = "Probability of forced closes within 15 min, 1, 4 and 24 hours")
    public WarningList warnings(
            @Parameter(example = "BTC-PERP", description = "Absent: every instrument.") @RestQuery
                    Optional<String> instrument) {
        GetEarlyWarningRequest request =
                GetEarlyWarningRequest.newBuilder().setInstrumentId(instrument.orElse("")).build();
        GetEarlyWarningResponse response = upstreams.sentiment(s -> s.getEarlyWarning(request));
        return new WarningList(
                response.getWarningsList().stream().map(WarningView::of).toList(),
                response.getSkillsList().stream().map(SkillView::of).toList());
    }

    /** A page of kept warnings, newest first. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/early-warning/history")
    @Operation(summary = "Kept warnings, newest first")
    public KeptWarningList history(
            @RestQuery Optional<String> instrument,
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
        ListWarningsRequest request =
                ListWarningsRequest.newBuilder()
                        .setInstrumentId(instrument.orElse(""))
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .setPageToken(pageToken.orElse(""))
                        .build();
        ListWarningsResponse response = upstreams.sentiment(s -> s.listWarnings(request));
        String next = response.getNextPageToken();
        return new KeptWarningList(
                response.getWarningsList().stream().map(KeptWarningView::of).toList(),
                next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    /** The fuel around the price of one instrument, and where a push would end. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/cascade")
    @Operation(summary = "Fuel above and below the price, and where a push would end")
    public CascadeView cascade(
            @Parameter(required = true, example = "BTC-PERP") @RestQuery
                    Optional<String> instrument,
            @Parameter(example = "-0.1", description = "A push as a share of the price.") @RestQuery
                    Optional<String> push) {
        GetCascadeRequest request =
                GetCascadeRequest.newBuilder()
                        .setInstrumentId(RequestParts.required("instrument", instrument))
                        .setPushPpm(push.map(RiskResource::share).orElse(0L))
                        .build();
        return CascadeView.of(upstreams.sentiment(s -> s.getCascade(request)));
    }

    private static long share(String text) {
        try {
            return Ratio.parse(text).ppm();
        } catch (IllegalArgumentException e) {
            throw Problems.badRequest(
                    "INVALID_PARAMETER", "push", "push is '" + text + "': " + e.getMessage());
        }
    }
}
