package io.delever.gateway.rest.view;

import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Ratio;
import java.util.Optional;

/** What the views have in common. */
final class Views {
    private Views() {}

    /**
     * An enum name of the wire without its prefix: {@code PRICE_STATE_FRESH} becomes {@code FRESH}.
     */
    static String name(Enum<?> value, String prefix) {
        String name = value.name();
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    static Optional<Decimal> decimal(boolean present, long e8) {
        return present ? Optional.of(new Decimal(e8)) : Optional.empty();
    }

    static Optional<Ratio> ratio(boolean present, long ppm) {
        return present ? Optional.of(new Ratio(ppm)) : Optional.empty();
    }

    static Optional<String> text(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
