package io.delever.gateway.rest.json;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A decimal number with at most eight places, exact (GATE-001). Travels as a JSON string.
 *
 * @param e8 the number times 10^8
 */
@Schema(
        type = SchemaType.STRING,
        format = "decimal",
        pattern = "^-?(0|[1-9][0-9]*)(\\.[0-9]{1,8})?$",
        examples = {"1234.5"},
        description = "A decimal number with at most 8 places, as a string so that it stays exact.")
public record Decimal(long e8) {
    /** Greatest number of decimal places. */
    public static final int PLACES = 8;

    /**
     * Reads plain decimal text.
     *
     * @throws IllegalArgumentException where it is not one, has more than eight places or does not
     *     fit
     */
    public static Decimal parse(String text) {
        return new Decimal(ScaledText.parse(text, PLACES));
    }

    @Override
    @JsonValue
    public String toString() {
        return ScaledText.format(e8, PLACES);
    }
}
