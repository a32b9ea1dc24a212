package io.delever.simulation.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;

/**
 * One JSON object a line for everything that happened, in order. Decimals are strings, times are
 * the market's.
 */
public final class EventLog implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final JsonGenerator json;
    private final Writer out;
    private long lines;

    /** Writes to {@code out}, which the caller owns. */
    public EventLog(Writer out) {
        this.out = out;
        try {
            this.json =
                    new JsonFactory()
                            .createGenerator(out)
                            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes one event.
     *
     * @param timeNanos when, since the Unix epoch
     * @param event its name in the past tense
     * @param fields names and values by turns; numbers stay numbers, all else becomes text
     */
    public void write(long timeNanos, String event, Object... fields) {
        try {
            json.writeStartObject();
            json.writeStringField("time", time(timeNanos));
            json.writeStringField("event", event);
            for (int i = 0; i < fields.length; i += 2) {
                String name = fields[i].toString();
                switch (fields[i + 1]) {
                    case Integer number -> json.writeNumberField(name, number);
                    case Long number -> json.writeNumberField(name, number);
                    case Boolean flag -> json.writeBooleanField(name, flag);
                    case Object other -> json.writeStringField(name, other.toString());
                }
            }
            json.writeEndObject();
            json.flush();
            out.write('\n');
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of events so far. */
    public long lines() {
        return lines;
    }

    /** An instant as RFC 3339 text in UTC. */
    public static String time(long nanos) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, NANOS_PER_SECOND),
                        Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
    }

    @Override
    public void close() {
        try {
            json.close();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
