package io.delever.gateway.rest.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A point in time (GATE-003). Travels as RFC 3339 text in UTC with nine decimals of the second.
 *
 * @param epochNanos nanoseconds since the Unix epoch
 */
@Schema(
        type = SchemaType.STRING,
        format = "date-time",
        examples = {"2025-10-10T21:15:00.000000000Z"},
        description = "RFC 3339, UTC, with nanoseconds.")
public record Timestamp(long epochNanos) {
    private static final long NANOS = 1_000_000_000L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'");

    /** A time that a service left unset (0) is absent. */
    public static Optional<Timestamp> ofNonZero(long epochNanos) {
        return epochNanos == 0 ? Optional.empty() : Optional.of(new Timestamp(epochNanos));
    }

    /** The same point in time, to the nanosecond. */
    public static Timestamp of(Instant instant) {
        return new Timestamp(
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano()));
    }

    @Override
    @JsonValue
    public String toString() {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(epochNanos, NANOS),
                        (int) Math.floorMod(epochNanos, NANOS),
                        ZoneOffset.UTC);
        return FORMAT.format(time);
    }
}
