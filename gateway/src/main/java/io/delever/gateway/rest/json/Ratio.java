package io.delever.gateway.rest.json;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A rate, a leverage or a ratio with at most six places, exact (GATE-001). Travels as a JSON
 * string; 1 is the whole, so {@code "0.005"} is half a percent.
 *
 * @param ppm the number times 10^6
 */
@Schema(
        type = SchemaType.STRING,
        format = "decimal",
        pattern = "^-?(0|[1-9][0-9]*)(\\.[0-9]{1,6})?$",
        examples = {"0.005"},
        description =
                "A rate, leverage or ratio with at most 6 places, as a string; 1 is the whole.")
public record Ratio(long ppm) {
    /** Greatest number of decimal places. */
    public static final int PLACES = 6;

    /**
     * Reads plain decimal text.
     *
     * @throws IllegalArgumentException where it is not one, has more than six places or does not
     *     fit
     */
    public static Ratio parse(String text) {
        return new Ratio(ScaledText.parse(text, PLACES));
    }

    @Override
    @JsonValue
    public String toString() {
        return ScaledText.format(ppm, PLACES);
    }
}
