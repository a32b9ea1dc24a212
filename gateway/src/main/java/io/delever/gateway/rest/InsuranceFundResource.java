package io.delever.gateway.rest;

import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundResponse;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesRequest;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesResponse;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.view.CommandViews.MoneyRequest;
import io.delever.gateway.rest.view.FundViews.EntryList;
import io.delever.gateway.rest.view.FundViews.EntryView;
import io.delever.gateway.rest.view.FundViews.FundBalanceView;
import io.delever.gateway.rest.view.FundViews.FundView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** The insurance fund. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Insurance fund", description = "What pays deficits before anyone else loses")
public class InsuranceFundResource {
    private static final int MAX_PAGE = 1_000;

    @Inject Upstreams upstreams;
    @Inject Changes changes;

    /** The fund's balances. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/insurance-fund")
    @Operation(summary = "Balances of the insurance fund")
    public FundView fund() {
        GetInsuranceFundResponse response =
                upstreams.fund(
                        s -> s.getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance()));
        return new FundView(
                response.getBalancesList().stream().map(FundBalanceView::of).toList(),
                response.getBalanced());
    }

    /** A page of the fund's ledger, newest first. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/insurance-fund/entries")
    @Operation(summary = "Ledger entries of the insurance fund, newest first")
    public EntryList entries(
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
        ListLedgerEntriesRequest request =
                ListLedgerEntriesRequest.newBuilder()
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .setPageToken(pageToken.orElse(""))
                        .build();
        ListLedgerEntriesResponse response = upstreams.fund(s -> s.listLedgerEntries(request));
        String next = response.getNextPageToken();
        return new EntryList(
                response.getEntriesList().stream().map(EntryView::of).toList(),
                next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    /** Capital from the venue into the fund. */
    @POST
    @RolesAllowed({Roles.OPERATOR})
    @Path("/insurance-fund/contributions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Pay capital into the insurance fund",
            description = "Durable when answered; the answer is the balance after it.")
    public FundBalanceView contribute(
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            MoneyRequest sent) {
        MoneyRequest body = RequestParts.body(sent);
        ContributeToFundRequest request =
                ContributeToFundRequest.newBuilder()
                        .setCommandId(RequestParts.idempotencyKey(key))
                        .setAssetId(body.assetId())
                        .setAmountE8(body.amount().e8())
                        .build();
        Changes.Asked asked =
                new Changes.Asked(
                        "CONTRIBUTE_TO_FUND", request.getCommandId(), Changes.text(request));
        return changes.make(
                asked,
                () ->
                        Changes.text(
                                upstreams.fund(
                                        s ->
                                                s.getInsuranceFund(
                                                        GetInsuranceFundRequest
                                                                .getDefaultInstance()))),
                () ->
                        FundBalanceView.of(
                                upstreams.fund(s -> s.contributeToFund(request)).getBalance()));
    }
}
