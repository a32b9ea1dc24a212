package io.delever.gateway.client;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.margin.v1.StreamStandingsRequest;
import io.delever.contracts.margin.v1.StreamStandingsResponse;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.contracts.sentiment.v1.Score;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.StreamScoresRequest;
import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.gateway.client.ConflatedState.Batch;
import io.delever.gateway.client.ConflatedState.Cursor;
import io.delever.gateway.client.ConflatedState.Keyed;
import io.delever.gateway.client.StreamHub.Definition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;

/** The streams of the services, one subscription each for the whole gateway. */
@Singleton
public final class Feeds {
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("feeds").daemon().factory());
    private final RecentPrices recentPrices = new RecentPrices();
    private final StreamHub<PriceUpdate> prices;
    private final StreamHub<RiskEvent> riskEvents;
    private final StreamHub<StandingEvent> standings;
    private final StreamHub<Case> cases;
    private final StreamHub<Score> sentiment;

    @Inject
    Feeds(Upstreams upstreams, StreamLimits limits) {
        prices =
                new StreamHub<>(
                        "prices", prices(upstreams), upstreams.settings(), limits, scheduler);
        riskEvents =
                new StreamHub<>(
                        "risk-events",
                        riskEvents(upstreams),
                        upstreams.settings(),
                        limits,
                        scheduler);
        standings =
                new StreamHub<>(
                        "standings", standings(upstreams), upstreams.settings(), limits, scheduler);
        cases = new StreamHub<>("cases", cases(upstreams), upstreams.settings(), limits, scheduler);
        sentiment =
                new StreamHub<>(
                        "sentiment", scores(upstreams), upstreams.settings(), limits, scheduler);
    }

    /** Opens every stream. */
    public void start() {
        all().forEach(StreamHub::start);
    }

    /** Closes every stream. */
    public void stop() {
        all().forEach(StreamHub::stop);
        scheduler.shutdownNow();
    }

    /** Every stream. */
    public List<StreamHub<?>> all() {
        return List.of(prices, riskEvents, standings, cases, sentiment);
    }

    /** The newest price of each instrument. */
    public StreamHub<PriceUpdate> prices() {
        return prices;
    }

    /** The newest change of risk state of each account. */
    public StreamHub<RiskEvent> riskEvents() {
        return riskEvents;
    }

    /** The newest change of standing of each account. */
    public StreamHub<StandingEvent> standings() {
        return standings;
    }

    /** The newest state of each liquidation case, without steps. */
    public StreamHub<Case> cases() {
        return cases;
    }

    /** The newest score of the market and of each instrument. */
    public StreamHub<Score> sentiment() {
        return sentiment;
    }

    /** Marks of the recent past, for charts. */
    public RecentPrices recentPrices() {
        return recentPrices;
    }

    private Definition<PriceUpdate, StreamPricesRequest, StreamPricesResponse> prices(
            Upstreams upstreams) {
        return new Definition<>(
                Upstream.PRICE,
                () -> upstreams.transportReady(Upstream.PRICE),
                PriceServiceGrpc.newStub(upstreams.channel(Upstream.PRICE))::streamPrices,
                cursor -> {
                    StreamPricesRequest.Builder request = StreamPricesRequest.newBuilder();
                    if (started(cursor)) {
                        request.setResumeEpoch(cursor.epoch())
                                .setResumeAfterSequence(cursor.sequence());
                    }
                    return request.build();
                },
                message ->
                        new Batch<>(
                                message.getEpoch(),
                                message.getSequence(),
                                message.getSnapshot(),
                                keyed(
                                        message.getPricesList(),
                                        PriceUpdate::getInstrumentId,
                                        price -> true)),
                batch -> batch.values().forEach(keyed -> recentPrices.add(keyed.value())));
    }

    private static Definition<RiskEvent, StreamRiskEventsRequest, StreamRiskEventsResponse>
            riskEvents(Upstreams upstreams) {
        return new Definition<>(
                Upstream.MARGIN,
                () -> upstreams.transportReady(Upstream.MARGIN),
                MarginServiceGrpc.newStub(upstreams.channel(Upstream.MARGIN))::streamRiskEvents,
                cursor -> {
                    StreamRiskEventsRequest.Builder request = StreamRiskEventsRequest.newBuilder();
                    if (started(cursor)) {
                        request.setResumeEpoch(cursor.epoch())
                                .setResumeAfterSequence(cursor.sequence());
                    }
                    return request.build();
                },
                message ->
                        new Batch<>(
                                message.getEpoch(),
                                message.getSequence(),
                                message.getSnapshot(),
                                keyed(
                                        message.getEventsList(),
                                        RiskEvent::getAccountId,
                                        event ->
                                                event.getCurrent()
                                                        != RiskState.RISK_STATE_HEALTHY)),
                batch -> {});
    }

    private static Definition<StandingEvent, StreamStandingsRequest, StreamStandingsResponse>
            standings(Upstreams upstreams) {
        return new Definition<>(
                Upstream.MARGIN,
                () -> upstreams.transportReady(Upstream.MARGIN),
                MarginServiceGrpc.newStub(upstreams.channel(Upstream.MARGIN))::streamStandings,
                cursor -> {
                    StreamStandingsRequest.Builder request = StreamStandingsRequest.newBuilder();
                    if (started(cursor)) {
                        request.setResumeEpoch(cursor.epoch())
                                .setResumeAfterSequence(cursor.sequence());
                    }
                    return request.build();
                },
                message ->
                        new Batch<>(
                                message.getEpoch(),
                                message.getSequence(),
                                message.getSnapshot(),
                                keyed(
                                        message.getEventsList(),
                                        StandingEvent::getAccountId,
                                        event ->
                                                event.getCurrent().getStanding()
                                                        != AccountStanding
                                                                .ACCOUNT_STANDING_HEALTHY)),
                batch -> {});
    }

    private static Definition<Case, StreamCasesRequest, StreamCasesResponse> cases(
            Upstreams upstreams) {
        return new Definition<>(
                Upstream.LIQUIDATION,
                () -> upstreams.transportReady(Upstream.LIQUIDATION),
                LiquidationServiceGrpc.newStub(upstreams.channel(Upstream.LIQUIDATION))
                        ::streamCases,
                cursor -> {
                    StreamCasesRequest.Builder request = StreamCasesRequest.newBuilder();
                    if (started(cursor)) {
                        request.setResumeEpoch(cursor.epoch())
                                .setResumeAfterSequence(cursor.sequence());
                    }
                    return request.build();
                },
                message ->
                        new Batch<>(
                                message.getEpoch(),
                                message.getSequence(),
                                message.getSnapshot(),
                                keyed(
                                        message.getCasesList(),
                                        Case::getCaseId,
                                        c -> c.getState() != CaseState.CASE_STATE_CLOSED)),
                batch -> {});
    }

    private static Definition<Score, StreamScoresRequest, StreamScoresResponse> scores(
            Upstreams upstreams) {
        return new Definition<>(
                Upstream.SENTIMENT,
                () -> upstreams.transportReady(Upstream.SENTIMENT),
                SentimentServiceGrpc.newStub(upstreams.channel(Upstream.SENTIMENT))::streamScores,
                cursor -> StreamScoresRequest.getDefaultInstance(),
                message ->
                        new Batch<>(
                                message.getEpoch(),
                                message.getSequence(),
                                message.getSnapshot(),
                                keyed(
                                        message.getScoresList(),
                                        Score::getInstrumentId,
                                        score -> true)),
                batch -> {});
    }

    private static boolean started(Cursor cursor) {
        return !cursor.epoch().isEmpty();
    }

    private static <V> List<Keyed<V>> keyed(
            List<V> values, Function<V, String> key, Predicate<V> isLive) {
        List<Keyed<V>> keyed = new ArrayList<>(values.size());
        for (V value : values) {
            keyed.add(new Keyed<>(key.apply(value), value, isLive.test(value)));
        }
        return keyed;
    }
}
