package io.delever.engine.pricing;

/** A value of a definition is outside its limits (PRIC-001). Thrown at the edge only. */
public final class OutOfRangeException extends IllegalArgumentException {
    private final String field;
    private final String id;
    private final String value;
    private final String limit;

    /**
     * Says what was given and what is allowed.
     *
     * @param field name of the field as in the contract
     * @param id the instrument or source whose field it is
     * @param value the value that was given
     * @param limit what is allowed
     */
    public OutOfRangeException(String field, String id, Object value, String limit) {
        super("%s of %s: %s, limit %s".formatted(field, id, value, limit));
        this.field = field;
        this.id = id;
        this.value = value.toString();
        this.limit = limit;
    }

    /** Name of the field as in the contract. */
    public String field() {
        return field;
    }

    /** The instrument or source whose field it is. */
    public String id() {
        return id;
    }

    /** The value that was given. */
    public String value() {
        return value;
    }

    /** What is allowed. */
    public String limit() {
        return limit;
    }
}
