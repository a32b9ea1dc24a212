package io.delever.margin.grpc;

import java.util.HashMap;
import java.util.Map;

/** A request that breaks the contract: what, which value, what would be right. */
final class MalformedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final HashMap<String, String> metadata;

    MalformedException(String reason, String message, Map<String, String> metadata) {
        super(message);
        this.reason = reason;
        this.metadata = new HashMap<>(metadata);
    }

    String reason() {
        return reason;
    }

    Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }
}
