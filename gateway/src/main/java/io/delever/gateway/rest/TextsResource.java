package io.delever.gateway.rest;

import io.delever.contracts.sentiment.v1.ListTextsRequest;
import io.delever.contracts.sentiment.v1.ListTextsResponse;
import io.delever.contracts.sentiment.v1.SubmitTextsRequest;
import io.delever.contracts.sentiment.v1.Text;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.json.Timestamp;
import io.delever.gateway.rest.problem.Problems;
import io.delever.gateway.rest.view.TextViews.MoodView;
import io.delever.gateway.rest.view.TextViews.TextList;
import io.delever.gateway.rest.view.TextViews.TextRequest;
import io.delever.gateway.rest.view.TextViews.VerdictView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Headlines and posts, and what became of them (GATE-083). */
@Path("/v1/texts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Texts", description = "Headlines and posts, and what they say of the market")
public class TextsResource {
    private static final int MAX_PAGE = 1_000;

    @Inject Upstreams upstreams;
    @Inject Changes changes;

    /** One text. */
    @POST
    @RolesAllowed({Roles.SYSTEM})
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Hand in a headline or a post",
            description = "Durable when answered; the answer says what became of it.")
    public VerdictView submit(
            @Parameter(description = RequestParts.IDEMPOTENCY, required = true)
                    @RestHeader("Idempotency-Key")
                    Optional<String> key,
            TextRequest sent) {
        TextRequest body = RequestParts.body(sent);
        SubmitTextsRequest request =
                SubmitTextsRequest.newBuilder()
                        .addTexts(
                                Text.newBuilder()
                                        .setTextId(RequestParts.idempotencyKey(key))
                                        .setSource(body.source())
                                        .setEventTimeNanos(nanos(body.eventTime()))
                                        .setText(body.text())
                                        .addAllInstrumentIds(body.instruments()))
                        .build();
        Changes.Asked asked =
                new Changes.Asked(
                        "SUBMIT_TEXT", request.getTexts(0).getTextId(), Changes.text(request));
        return changes.make(
                asked,
                () -> "",
                () ->
                        VerdictView.of(
                                upstreams.sentiment(s -> s.submitTexts(request)).getVerdicts(0)));
    }

    /** What texts say now, and a page of what became of them. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Operation(summary = "What texts say now, and what became of them, newest first")
    public TextList texts(
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
        ListTextsRequest request =
                ListTextsRequest.newBuilder()
                        .setPageSize(RequestParts.pageSize(pageSize, MAX_PAGE))
                        .setPageToken(pageToken.orElse(""))
                        .build();
        ListTextsResponse response = upstreams.sentiment(s -> s.listTexts(request));
        String next = response.getNextPageToken();
        return new TextList(
                response.getMoodsList().stream().map(MoodView::of).toList(),
                response.getVerdictsList().stream().map(VerdictView::of).toList(),
                next.isEmpty() ? Optional.empty() : Optional.of(next));
    }

    private static long nanos(String text) {
        try {
            return Timestamp.of(Instant.parse(text)).epochNanos();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw Problems.badRequest(
                    "INVALID_PARAMETER",
                    "eventTime",
                    "eventTime must be a time like 2025-10-10T21:15:00Z: " + e.getMessage());
        }
    }
}
