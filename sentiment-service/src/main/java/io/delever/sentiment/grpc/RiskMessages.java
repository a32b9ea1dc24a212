package io.delever.sentiment.grpc;

import io.delever.contracts.sentiment.v1.AlertLevel;
import io.delever.contracts.sentiment.v1.EarlyWarning;
import io.delever.contracts.sentiment.v1.Fuel;
import io.delever.contracts.sentiment.v1.GetCascadeResponse;
import io.delever.contracts.sentiment.v1.KeptWarning;
import io.delever.contracts.sentiment.v1.PredictorForecast;
import io.delever.contracts.sentiment.v1.PredictorSkill;
import io.delever.contracts.sentiment.v1.PushResult;
import io.delever.contracts.sentiment.v1.WarningReason;
import io.delever.engine.sentiment.ScoreConverter;
import io.delever.engine.sentiment.Warning;
import io.delever.engine.sentiment.WarningFeature;
import io.delever.engine.sentiment.WarningPredictor;
import io.delever.engine.stress.LiquidationMap;
import io.delever.engine.stress.LiquidationMap.Reaction;
import io.delever.engine.stress.LiveLevels.Market;
import io.delever.sentiment.core.LiveBook;
import io.delever.sentiment.core.RiskView.Graded;
import io.delever.sentiment.core.RiskView.Skill;
import io.delever.sentiment.core.WarningHistory.Kept;

/** Warnings and cascades as messages (SSVC-023, SSVC-024). */
final class RiskMessages {
    private static final double AMPLIFICATION_LIMIT = 1.5;
    private static final double REACH = 0.3;
    private static final int STEPS = 60;
    private static final double WINDOW = 0.01;
    private static final int FARTHEST = 15;

    private RiskMessages() {}

    static EarlyWarning warning(Graded graded) {
        Warning warning = graded.warning();
        EarlyWarning.Builder message =
                EarlyWarning.newBuilder()
                        .setInstrumentId(warning.series())
                        .setEventTimeNanos(graded.eventTimeNanos())
                        .setHorizonNanos(warning.horizon().nanos())
                        .setThresholdPpm(ppm(warning.horizon().threshold()))
                        .setLevel(level(graded.level()))
                        .setShownPredictor(warning.shown().map(WarningPredictor::id).orElse(""));
        warning.probability().ifPresent(p -> message.setProbabilityPpm(ppm(p)));
        for (WarningPredictor predictor : WarningPredictor.values()) {
            Double forecast = warning.forecasts().get(predictor);
            if (forecast != null) {
                message.addForecasts(
                        PredictorForecast.newBuilder()
                                .setPredictor(predictor.id())
                                .setProbabilityPpm(ppm(forecast)));
            }
        }
        for (Warning.Reason reason : warning.reasons()) {
            message.addReasons(
                    WarningReason.newBuilder()
                            .setFeature(reason.feature().id())
                            .setValue(reason.value())
                            .setLogOdds(reason.logOdds()));
        }
        for (WarningFeature missing : warning.missing()) {
            message.addMissingFeatures(missing.id());
        }
        return message.build();
    }

    static PredictorSkill skill(Skill skill) {
        PredictorSkill.Builder message =
                PredictorSkill.newBuilder()
                        .setHorizonNanos(skill.horizon().nanos())
                        .setPredictor(skill.predictor().id())
                        .setOutcomeCount(skill.outcomes());
        skill.brier().ifPresent(message::setBrierScore);
        return message.build();
    }

    static KeptWarning kept(Kept kept) {
        return KeptWarning.newBuilder()
                .setInstrumentId(kept.said().instrument())
                .setEventTimeNanos(kept.said().eventTimeNanos())
                .setHorizonNanos(kept.said().horizonNanos())
                .setProbabilityPpm(kept.probabilityPpm())
                .setShownPredictor(kept.predictor())
                .setLevel(level(kept.level()))
                .build();
    }

    /** The fuel of one market in steps of one percent, and where it feeds itself. */
    static GetCascadeResponse.Builder cascade(Market market, LiveBook book) {
        LiquidationMap map = market.map();
        double price = market.price();
        GetCascadeResponse.Builder message =
                GetCascadeResponse.newBuilder()
                        .setInstrumentId(market.instrument())
                        .setEventTimeNanos(book.eventTimeNanos())
                        .setPrice(price)
                        .setOpenNotional(market.openNotional())
                        .setAccountCount(book.accounts())
                        .setTruncated(book.truncated())
                        .setAmplificationLimit(AMPLIFICATION_LIMIT)
                        .setFeedsItselfBelow(map.gain(price, price * WINDOW) > 1)
                        .setFeedsItselfAbove(map.gain(price, -price * WINDOW) > 1)
                        .setDepthSize(market.depth());
        for (int percent = -FARTHEST; percent <= FARTHEST; percent++) {
            if (percent != 0) {
                double to = price * (100 + percent) / 100;
                message.addFuel(
                        Fuel.newBuilder()
                                .setDistancePpm(percent * 10_000L)
                                .setNotional(map.fuel(to) * price));
            }
        }
        map.amplifiedBeyond(AMPLIFICATION_LIMIT, REACH, STEPS)
                .ifPresent(reaction -> message.setAmplifiedBelow(reaction.pushed()));
        map.amplifiedBeyond(AMPLIFICATION_LIMIT, -REACH, STEPS)
                .ifPresent(reaction -> message.setAmplifiedAbove(reaction.pushed()));
        return message;
    }

    static PushResult push(Market market, double share) {
        Reaction reaction = market.map().push(market.price() * (1 + share));
        return PushResult.newBuilder()
                .setPushedPrice(reaction.pushed())
                .setEndPrice(reaction.end())
                .setClosedNotional(reaction.forced().size() * market.price())
                .setClosedCount(reaction.forced().levels())
                .setDeficit(reaction.forced().deficit())
                .setAmplification(reaction.amplification())
                .build();
    }

    private static AlertLevel level(io.delever.engine.sentiment.AlertLevel level) {
        return switch (level) {
            case NONE -> AlertLevel.ALERT_LEVEL_NONE;
            case WATCH -> AlertLevel.ALERT_LEVEL_WATCH;
            case WARNING -> AlertLevel.ALERT_LEVEL_WARNING;
            case CRITICAL -> AlertLevel.ALERT_LEVEL_CRITICAL;
        };
    }

    private static long ppm(double share) {
        return ScoreConverter.rate(share).ppm();
    }
}
