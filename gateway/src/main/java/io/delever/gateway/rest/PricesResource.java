package io.delever.gateway.rest;

import io.delever.contracts.price.v1.CandleInterval;
import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.ListCandlesRequest;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.ListPricesResponse;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Timestamp;
import io.delever.gateway.rest.view.PriceViews;
import io.delever.gateway.rest.view.PriceViews.CandleList;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prices: newest and recent. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Prices", description = "Index and mark prices with their state")
public class PricesResource {
    private static final int CANDLES_PER_PAGE = 5_000;

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

    /** What the index price was, as price-service has kept it (GATE-045). */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/candles")
    @Operation(
            summary = "Candles of the index price",
            description =
                    "Open, high, low and close of each interval in which the price was usable; an"
                            + " interval without such a price has no candle.")
    public CandleList candles(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument,
            @Parameter(description = "1s, 1m, 5m or 1h.", example = "1m") @QueryParam("interval")
                    Optional<String> interval,
            @Parameter(description = "Start of the first candle, or before; else the oldest kept.")
                    @QueryParam("from")
                    Optional<String> from,
            @Parameter(description = "After the start of the last candle; else now.")
                    @QueryParam("to")
                    Optional<String> to,
            @Parameter(description = "1 to 5000, else 500.") @QueryParam("pageSize")
                    Optional<String> pageSize) {
        CandleInterval length =
                RequestParts.oneOf(
                        CandleInterval.class,
                        PriceViews.CANDLE_INTERVAL,
                        "interval",
                        RequestParts.required("interval", interval));
        ListCandlesRequest.Builder request =
                ListCandlesRequest.newBuilder()
                        .setInstrumentId(instrument)
                        .setInterval(length)
                        .setPageSize(RequestParts.pageSize(pageSize, CANDLES_PER_PAGE));
        RequestParts.time("from", from).map(Timestamp::epochNanos).ifPresent(request::setFromNanos);
        RequestParts.time("to", to).map(Timestamp::epochNanos).ifPresent(request::setToNanos);
        return CandleList.of(
                instrument, length, upstreams.priceHistory(s -> s.listCandles(request.build())));
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
