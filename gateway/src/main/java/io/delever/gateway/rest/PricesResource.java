package io.delever.gateway.rest;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.ListPricesResponse;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.view.PriceViews.PriceList;
import io.delever.gateway.rest.view.PriceViews.PriceView;
import io.delever.gateway.rest.view.PriceViews.RecentPriceList;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prices: newest and recent. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Prices", description = "Index and mark prices with their state")
public class PricesResource {
    @Inject Upstreams upstreams;
    @Inject Feeds feeds;

    /** The newest price of every instrument. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices")
    @Operation(summary = "The newest price of every instrument")
    public PriceList prices() {
        ListPricesResponse response =
                upstreams.price(s -> s.listPrices(ListPricesRequest.getDefaultInstance()));
        return new PriceList(
                response.getSequence(),
                response.getPricesList().stream().map(PriceView::of).toList());
    }

    /** The newest price of one instrument; 404 where it is not listed. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}")
    @Operation(summary = "The newest price of one instrument")
    public PriceView price(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument) {
        GetPriceRequest request = GetPriceRequest.newBuilder().setInstrumentId(instrument).build();
        return PriceView.of(upstreams.price(s -> s.getPrice(request)).getPrice());
    }

    /** Marks of the last hour as this gateway saw them; empty where it saw none (GATE-041). */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/recent")
    @Operation(
            summary = "Mark prices of the last hour, for charts",
            description =
                    "Open, high, low and close of each five seconds as this gateway saw them since"
                            + " it started. For charts; not a record.")
    public RecentPriceList recent(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument) {
        return RecentPriceList.of(instrument, feeds.recentPrices().of(instrument));
    }
}
