package io.delever.gateway.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.StreamHub;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.view.AccountViews.RiskEventView;
import io.delever.gateway.rest.view.CaseViews.CaseView;
import io.delever.gateway.rest.view.PriceViews.PriceView;
import io.delever.gateway.rest.view.SentimentViews.ScoreView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

/** Server-sent events (GATE-030 to GATE-035). */
@Path("/v1/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
@NonBlocking
@Tag(
        name = "Streams",
        description =
                "Server-sent events. Each has an id epoch-sequence; a browser that reconnects with"
                        + " Last-Event-ID continues there, or gets a snapshot where that is too far"
                        + " back. Events named 'upstream' say whether the service behind the stream"
                        + " answers. A slow reader gets the newest value of each key.")
@APIResponse(
        responseCode = "default",
        description = "An error, as application/problem+json",
        content =
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class)))
@RegisterForReflection(
        targets = {PriceView.class, RiskEventView.class, CaseView.class, ScoreView.class})
public class StreamsResource {
    private static final String RESUME =
            "The id of the last event received; sent by browsers by themselves.";

    @Inject Feeds feeds;
    @Inject ObjectMapper json;
    @Inject @StreamExecutor Executor executor;
    @Context Sse sse;

    /** Prices as they change. */
    @GET
    @Path("/prices")
    @Operation(
            summary = "Prices as they change",
            description =
                    "Events named 'prices': {epoch, sequence, snapshot, more, prices: [Price]}.")
    public Multi<OutboundSseEvent> prices(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return stream(feeds.prices(), lastEventId, "prices", PriceView::of);
    }

    /** Changes of the risk state of accounts. */
    @GET
    @Path("/risk-events")
    @Operation(
            summary = "Changes of the risk state of accounts",
            description =
                    "Events named 'risk-events': {epoch, sequence, snapshot, more, events:"
                            + " [RiskEvent]}. A snapshot holds every account that is not healthy.")
    public Multi<OutboundSseEvent> riskEvents(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return stream(feeds.riskEvents(), lastEventId, "events", RiskEventView::of);
    }

    /** Liquidation cases as they change. */
    @GET
    @Path("/cases")
    @Operation(
            summary = "Liquidation cases as they change",
            description =
                    "Events named 'cases': {epoch, sequence, snapshot, more, cases: [Case without"
                            + " steps]}. A snapshot holds every open case.")
    public Multi<OutboundSseEvent> cases(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return stream(feeds.cases(), lastEventId, "cases", CaseView::summary);
    }

    /** Sentiment scores as they change. */
    @GET
    @Path("/sentiment")
    @Operation(
            summary = "Sentiment scores as they change",
            description =
                    "Events named 'sentiment': {epoch, sequence, snapshot, more, scores: [Score]}.")
    public Multi<OutboundSseEvent> sentiment(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return stream(feeds.sentiment(), lastEventId, "scores", ScoreView::of);
    }

    private <V> Multi<OutboundSseEvent> stream(
            StreamHub<V> hub,
            Optional<String> lastEventId,
            String field,
            Function<V, Object> view) {
        if (hub.readerCount() >= hub.limits().maxReaders()) {
            throw tooMany(hub);
        }
        EventStream.Format<V> format =
                new EventStream.Format<>(sse, field, value -> write(view.apply(value)));
        return Multi.createFrom()
                .publisher(
                        browser -> {
                            EventStream<V> stream =
                                    new EventStream<>(hub, lastEventId, format, executor, browser);
                            boolean added = hub.add(stream);
                            if (!added) {
                                stream.cancel();
                            }
                            browser.onSubscribe(stream);
                            if (!added) {
                                browser.onError(tooMany(hub));
                            }
                        });
    }

    private static ProblemException tooMany(StreamHub<?> hub) {
        int limit = hub.limits().maxReaders();
        return new ProblemException(
                Problem.of(
                                429,
                                "TOO_MANY_STREAMS",
                                hub.readerCount()
                                        + " readers are on the stream "
                                        + hub.name()
                                        + ", the limit is "
                                        + limit)
                        .about(
                                Optional.of(hub.name()),
                                Optional.of(Integer.toString(hub.readerCount())),
                                Optional.of(Integer.toString(limit))),
                Optional.of(Duration.ofSeconds(5)));
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
