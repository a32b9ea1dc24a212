package io.delever.gateway.client;

import java.util.Locale;

/** The services behind the gateway. */
public enum Upstream {
    /** Prices and their state; the gateway is not ready without it. */
    PRICE(true),
    /** Accounts, margin and commands; the gateway is not ready without it. */
    MARGIN(true),
    /** Cases, insurance fund and ADL queue. */
    LIQUIDATION(false),
    /** Scores and risk adjustments. */
    SENTIMENT(false);

    private final boolean required;

    Upstream(boolean required) {
        this.required = required;
    }

    /**
     * Whether the gateway reports itself as not ready while this service does not answer
     * (GATE-020).
     */
    public boolean required() {
        return required;
    }

    /** The service's name as operators know it, for example {@code margin-service}. */
    public String serviceName() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }
}
