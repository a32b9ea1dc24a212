package io.delever.gateway.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.gateway.auth.Caller;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.StreamHub;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.AccountViews.RiskEventView;
import io.delever.gateway.rest.view.AccountViews.StandingEventView;
import io.delever.gateway.rest.view.CaseViews.CaseView;
import io.delever.gateway.rest.view.PriceViews.PriceView;
import io.delever.gateway.rest.view.SentimentViews.ScoreView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Server-sent events (GATE-030 to GATE-037). */
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
@RegisterForReflection(
        targets = {
            PriceView.class,
            RiskEventView.class,
            StandingEventView.class,
            CaseView.class,
            ScoreView.class
        })
public class StreamsResource {
    private static final String RESUME =
            "The id of the last event received; sent by browsers by themselves.";

    private static final List<String> TOPICS =
            List.of("prices", "risk-events", "standings", "cases", "sentiment");

    @Inject Feeds feeds;
    @Inject Caller caller;
    @Inject ClientStreams clientStreams;
    @Inject InstantSource clock;
    @Inject ObjectMapper json;
    @Inject @StreamExecutor Executor executor;
    @Context Sse sse;

    /** Several streams over one connection, which is what browsers have few of (GATE-036). */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Operation(
            summary = "Several streams over one connection",
            description =
                    "Browsers open few connections to one server. The events are those of the"
                            + " single streams; an id stands for the place in all of them.")
    public Multi<OutboundSseEvent> several(
            @Parameter(
                            description = "Names of streams separated by commas; absent means all.",
                            example = "prices,cases")
                    @RestQuery
                    Optional<String> topics,
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        List<String> names =
                topics.map(text -> List.of(text.split(",", -1)))
                        .map(list -> list.stream().map(String::strip).distinct().toList())
                        .orElse(TOPICS);
        List<Topic<?>> chosen = new ArrayList<>();
        names.forEach(name -> chosen.add(topic(name, part(lastEventId, name))));
        return stream(chosen, StreamsResource::joined);
    }

    /** Prices as they change. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/prices")
    @Operation(
            summary = "Prices as they change",
            description =
                    "Events named 'prices': {epoch, sequence, snapshot, more, prices: [Price]}.")
    public Multi<OutboundSseEvent> prices(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return single("prices", lastEventId);
    }

    /** Changes of the risk state of accounts. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/risk-events")
    @Operation(
            summary = "Changes of the risk state of accounts",
            description =
                    "Events named 'risk-events': {epoch, sequence, snapshot, more, events:"
                            + " [RiskEvent]}. A snapshot holds every account that is not healthy.")
    public Multi<OutboundSseEvent> riskEvents(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return single("risk-events", lastEventId);
    }

    /** Changes of the standing of accounts. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/standings")
    @Operation(
            summary = "Margin calls with their deadlines, reduce-only and recovery",
            description =
                    "Events named 'standings': {epoch, sequence, snapshot, more, events:"
                            + " [StandingEvent]}. A snapshot holds every account that is not"
                            + " healthy.")
    public Multi<OutboundSseEvent> standings(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return single("standings", lastEventId);
    }

    /** Liquidation cases as they change. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/cases")
    @Operation(
            summary = "Liquidation cases as they change",
            description =
                    "Events named 'cases': {epoch, sequence, snapshot, more, cases: [Case without"
                            + " steps]}. A snapshot holds every open case.")
    public Multi<OutboundSseEvent> cases(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return single("cases", lastEventId);
    }

    /** Sentiment scores as they change. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/sentiment")
    @Operation(
            summary = "Sentiment scores as they change",
            description =
                    "Events named 'sentiment': {epoch, sequence, snapshot, more, scores: [Score]}.")
    public Multi<OutboundSseEvent> sentiment(
            @Parameter(description = RESUME) @RestHeader("Last-Event-ID")
                    Optional<String> lastEventId) {
        return single("sentiment", lastEventId);
    }

    private Topic<?> topic(String name, Optional<String> lastEventId) {
        Predicate<String> accounts = caller.visibleAccounts();
        return switch (name) {
            case "prices" ->
                    new Topic<>(
                            feeds.prices(),
                            lastEventId,
                            "prices",
                            price -> write(PriceView.of(price)),
                            price -> true);
            case "risk-events" ->
                    new Topic<>(
                            feeds.riskEvents(),
                            lastEventId,
                            "events",
                            event -> write(RiskEventView.of(event)),
                            event -> accounts.test(event.getAccountId()));
            case "standings" ->
                    new Topic<>(
                            feeds.standings(),
                            lastEventId,
                            "events",
                            event -> write(StandingEventView.of(event)),
                            event -> accounts.test(event.getAccountId()));
            case "cases" ->
                    new Topic<>(
                            feeds.cases(),
                            lastEventId,
                            "cases",
                            c -> write(CaseView.summary(c)),
                            c -> accounts.test(c.getAccountId()));
            case "sentiment" ->
                    new Topic<>(
                            feeds.sentiment(),
                            lastEventId,
                            "scores",
                            score -> write(ScoreView.of(score)),
                            score -> true);
            default ->
                    throw Problems.badRequest(
                            "INVALID_PARAMETER",
                            "topics",
                            "there is no stream '"
                                    + (name.length() <= 40 ? name : name.substring(0, 40) + "…")
                                    + "'; topics are "
                                    + String.join(", ", TOPICS));
        };
    }

    private Multi<OutboundSseEvent> stream(
            List<Topic<?>> topics, Function<List<Topic<?>>, Optional<String>> id) {
        for (Topic<?> topic : topics) {
            if (topic.hub().readerCount() >= topic.hub().limits().maxReaders()) {
                throw tooMany(topic.hub());
            }
        }
        String client = caller.name();
        ClientStreams.Place place = clientStreams.open(client);
        Multi<OutboundSseEvent> events =
                Multi.createFrom()
                        .publisher(
                                browser -> {
                                    EventStream stream =
                                            new EventStream(topics, id, sse, executor, browser);
                                    boolean joined = stream.join();
                                    browser.onSubscribe(stream);
                                    if (!joined) {
                                        browser.onError(tooMany(topics.getFirst().hub()));
                                    }
                                });
        Multi<OutboundSseEvent> counted = events.onTermination().invoke(place::close);
        return until(caller.expires()).map(left -> counted.select().first(left)).orElse(counted);
    }

    /** How long a stream may last: no longer than what the caller showed is valid (GATE-063). */
    private Optional<Duration> until(Optional<Instant> expires) {
        return expires.map(
                at -> {
                    Duration left = Duration.between(clock.instant(), at);
                    Duration most = clientStreams.maxAge();
                    Duration shorter = left.compareTo(most) < 0 ? left : most;
                    return shorter.isPositive() ? shorter : Duration.ofMillis(1);
                });
    }

    private Multi<OutboundSseEvent> single(String name, Optional<String> lastEventId) {
        return stream(List.of(topic(name, lastEventId)), topics -> topics.getFirst().reached());
    }

    /** Where a reader of several streams stopped in one of them. */
    private static Optional<String> part(Optional<String> lastEventId, String name) {
        return lastEventId.stream()
                .flatMap(id -> Arrays.stream(id.split(",", -1)))
                .filter(part -> part.startsWith(name + ":"))
                .map(part -> part.substring(name.length() + 1))
                .findFirst();
    }

    private static Optional<String> joined(List<Topic<?>> topics) {
        return Optional.of(
                topics.stream()
                        .filter(topic -> topic.reached().isPresent())
                        .map(topic -> topic.hub().name() + ":" + topic.reached().get())
                        .collect(Collectors.joining(",")));
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
