package io.delever.gateway.rest.view;

import io.delever.contracts.sentiment.v1.TextMood;
import io.delever.contracts.sentiment.v1.TextVerdict;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Texts as the gateway takes and shows them. */
public final class TextViews {
    private TextViews() {}

    /** A headline or a post. */
    @Schema(requiredProperties = {"source", "eventTime", "text"})
    public record TextRequest(
            @Schema(examples = {"newswire"}) String source,
            @Schema(
                            format = "date-time",
                            examples = {"2025-10-10T21:15:00Z"})
                    String eventTime,
            @Schema(examples = {"Bitcoin rallies as funding turns positive"}) String text,
            @Schema(
                            description = "Names in the text add to them.",
                            examples = {"BTC-PERP"})
                    Optional<List<String>> instrumentIds) {
        /** Those that the sender names. */
        public List<String> instruments() {
            return instrumentIds.orElse(List.of());
        }
    }

    /** What texts say now, and what became of them. */
    public record TextList(
            List<MoodView> moods, List<VerdictView> verdicts, Optional<String> nextPageToken) {}

    /** What texts say. */
    public record MoodView(
            @Schema(description = "Absent for the whole market.") Optional<String> instrumentId,
            @Schema(description = "-1 (bad) to 1 (good); little evidence stays near 0.")
                    Ratio mood) {
        /** From the wire. */
        public static MoodView of(TextMood mood) {
            return new MoodView(
                    Views.text(mood.getInstrumentId()), new Ratio(mood.getMoodMicros()));
        }
    }

    /** What became of a text. */
    public record VerdictView(
            String textId,
            String source,
            @Schema(
                            enumeration = {
                                "COUNTED",
                                "NO_OPINION",
                                "DUPLICATE",
                                "OTHER_LANGUAGE",
                                "BURST",
                                "TOO_OLD"
                            })
                    String outcome,
            @Schema(description = "Absent where it does not count.") Optional<Ratio> score,
            Ratio weight,
            List<String> instrumentIds,
            Optional<Timestamp> eventTime) {
        /** From the wire. */
        public static VerdictView of(TextVerdict verdict) {
            return new VerdictView(
                    verdict.getTextId(),
                    verdict.getSource(),
                    Views.name(verdict.getOutcome(), "TEXT_OUTCOME_"),
                    Views.ratio(verdict.hasScoreMicros(), verdict.getScoreMicros()),
                    new Ratio(verdict.getWeightMicros()),
                    verdict.getInstrumentIdsList(),
                    Timestamp.ofNonZero(verdict.getEventTimeNanos()));
        }
    }
}
