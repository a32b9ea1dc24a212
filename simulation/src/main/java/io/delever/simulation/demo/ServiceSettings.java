package io.delever.simulation.demo;

import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.simulation.scenario.LiquidationSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.ServiceName;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings by which the services follow a scenario. In a replay at speed N every time limit is
 * divided by N, but not below what a busy machine can keep.
 */
final class ServiceSettings {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long LEAST_STALENESS_NANOS = 2_000_000_000L;
    private static final long LEAST_PACE_MILLIS = 20;

    private final Scenario scenario;
    private final long speed;

    ServiceSettings(Scenario scenario, long speed) {
        this.scenario = scenario;
        this.speed = speed;
    }

    /** A staleness limit of the market in the replay's time. */
    long staleness(long marketNanos) {
        return Math.max(LEAST_STALENESS_NANOS, marketNanos / speed);
    }

    Map<ServiceName, Map<String, String>> environment() {
        return Map.of(
                ServiceName.PRICE,
                Map.of("DELEVER_PRICING_JUMP_FACTOR", "100"),
                ServiceName.MARGIN,
                margin(),
                ServiceName.LIQUIDATION,
                liquidation(),
                ServiceName.SENTIMENT,
                Map.of("DELEVER_SCORES_REPLAY_SPEED", Long.toString(speed)));
    }

    private Map<String, String> margin() {
        var parameters = scenario.liquidation().parameters().margin();
        return Map.of(
                "DELEVER_MARGIN_CALL_LEVEL_PPM",
                Long.toString(parameters.marginCallLevel().ppm()),
                "DELEVER_MARGIN_MAX_POSITIONS",
                Integer.toString(parameters.maxPositionsPerAccount()));
    }

    private Map<String, String> liquidation() {
        LiquidationSpec spec = scenario.liquidation();
        LiquidationParameters parameters = spec.parameters();
        LiquidationParameters.Sizing sizing = parameters.sizing();
        LiquidationParameters.Pace pace = parameters.pace();
        Map<String, String> settings = new HashMap<>(margin());
        put(settings, "SIZING_TARGET_EQUITY_RATIO_PPM", sizing.targetEquityRatio().ppm());
        put(settings, "SIZING_DEPTH_SHARE_PPM", sizing.depthShare().ppm());
        put(settings, "SIZING_STEP_NOTIONAL_CAP_E8", sizing.stepNotionalCap().e8());
        put(settings, "SIZING_DUST_NOTIONAL_E8", sizing.dustNotional().e8());
        put(settings, "SIZING_SLIPPAGE_COLLAR_PPM", parameters.slippageCollar().ppm());
        put(settings, "PACE_ATTEMPTS_BEFORE_ADL", pace.attemptsBeforeAdl());
        put(settings, "PACE_ADL_ROUNDS", pace.adlRounds());
        put(settings, "PACE_STEP_LIMIT", pace.stepLimit());
        settings.put("DELEVER_PACE_STEP_INTERVAL", millis(pace.stepIntervalNanos()));
        settings.put("DELEVER_PACE_RETRY_INTERVAL", millis(pace.retryIntervalNanos()));
        settings.put("DELEVER_PACE_ADL_PAUSE", millis(pace.adlPauseNanos()));
        put(settings, "ADL_SEVERITY_PPM", spec.adlSeverity().ppm());
        put(settings, "ADL_PROFIT_CAP_PPM", spec.adlProfitCap().ppm());
        settings.put(
                "DELEVER_FUND_FLOORS_E8",
                scenario.unitOfAccount().value() + ":" + spec.fundFloor().e8());
        return settings;
    }

    private String millis(long marketNanos) {
        return Math.max(LEAST_PACE_MILLIS, marketNanos / speed / NANOS_PER_MILLI) + "ms";
    }

    private static void put(Map<String, String> settings, String name, long value) {
        settings.put("DELEVER_" + name, Long.toString(value));
    }
}
