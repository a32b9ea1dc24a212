package io.delever.gateway.rest;

import io.delever.contracts.price.v1.IndexAverage;
import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexMethod;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.OutlierRule;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.view.IndexViews;
import io.delever.gateway.rest.view.IndexViews.IndexView;
import io.delever.gateway.rest.view.IndexViews.MethodView;
import io.delever.gateway.rest.view.IndexViews.SourceView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

/** Constituents and weights of an index, changed at run time (GATE-047). */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Prices", description = "Index and mark prices with their state")
public class IndexResource {
    @Inject Upstreams upstreams;
    @Inject Changes changes;

    /** The definition that stands; 404 where the instrument is not listed. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/index")
    @Operation(summary = "Sources, weights and method of an index")
    public IndexView index(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument) {
        return standing(instrument)
                .map(IndexView::of)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                404,
                                                "UNKNOWN_INSTRUMENT",
                                                "the instrument is not listed")));
    }

    private Optional<IndexDefinition> standing(String instrument) {
        return upstreams
                .priceAdmin(s -> s.listInstruments(ListInstrumentsRequest.getDefaultInstance()))
                .getDefinitionsList()
                .stream()
                .filter(each -> each.getInstrumentId().equals(instrument))
                .findFirst();
    }

    /** Replaces the definition, or lists the instrument. */
    @PUT
    @RolesAllowed({Roles.RISK_ADMIN})
    @Path("/prices/{instrument}/index")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change sources, weights and method of an index",
            description =
                    "Takes effect at once; every version is kept. Durable when answered; the answer"
                            + " is what was stored first under the Idempotency-Key.")
    public IndexView put(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument,
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            IndexView sent) {
        PutInstrumentRequest request =
                PutInstrumentRequest.newBuilder()
                        .setCommandId(RequestParts.idempotencyKey(key))
                        .setDefinition(definition(instrument, RequestParts.body(sent)))
                        .build();
        return changes.make(
                new Changes.Asked("PUT_INDEX", request.getCommandId(), Changes.text(request)),
                () -> standing(instrument).map(Changes::text).orElse("not listed"),
                () ->
                        IndexView.of(
                                upstreams
                                        .priceAdmin(s -> s.putInstrument(request))
                                        .getDefinition()));
    }

    private static IndexDefinition definition(String instrument, IndexView view) {
        IndexDefinition.Builder definition =
                IndexDefinition.newBuilder()
                        .setInstrumentId(instrument)
                        .setMinimumSources(view.minimumSources())
                        .setOutlierLimitPpm(view.outlierLimit().ppm())
                        .setTickSizeE8(view.tickSize().e8());
        view.sources().stream().map(IndexResource::source).forEach(definition::addSources);
        view.method().map(IndexResource::method).ifPresent(definition::setMethod);
        return definition.build();
    }

    private static IndexSource source(SourceView view) {
        IndexSource.Builder source =
                IndexSource.newBuilder()
                        .setVenueId(view.venueId())
                        .setMarket(view.market())
                        .setWeight(view.weight())
                        .setStalenessLimitNanos(
                                nanos("stalenessLimitMillis", view.stalenessLimitMillis()))
                        .setOwnVenue(view.ownVenue().orElse(false));
        view.rateInstrumentId().ifPresent(source::setRateInstrumentId);
        view.depegLimit().map(Ratio::ppm).ifPresent(source::setDepegLimitPpm);
        return source.build();
    }

    private static IndexMethod method(MethodView view) {
        IndexMethod.Builder method = IndexMethod.newBuilder();
        view.outlierRule()
                .map(
                        text ->
                                RequestParts.oneOf(
                                        OutlierRule.class, "OUTLIER_RULE_", "outlierRule", text))
                .ifPresent(method::setOutlierRule);
        view.average()
                .map(
                        text ->
                                RequestParts.oneOf(
                                        IndexAverage.class, "INDEX_AVERAGE_", "average", text))
                .ifPresent(method::setAverage);
        view.volumeWindowMillis()
                .map(millis -> nanos("volumeWindowMillis", millis))
                .ifPresent(method::setVolumeWindowNanos);
        view.weightCap().map(Ratio::ppm).ifPresent(method::setWeightCapPpm);
        view.ownCap().map(Ratio::ppm).ifPresent(method::setOwnCapPpm);
        view.frozenAfterMillis()
                .map(millis -> nanos("frozenAfterMillis", millis))
                .ifPresent(method::setFrozenAfterNanos);
        view.frozenMove().map(Ratio::ppm).ifPresent(method::setFrozenMovePpm);
        return method.build();
    }

    /** What price-service would refuse anyway may not overflow on the way. */
    private static long nanos(String field, long millis) {
        if (millis < 0 || millis > Long.MAX_VALUE / IndexViews.MILLI) {
            throw RequestParts.invalid(field, Long.toString(millis), "0 or more, as nanoseconds");
        }
        return millis * IndexViews.MILLI;
    }
}
