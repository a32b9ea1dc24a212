package io.delever.simulation.stack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The five services. */
public enum ServiceName {
    /** Index and mark prices. */
    PRICE("price-service", ""),
    /** Accounts and margin. */
    MARGIN("margin-service", "price sentiment"),
    /** Cases, fund and ADL. */
    LIQUIDATION("liquidation-service", "price margin venue"),
    /** Scores. */
    SENTIMENT("sentiment-service", "price margin liquidation"),
    /** REST, events and the page. */
    GATEWAY("gateway", "price margin liquidation sentiment");

    private final String module;
    private final String clients;

    ServiceName(String module, String clients) {
        this.module = module;
        this.clients = clients;
    }

    /** Its module, which is also its name in messages and logs. */
    public String module() {
        return module;
    }

    /** Names of the gRPC clients that it configures. */
    List<String> clients() {
        return Arrays.stream(clients.split(" ", -1)).filter(name -> !name.isEmpty()).toList();
    }

    /** Its name as a gRPC client of others; the database of a service has the same name. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
