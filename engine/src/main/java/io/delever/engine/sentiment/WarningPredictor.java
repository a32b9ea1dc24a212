package io.delever.engine.sentiment;

import java.util.List;

/** Who forecasts, the simplest first (EWRN-004). */
public enum WarningPredictor {
    /** How often it happened so far. */
    BASE_RATE("base_rate"),
    /** Volatility alone. */
    VOLATILITY("volatility_alone"),
    /** Open interest alone. */
    OPEN_INTEREST("open_interest_alone"),
    /** Everything. */
    MODEL("model");

    private final String id;

    WarningPredictor(String id) {
        this.id = id;
    }

    /** The stable name on the wire and in reports. */
    public String id() {
        return id;
    }

    /** What it looks at. */
    public List<WarningFeature> features() {
        return switch (this) {
            case BASE_RATE -> List.of();
            case VOLATILITY -> List.of(WarningFeature.VOLATILITY);
            case OPEN_INTEREST -> List.of(WarningFeature.OPEN_INTEREST);
            case MODEL -> List.of(WarningFeature.values());
        };
    }
}
