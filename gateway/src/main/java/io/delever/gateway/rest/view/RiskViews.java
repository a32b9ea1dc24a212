package io.delever.gateway.rest.view;

import io.delever.contracts.sentiment.v1.EarlyWarning;
import io.delever.contracts.sentiment.v1.Fuel;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.KeptWarning;
import io.delever.contracts.sentiment.v1.PredictorForecast;
import io.delever.contracts.sentiment.v1.PredictorSkill;
import io.delever.contracts.sentiment.v1.PushResult;
import io.delever.contracts.sentiment.v1.WarningReason;
import io.delever.gateway.rest.json.Ratio;
import io.delever.gateway.rest.json.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Early warning and cascades as the gateway shows them; statistics, never money. */
public final class RiskViews {
    private RiskViews() {}

    /** The newest warnings. */
    public record WarningList(
            @Schema(description = "By instrument, then horizon; empty before the first look.")
                    List<WarningView> warnings,
            @Schema(description = "How the predictors did so far.") List<SkillView> skills) {}

    /** How likely forced closes are within one horizon. */
    public record WarningView(
            String instrumentId,
            @Schema(examples = {"PT1H"}) String horizon,
            @Schema(description = "Forced closes of at least this share are the event.")
                    Ratio threshold,
            @Schema(description = "Absent while nothing has been learnt.")
                    Optional<Ratio> probability,
            @Schema(
                            description =
                                    "Whose forecast it is: the one with the least error so far.",
                            examples = {"volatility_alone"})
                    Optional<String> shownPredictor,
            @Schema(enumeration = {"NONE", "WATCH", "WARNING", "CRITICAL"}) String level,
            List<ForecastView> forecasts,
            List<ReasonView> reasons,
            List<String> missingFeatures,
            Optional<Timestamp> eventTime) {

        /** From the wire. */
        public static WarningView of(EarlyWarning warning) {
            return new WarningView(
                    warning.getInstrumentId(),
                    RiskViews.horizon(warning.getHorizonNanos()),
                    new Ratio(warning.getThresholdPpm()),
                    Views.ratio(warning.hasProbabilityPpm(), warning.getProbabilityPpm()),
                    Views.text(warning.getShownPredictor()),
                    Views.name(warning.getLevel(), "ALERT_LEVEL_"),
                    warning.getForecastsList().stream().map(ForecastView::of).toList(),
                    warning.getReasonsList().stream().map(ReasonView::of).toList(),
                    warning.getMissingFeaturesList(),
                    Timestamp.ofNonZero(warning.getEventTimeNanos()));
        }
    }

    /** What one predictor says. */
    public record ForecastView(String predictor, Ratio probability) {
        static ForecastView of(PredictorForecast forecast) {
            return new ForecastView(
                    forecast.getPredictor(), new Ratio(forecast.getProbabilityPpm()));
        }
    }

    /** What moves the shown forecast. */
    public record ReasonView(
            String feature,
            double value,
            @Schema(description = "What it adds to the log-odds.") double logOdds) {
        static ReasonView of(WarningReason reason) {
            return new ReasonView(reason.getFeature(), reason.getValue(), reason.getLogOdds());
        }
    }

    /** How one predictor did. */
    public record SkillView(
            String horizon,
            String predictor,
            @Schema(
                            description =
                                    "Mean squared error of its probabilities; absent before there"
                                            + " is one.")
                    Optional<Double> brierScore,
            long outcomeCount) {
        /** From the wire. */
        public static SkillView of(PredictorSkill skill) {
            return new SkillView(
                    RiskViews.horizon(skill.getHorizonNanos()),
                    skill.getPredictor(),
                    optional(skill.hasBrierScore(), skill.getBrierScore()),
                    skill.getOutcomeCount());
        }
    }

    /** A page of the history. */
    public record KeptWarningList(List<KeptWarningView> warnings, Optional<String> nextPageToken) {}

    /** A warning that was kept. */
    public record KeptWarningView(
            String instrumentId,
            String horizon,
            Ratio probability,
            String shownPredictor,
            String level,
            Optional<Timestamp> eventTime) {
        /** From the wire. */
        public static KeptWarningView of(KeptWarning kept) {
            return new KeptWarningView(
                    kept.getInstrumentId(),
                    RiskViews.horizon(kept.getHorizonNanos()),
                    new Ratio(kept.getProbabilityPpm()),
                    kept.getShownPredictor(),
                    Views.name(kept.getLevel(), "ALERT_LEVEL_"),
                    Timestamp.ofNonZero(kept.getEventTimeNanos()));
        }
    }

    /** What is closed by force around the price, and where the market feeds itself. */
    public record CascadeView(
            String instrumentId,
            double price,
            double openNotional,
            @Schema(
                            description =
                                    "Accounts that were read; truncated where the limit left some"
                                            + " out.")
                    long accountCount,
            boolean truncated,
            List<FuelView> fuel,
            Amplified amplified,
            @Schema(description = "Assumed: size that moves the price by one percent.")
                    double depthSize,
            @Schema(description = "Where a push was asked for.") Optional<PushView> push,
            Optional<Timestamp> eventTime) {

        /** From the wire. */
        public static CascadeView of(GetCascadeResponse cascade) {
            return new CascadeView(
                    cascade.getInstrumentId(),
                    cascade.getPrice(),
                    cascade.getOpenNotional(),
                    cascade.getAccountCount(),
                    cascade.getTruncated(),
                    cascade.getFuelList().stream().map(FuelView::of).toList(),
                    new Amplified(
                            cascade.getAmplificationLimit(),
                            optional(cascade.hasAmplifiedBelow(), cascade.getAmplifiedBelow()),
                            optional(cascade.hasAmplifiedAbove(), cascade.getAmplifiedAbove()),
                            cascade.getFeedsItselfBelow(),
                            cascade.getFeedsItselfAbove()),
                    cascade.getDepthSize(),
                    cascade.hasPush()
                            ? Optional.of(PushView.of(cascade.getPush()))
                            : Optional.empty(),
                    Timestamp.ofNonZero(cascade.getEventTimeNanos()));
        }
    }

    /** Notional closed by force by the time the price has moved so far. */
    public record FuelView(Ratio distance, double notional) {
        static FuelView of(Fuel fuel) {
            return new FuelView(new Ratio(fuel.getDistancePpm()), fuel.getNotional());
        }
    }

    /** Where the market amplifies a push beyond the limit. */
    public record Amplified(
            double limit,
            @Schema(description = "Absent where no push within 30 % does.")
                    Optional<Double> priceBelow,
            Optional<Double> priceAbove,
            boolean feedsItselfBelow,
            boolean feedsItselfAbove) {}

    /** Where a push ends. */
    public record PushView(
            double pushedPrice,
            double endPrice,
            double closedNotional,
            long closedCount,
            double deficit,
            double amplification) {
        static PushView of(PushResult push) {
            return new PushView(
                    push.getPushedPrice(),
                    push.getEndPrice(),
                    push.getClosedNotional(),
                    push.getClosedCount(),
                    push.getDeficit(),
                    push.getAmplification());
        }
    }

    private static String horizon(long nanos) {
        return Duration.ofNanos(nanos).toString();
    }

    private static Optional<Double> optional(boolean present, double value) {
        return present && Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
