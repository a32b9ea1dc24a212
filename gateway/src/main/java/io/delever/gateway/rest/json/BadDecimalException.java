package io.delever.gateway.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A decimal in a body that cannot be taken exactly; knows its place, value and limit. */
public final class BadDecimalException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String value;
    private final String limit;

    BadDecimalException(JsonParser parser, ScaledText.BadDecimal cause) {
        super(parser, cause.getMessage());
        this.reason = cause.reason();
        this.value = cause.value();
        this.limit = cause.limit();
    }

    /** The stable reason, for example {@code TOO_MANY_DECIMALS}. */
    public String reason() {
        return reason;
    }

    /** What was sent, shortened where it is long. */
    public String value() {
        return value;
    }

    /** What would have been allowed. */
    public String limit() {
        return limit;
    }
}
