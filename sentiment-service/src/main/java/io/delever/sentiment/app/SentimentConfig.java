package io.delever.sentiment.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The configuration of sentiment-service; README.md explains each value. */
@ConfigMapping(prefix = "delever")
public interface SentimentConfig {
    /** The scores. */
    Scores scores();

    /** The streams from other services. */
    Feeds feeds();

    /** What is kept of the scores. */
    History history();

    /** What callers may ask for at once. */
    Calls calls();

    /** Early warning and cascades. */
    Risk risk();

    /** Headlines and posts. */
    Texts texts();

    /** See {@link #texts}. */
    interface Texts {
        /** Lines of word, tab, valence; absent: the lexicon that comes along. */
        Optional<Path> lexiconFile();

        /** Words in lower case and the instruments they name. */
        Map<String, String> names();

        /** Weights of named sources, 0 to 10. */
        Map<String, Double> sourceWeights();

        /** Weight of all other sources. */
        @WithDefault("0.5")
        double otherSourceWeight();

        /** After this long a text counts half. */
        @WithDefault("2h")
        Duration halfLife();

        /** Texts of one source that count at once. */
        @WithDefault("10")
        double burst();

        /** After this long half of them are forgotten. */
        @WithDefault("10m")
        Duration burstHalfLife();
    }

    /** See {@link #risk}. */
    interface Risk {
        /** Between two readings of all accounts. */
        @WithDefault("5s")
        Duration bookInterval();

        /** Most accounts read, the riskiest first. */
        @WithDefault("20000")
        int maximumAccounts();

        /** Market time between two looks of the early warning. */
        @WithDefault("5m")
        Duration sampleInterval();

        /** Share of the open size that moves a price by one percent: an assumption. */
        @WithDefault("0.02")
        double depthShare();
    }

    /** See {@link #scores}. */
    interface Scores {
        /** How many times as fast as the market the prices come: 1, or the speed of a replay. */
        @WithDefault("1")
        long replaySpeed();

        /** How often scores are computed. */
        @WithDefault("500ms")
        Duration evaluationInterval();

        /** Most instruments. */
        @WithDefault("1024")
        int maximumInstruments();

        /** Most batches of observations that wait. */
        @WithDefault("1024")
        int queueCapacity();
    }

    /** See {@link #feeds}. */
    interface Feeds {
        /** After this long without a message a stream is opened anew. */
        @WithDefault("15s")
        Duration quietLimit();

        /** First wait before a stream is opened again. */
        @WithDefault("100ms")
        Duration retryMin();

        /** Longest wait before a stream is opened again. */
        @WithDefault("2s")
        Duration retryMax();

        /** Between two counts of holders. */
        @WithDefault("3s")
        Duration pollInterval();

        /** Between two rounds of look-ups of cases. */
        @WithDefault("200ms")
        Duration fetchInterval();

        /** Most cases looked up in one round. */
        @WithDefault("50")
        int fetchesPerRound();

        /** Most cases that wait for a look-up. */
        @WithDefault("20000")
        int waitingCases();

        /** Deadline of one call. */
        @WithDefault("2s")
        Duration deadline();
    }

    /** See {@link #history}. */
    interface History {
        /** How often scores are kept. */
        @WithDefault("10s")
        Duration interval();

        /** Rows older than this are deleted. */
        @WithDefault("7d")
        Duration retention();

        /** Most rows. */
        @WithDefault("1000000")
        long maximumRows();

        /** Most snapshots that wait for the database. */
        @WithDefault("16")
        int waitingSnapshots();
    }

    /** See {@link #calls}. */
    interface Calls {
        /** Most streams of scores at once. */
        @WithDefault("256")
        int maximumStreams();
    }
}
