package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.Contribution;
import io.delever.contracts.sentiment.v1.RiskAdjustment;
import io.delever.contracts.sentiment.v1.Score;
import io.delever.contracts.sentiment.v1.SentimentLevel;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.sentiment.Signal;
import java.util.Optional;

/** Engine types as messages. */
final class Messages {
    private Messages() {}

    static Score score(io.delever.engine.sentiment.Score score) {
        Score.Builder message =
                Score.newBuilder()
                        .setInstrumentId(id(score.instrument()))
                        .setScoreMicros(score.micros())
                        .setLevel(level(score.level()))
                        .setConfidencePpm(score.confidence().ppm())
                        .setEventTimeNanos(score.eventTimeNanos());
        for (io.delever.engine.sentiment.Contribution contribution : score.contributions()) {
            message.addContributions(
                    Contribution.newBuilder()
                            .setSignal(contribution.signal().id())
                            .setValue(contribution.value())
                            .setUnit(contribution.signal().unit())
                            .setContributionMicros(contribution.micros()));
        }
        for (Signal missing : score.missing()) {
            message.addMissingSignals(missing.id());
        }
        return message.build();
    }

    static RiskAdjustment adjustment(io.delever.engine.sentiment.RiskAdjustment adjustment) {
        return RiskAdjustment.newBuilder()
                .setInstrumentId(id(adjustment.instrument()))
                .setInitialMarginMultiplierPpm(adjustment.multiplier().ppm())
                .setBoundPpm(adjustment.bound().ppm())
                .setExpiresAtNanos(adjustment.expiresAtNanos())
                .addAllReasons(adjustment.reasons())
                .build();
    }

    /** Empty means the whole market. */
    static Optional<InstrumentId> instrument(String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstrumentId(id));
        } catch (IllegalArgumentException e) {
            throw Failures.malformedInstrument(id, String.valueOf(e.getMessage()));
        }
    }

    private static String id(Optional<InstrumentId> instrument) {
        return instrument.map(InstrumentId::value).orElse("");
    }

    private static SentimentLevel level(io.delever.engine.sentiment.SentimentLevel level) {
        return switch (level) {
            case EXTREME_FEAR -> SentimentLevel.SENTIMENT_LEVEL_EXTREME_FEAR;
            case FEAR -> SentimentLevel.SENTIMENT_LEVEL_FEAR;
            case NEUTRAL -> SentimentLevel.SENTIMENT_LEVEL_NEUTRAL;
            case GREED -> SentimentLevel.SENTIMENT_LEVEL_GREED;
            case EXTREME_GREED -> SentimentLevel.SENTIMENT_LEVEL_EXTREME_GREED;
        };
    }
}
