package io.delever.gateway.rest;

import io.delever.contracts.margin.v1.AssumedPrice;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.HypotheticalAccount;
import io.delever.contracts.margin.v1.HypotheticalPosition;
import io.delever.gateway.auth.Caller;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.view.AccountViews.MarginView;
import io.delever.gateway.rest.view.AccountViews.OrderCheckView;
import io.delever.gateway.rest.view.CommandViews.AssumedPriceRequest;
import io.delever.gateway.rest.view.CommandViews.BalanceRequest;
import io.delever.gateway.rest.view.CommandViews.EvaluateRequest;
import io.delever.gateway.rest.view.CommandViews.HypotheticalPositionRequest;
import io.delever.gateway.rest.view.CommandViews.OrderCheckRequest;
import io.delever.gateway.rest.view.ConservationViews.ConservationView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Calculations that change nothing. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Calculations", description = "Margin and order checks; nothing here changes state")
public class CalculationsResource {
    @Inject Upstreams upstreams;
    @Inject Caller caller;

    /** The margin of an account described in the request. */
    @POST
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/margin/evaluate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Margin of an account described in the request",
            description = "At the prices of the request, or the live ones where it names none.")
    public MarginView evaluate(EvaluateRequest sent) {
        EvaluateRequest body = RequestParts.body(sent);
        HypotheticalAccount.Builder account = HypotheticalAccount.newBuilder();
        body.account().balances().forEach(balance -> account.addBalances(toProto(balance)));
        body.account().positions().forEach(position -> account.addPositions(toProto(position)));
        EvaluateMarginRequest.Builder request =
                EvaluateMarginRequest.newBuilder().setAccount(account);
        body.prices().orElse(List.of()).forEach(price -> request.addPrices(toProto(price)));
        return MarginView.of(upstreams.margin(s -> s.evaluateMargin(request.build())).getMargin());
    }

    private static Balance toProto(BalanceRequest balance) {
        return Balance.newBuilder()
                .setAssetId(balance.assetId())
                .setAmountE8(balance.amount().e8())
                .build();
    }

    private static HypotheticalPosition toProto(HypotheticalPositionRequest position) {
        return HypotheticalPosition.newBuilder()
                .setInstrumentId(position.instrumentId())
                .setSizeE8(position.size().e8())
                .setEntryPriceE8(position.entryPrice().e8())
                .setLeveragePpm(position.leverage().map(Ratio::ppm).orElse(0L))
                .build();
    }

    private static AssumedPrice toProto(AssumedPriceRequest price) {
        return AssumedPrice.newBuilder()
                .setInstrumentId(price.instrumentId())
                .setPriceE8(price.price().e8())
                .build();
    }

    /**
     * Whether an order would leave enough initial margin; an order that does not pass is no error.
     */
    @POST
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/orders/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Would this order leave enough initial margin?",
            description =
                    "An order that does not pass is an answer, not an error: 200 with the reason"
                            + " and the greatest size that would pass.")
    public OrderCheckView checkOrder(OrderCheckRequest sent) {
        OrderCheckRequest body = RequestParts.body(sent);
        caller.mustSee(body.accountId());
        CheckOrderRequest request =
                CheckOrderRequest.newBuilder()
                        .setAccountId(body.accountId())
                        .setInstrumentId(body.instrumentId())
                        .setSizeE8(body.size().e8())
                        .setLimitPriceE8(body.limitPrice().e8())
                        .setReduceOnly(body.reduceOnly().orElse(false))
                        .build();
        return OrderCheckView.of(upstreams.margin(s -> s.checkOrder(request)));
    }

    /** The sums that must be zero. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/conservation")
    @Operation(
            summary = "Was any money or size made or lost?",
            description = "Computed afresh over all accounts; every residue must be exactly 0.")
    public ConservationView conservation() {
        return ConservationView.of(
                upstreams.margin(
                        s -> s.getConservation(GetConservationRequest.getDefaultInstance())));
    }
}
