package io.delever.gateway.rest;

import io.delever.contracts.sentiment.v1.GetRiskAdjustmentRequest;
import io.delever.contracts.sentiment.v1.GetScoreRequest;
import io.delever.contracts.sentiment.v1.ListScoresRequest;
import io.delever.gateway.auth.Roles;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.view.SentimentViews.AdjustmentView;
import io.delever.gateway.rest.view.SentimentViews.InstrumentSentimentView;
import io.delever.gateway.rest.view.SentimentViews.ScoreView;
import io.delever.gateway.rest.view.SentimentViews.SentimentView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How nervous the market is. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Sentiment",
        description = "Scores, their contributions, and what they ask of initial margin")
public class SentimentResource {
    @Inject Upstreams upstreams;

    /** The score of the market and of every instrument. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/sentiment")
    @Operation(summary = "Sentiment of the market and of every instrument")
    public SentimentView sentiment() {
        Map<Boolean, List<ScoreView>> byMarket =
                upstreams
                        .sentiment(s -> s.listScores(ListScoresRequest.getDefaultInstance()))
                        .getScoresList()
                        .stream()
                        .map(ScoreView::of)
                        .collect(Collectors.partitioningBy(s -> s.instrumentId().isEmpty()));
        return new SentimentView(byMarket.get(true).stream().findFirst(), byMarket.get(false));
    }

    /** The score of one instrument and the adjustment of its initial margin. */
    @GET
    @RolesAllowed({Roles.VIEWER, Roles.TRADER, Roles.SYSTEM, Roles.OPERATOR, Roles.RISK_ADMIN})
    @Path("/sentiment/{instrument}")
    @Operation(summary = "Sentiment of one instrument and its initial margin multiplier")
    public InstrumentSentimentView sentimentOf(
            @Parameter(example = "BTC-PERP") @PathParam("instrument") String instrument) {
        GetScoreRequest score = GetScoreRequest.newBuilder().setInstrumentId(instrument).build();
        GetRiskAdjustmentRequest adjustment =
                GetRiskAdjustmentRequest.newBuilder().setInstrumentId(instrument).build();
        return new InstrumentSentimentView(
                ScoreView.of(upstreams.sentiment(s -> s.getScore(score)).getScore()),
                AdjustmentView.of(
                        upstreams.sentiment(s -> s.getRiskAdjustment(adjustment)).getAdjustment()));
    }
}
