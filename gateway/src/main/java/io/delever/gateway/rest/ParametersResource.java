package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListInstrumentsRequest;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.view.ParameterViews.AssetList;
import io.delever.gateway.rest.view.ParameterViews.AssetView;
import io.delever.gateway.rest.view.ParameterViews.InstrumentList;
import io.delever.gateway.rest.view.ParameterViews.InstrumentView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is listed, and with which risk parameters. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Parameters", description = "Instruments and assets")
public class ParametersResource {
    @Inject Upstreams upstreams;

    /** Every instrument, ordered by id. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/instruments")
    @Operation(summary = "Instruments and their risk tiers")
    public InstrumentList instruments() {
        return new InstrumentList(
                upstreams
                        .margin(s -> s.listInstruments(ListInstrumentsRequest.getDefaultInstance()))
                        .getInstrumentsList()
                        .stream()
                        .map(InstrumentView::of)
                        .toList());
    }

    /** Every collateral asset, ordered by id. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/assets")
    @Operation(summary = "Collateral assets and their haircuts")
    public AssetList assets() {
        return new AssetList(
                upstreams
                        .margin(s -> s.listAssets(ListAssetsRequest.getDefaultInstance()))
                        .getAssetsList()
                        .stream()
                        .map(AssetView::of)
                        .toList());
    }
}
