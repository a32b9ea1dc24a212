package io.delever.sentiment.app;

import io.delever.sentiment.core.SentimentLoop;
import io.delever.sentiment.feed.Subscriptions;
import io.delever.sentiment.grpc.ScoreStreams;
import io.delever.sentiment.persistence.PostgresScoreHistory;
import io.delever.sentiment.persistence.PostgresWarningHistory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Starts the parts from the inside out and stops them from the outside in. */
@Singleton
public class Lifecycle {
    private final PostgresScoreHistory history;
    private final PostgresWarningHistory warnings;
    private final SentimentLoop loop;
    private final ScoreStreams streams;
    private final Subscriptions subscriptions;

    /** The parts that run. */
    @Inject
    public Lifecycle(
            PostgresScoreHistory history,
            PostgresWarningHistory warnings,
            SentimentLoop loop,
            ScoreStreams streams,
            Subscriptions subscriptions) {
        this.history = history;
        this.warnings = warnings;
        this.loop = loop;
        this.streams = streams;
        this.subscriptions = subscriptions;
    }

    void start(@Observes StartupEvent event) {
        history.start();
        warnings.start();
        loop.start();
        subscriptions.start();
    }

    void stop(@Observes ShutdownEvent event) {
        subscriptions.close();
        streams.close();
        loop.close();
        history.close();
        warnings.close();
    }
}
