package io.delever.sentiment.app;

import io.delever.engine.sentiment.AdjustmentParameters;
import io.delever.engine.sentiment.AlertLevel;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.TextMood;
import io.delever.engine.sentiment.TextScorer;
import io.delever.sentiment.core.LoopLimits;
import io.delever.sentiment.core.RiskDesk;
import io.delever.sentiment.core.SentimentLoop;
import io.delever.sentiment.core.Surroundings;
import io.delever.sentiment.core.TextDesk;
import io.delever.sentiment.feed.BookPoll;
import io.delever.sentiment.feed.CaseFeed.CaseLimits;
import io.delever.sentiment.feed.FeedPort;
import io.delever.sentiment.feed.StreamLimits;
import io.delever.sentiment.feed.Subscriptions;
import io.delever.sentiment.feed.Subscriptions.FeedLimits;
import io.delever.sentiment.feed.Subscriptions.Upstreams;
import io.delever.sentiment.grpc.ScoreStreams;
import io.delever.sentiment.metrics.MicrometerMetrics;
import io.delever.sentiment.persistence.PostgresScoreHistory;
import io.delever.sentiment.persistence.PostgresTextStore;
import io.delever.sentiment.persistence.PostgresWarningHistory;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/** Builds the parts from the configuration; nothing runs before {@link Lifecycle} starts it. */
public class Wiring {
    /** The one clock. */
    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    /** The history. */
    @Produces
    @Singleton
    PostgresScoreHistory history(
            SentimentConfig config, EntityManager entities, InstantSource clock) {
        return new PostgresScoreHistory(entities, clock, limits(config.history()));
    }

    /** The history of warnings. */
    @Produces
    @Singleton
    PostgresWarningHistory warnings(
            SentimentConfig config, EntityManager entities, InstantSource clock) {
        return new PostgresWarningHistory(entities, clock, limits(config.history()));
    }

    private static PostgresScoreHistory.Limits limits(SentimentConfig.History history) {
        return new PostgresScoreHistory.Limits(
                history.retention(), history.maximumRows(), history.waitingSnapshots());
    }

    /** The risk desk. */
    @Produces
    @Singleton
    RiskDesk desk(SentimentConfig config, PostgresWarningHistory warnings, MeterRegistry registry) {
        SentimentConfig.Risk risk = config.risk();
        RiskDesk desk =
                new RiskDesk(
                        new RiskDesk.Limits(
                                config.scores().replaySpeed(),
                                config.scores().maximumInstruments(),
                                risk.sampleInterval().toNanos(),
                                risk.depthShare()),
                        warnings,
                        WarningModels.bundled());
        for (AlertLevel level : AlertLevel.values()) {
            Tags tags = Tags.of("level", level.name().toLowerCase(Locale.ROOT));
            var _ =
                    registry.gauge(
                            "delever.sentiment.warnings", tags, desk, d -> d.view().count(level));
        }
        return desk;
    }

    /** The texts. */
    @Produces
    @Singleton
    TextDesk texts(SentimentConfig config, EntityManager entities, InstantSource clock) {
        SentimentConfig.Texts texts = config.texts();
        long speed = config.scores().replaySpeed();
        TextMood.Limits limits =
                new TextMood.Limits(
                        Math.max(1, texts.halfLife().toNanos() / speed),
                        texts.burst(),
                        Math.max(1, texts.burstHalfLife().toNanos() / speed));
        return new TextDesk(
                new TextMood(
                        new TextScorer(Lexicons.of(texts.lexiconFile())),
                        new TextMood.Rules(
                                texts.names(),
                                texts.sourceWeights(),
                                texts.otherSourceWeight(),
                                limits)),
                new PostgresTextStore(entities, clock, limits(config.history())));
    }

    /** The loop. */
    @Produces
    @Singleton
    SentimentLoop loop(
            SentimentConfig config,
            PostgresScoreHistory history,
            MeterRegistry registry,
            InstantSource clock) {
        SentimentConfig.Scores scores = config.scores();
        LoopLimits limits =
                new LoopLimits(
                        scores.queueCapacity(),
                        scores.maximumInstruments(),
                        scores.evaluationInterval(),
                        config.history().interval());
        long speed = scores.replaySpeed();
        SentimentLoop loop =
                new SentimentLoop(
                        SentimentParameters.published().atSpeed(speed),
                        AdjustmentParameters.published().atSpeed(speed),
                        limits,
                        new Surroundings(clock, history, new MicrometerMetrics(registry)));
        var _ = registry.gauge("delever.sentiment.queue.batches", loop, SentimentLoop::queueLength);
        return loop;
    }

    /** The readers of the scores. */
    @Produces
    @Singleton
    ScoreStreams streams(SentimentConfig config, SentimentLoop loop) {
        return new ScoreStreams(
                loop, UUID.randomUUID().toString(), config.calls().maximumStreams());
    }

    /** The subscriptions. */
    @Produces
    @Singleton
    Subscriptions subscriptions(
            SentimentConfig config,
            SentimentLoop loop,
            RiskDesk desk,
            InstantSource clock,
            Channels channels) {
        loop.addObserver(desk::accept);
        SentimentConfig.Feeds feeds = config.feeds();
        FeedLimits limits =
                new FeedLimits(
                        new StreamLimits(feeds.quietLimit(), feeds.retryMin(), feeds.retryMax()),
                        new CaseLimits(
                                feeds.fetchesPerRound(), feeds.waitingCases(), feeds.deadline()),
                        feeds.fetchInterval(),
                        feeds.pollInterval(),
                        new BookPoll.Limits(
                                config.risk().maximumAccounts(),
                                config.risk().bookInterval(),
                                feeds.deadline()));
        return new Subscriptions(
                new Upstreams(channels.price, channels.margin, channels.liquidation),
                new FeedPort(loop, clock),
                desk,
                limits);
    }

    /** The channels to the other services. */
    @Singleton
    public static class Channels {
        @GrpcClient("price")
        Channel price;

        @GrpcClient("margin")
        Channel margin;

        @GrpcClient("liquidation")
        Channel liquidation;
    }
}
