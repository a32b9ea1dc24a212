package io.delever.simulation.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON value together with its place in the file, for example {@code
 * instruments[3].tiers[1].floor}, so that every complaint names the place, the value and the limit.
 * Fields that nobody asked for are complained about by {@link #end()}.
 */
public final class JsonPlace {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .configure(JsonParser.Feature.ALLOW_COMMENTS, false)
                    .build();

    private final String file;
    private final String path;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    private JsonPlace(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * Parses a whole file that must hold one JSON object.
     *
     * @param file name for messages
     * @param text the content
     * @throws ScenarioException with line and column where it is not JSON
     */
    public static JsonPlace parse(String file, String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root == null || !root.isObject()) {
                throw new ScenarioException(file + ": expected one JSON object");
            }
            return new JsonPlace(file, "", root);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new ScenarioException(
                    file + " line " + line + " column " + column + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /** The place of this value in the file, empty for the root. */
    public String path() {
        return path;
    }

    /**
     * The exception for something wrong here.
     *
     * @param message value and limit
     */
    public ScenarioException wrong(String message) {
        return new ScenarioException(
                file + " at " + (path.isEmpty() ? "$" : path) + ": " + message);
    }

    /**
     * The exception for something wrong here, with its cause.
     *
     * @param message value and limit
     * @param cause what was thrown below
     */
    public ScenarioException wrong(String message, Throwable cause) {
        return new ScenarioException(wrong(message).text(), cause);
    }

    /** A field that must be there. */
    public JsonPlace get(String name) {
        return find(name).orElseThrow(() -> wrong("field \"" + name + "\" is missing"));
    }

    /** A field that may be absent. */
    public Optional<JsonPlace> find(String name) {
        if (!node.isObject()) {
            throw wrong("expected an object, found " + shown());
        }
        asked.add(name);
        JsonNode child = node.get(name);
        if (child == null) {
            return Optional.empty();
        }
        return Optional.of(new JsonPlace(file, path.isEmpty() ? name : path + "." + name, child));
    }

    /** Complains about the first field that nobody asked for. */
    public void end() {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!asked.contains(name)) {
                throw wrong("unknown field \"" + name + "\"");
            }
        }
    }

    /** The entries of an array that must hold at least {@code least}. */
    public <T> List<T> list(int least, Function<JsonPlace, T> reader) {
        if (!node.isArray()) {
            throw wrong("expected an array, found " + shown());
        }
        if (node.size() < least) {
            throw wrong("expected at least " + least + " entries, found " + node.size());
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            values.add(reader.apply(new JsonPlace(file, path + "[" + i + "]", node.get(i))));
        }
        return List.copyOf(values);
    }

    /** A string that is not empty. */
    public String text() {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw wrong("expected a non-empty string, found " + shown());
        }
        return node.textValue();
    }

    /** A whole number between two limits, both included. */
    public long integer(long least, long greatest) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong("expected a whole number, found " + shown());
        }
        long value = node.longValue();
        if (value < least || value > greatest) {
            throw wrong("value " + value + " is outside " + least + " to " + greatest);
        }
        return value;
    }

    /** A string that another type understands; its complaint becomes ours. */
    public <T> T parsed(Function<String, T> parser) {
        String text = text();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
            throw wrong("value \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private String shown() {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
