package io.delever.gateway.rest.view;

import io.delever.contracts.sentiment.v1.Contribution;
import io.delever.contracts.sentiment.v1.RiskAdjustment;
import io.delever.contracts.sentiment.v1.Score;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Sentiment as the gateway shows it. */
public final class SentimentViews {
    private SentimentViews() {}

    /** The score of the whole market and of every instrument. */
    public record SentimentView(
            @Schema(description = "Absent until there is one.") Optional<ScoreView> market,
            List<ScoreView> instruments) {}

    /** The score of one instrument and what it asks of initial margin. */
    public record InstrumentSentimentView(ScoreView score, AdjustmentView adjustment) {}

    /** A score with its contributions. */
    public record ScoreView(
            @Schema(description = "Absent for the whole market.") Optional<String> instrumentId,
            @Schema(
                            description = "0 (extreme fear) to 100 (extreme greed).",
                            examples = {"23.5"})
                    Ratio score,
            @Schema(enumeration = {"EXTREME_FEAR", "FEAR", "NEUTRAL", "GREED", "EXTREME_GREED"})
                    String level,
            @Schema(description = "Share of the weight of all signals that was present.")
                    Ratio confidence,
            @Schema(description = "They and the neutral 50 add up to the score.")
                    List<ContributionView> contributions,
            List<String> missingSignals,
            Optional<Timestamp> eventTime) {

        /** From the wire. */
        public static ScoreView of(Score score) {
            return new ScoreView(
                    Views.text(score.getInstrumentId()),
                    new Ratio(score.getScoreMicros()),
                    Views.name(score.getLevel(), "SENTIMENT_LEVEL_"),
                    new Ratio(score.getConfidencePpm()),
                    score.getContributionsList().stream().map(ContributionView::of).toList(),
                    score.getMissingSignalsList(),
                    Timestamp.ofNonZero(score.getEventTimeNanos()));
        }
    }

    /** What one signal adds to the score. */
    public record ContributionView(
            @Schema(examples = {"volatility"}) String signal,
            @Schema(description = "A statistic, not money: a JSON number, absent if not finite.")
                    Optional<Double> value,
            String unit,
            @Schema(description = "Signed, in score points.") Ratio contribution) {

        static ContributionView of(Contribution contribution) {
            double value = contribution.getValue();
            return new ContributionView(
                    contribution.getSignal(),
                    Double.isFinite(value) ? Optional.of(value) : Optional.empty(),
                    contribution.getUnit(),
                    new Ratio(contribution.getContributionMicros()));
        }
    }

    /** The bounded multiplier on initial margin; maintenance margin is never touched. */
    public record AdjustmentView(
            Ratio initialMarginMultiplier,
            Ratio bound,
            @Schema(description = "After this the multiplier is 1 again.")
                    Optional<Timestamp> expiresAt,
            List<String> reasons) {

        /** From the wire. */
        public static AdjustmentView of(RiskAdjustment adjustment) {
            return new AdjustmentView(
                    new Ratio(adjustment.getInitialMarginMultiplierPpm()),
                    new Ratio(adjustment.getBoundPpm()),
                    Timestamp.ofNonZero(adjustment.getExpiresAtNanos()),
                    adjustment.getReasonsList());
        }
    }
}
