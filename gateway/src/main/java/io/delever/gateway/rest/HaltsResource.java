package io.delever.gateway.rest;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.HaltInstrumentRequest;
import io.delever.contracts.price.v1.ResumeInstrumentRequest;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.view.HaltViews.HaltRequest;
import io.delever.gateway.rest.view.HaltViews.HaltView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

/** Operators halt prices and resume them (GATE-046). */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Prices", description = "Index and mark prices with their state")
public class HaltsResource {
    @Inject Upstreams upstreams;
    @Inject Changes changes;

    /** Makes a price STALE until it is resumed. */
    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/halt")
    @Operation(
            summary = "Halt an instrument",
            description =
                    "Its price is STALE with the hold HALTED, whatever its sources say, until it is"
                            + " resumed: nothing is liquidated on it and risk may only be reduced."
                            + " Durable when answered.")
    public HaltView halt(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            HaltRequest sent) {
        HaltInstrumentRequest request =
                HaltInstrumentRequest.newBuilder()
                        .setCommandId(RequestParts.idempotencyKey(key))
                        .setInstrumentId(instrument)
                        .setReason(RequestParts.body(sent).reason())
                        .build();
        return changes.make(
                new Changes.Asked("HALT_INSTRUMENT", request.getCommandId(), Changes.text(request)),
                price(instrument),
                () ->
                        HaltView.of(
                                upstreams.priceAdmin(s -> s.haltInstrument(request)).getChange()));
    }

    /** Ends a halt. */
    @POST
    @RolesAllowed({Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/resume")
    @Operation(
            summary = "Resume a halted instrument",
            description = "Its price is that of its sources again. Durable when answered.")
    public HaltView resume(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            HaltRequest sent) {
        ResumeInstrumentRequest request =
                ResumeInstrumentRequest.newBuilder()
                        .setCommandId(RequestParts.idempotencyKey(key))
                        .setInstrumentId(instrument)
                        .setReason(RequestParts.body(sent).reason())
                        .build();
        return changes.make(
                new Changes.Asked(
                        "RESUME_INSTRUMENT", request.getCommandId(), Changes.text(request)),
                price(instrument),
                () ->
                        HaltView.of(
                                upstreams
                                        .priceAdmin(s -> s.resumeInstrument(request))
                                        .getChange()));
    }

    private Supplier<String> price(String instrument) {
        GetPriceRequest request = GetPriceRequest.newBuilder().setInstrumentId(instrument).build();
        return () -> Changes.text(upstreams.price(s -> s.getPrice(request)).getPrice());
    }
}
