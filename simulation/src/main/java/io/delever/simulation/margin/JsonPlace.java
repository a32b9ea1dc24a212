package io.delever.simulation.margin;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** A value and where it stands in the file, so that a complaint can name the place (MARG-032). */
public final class JsonPlace {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final int SHOWN_CHARACTERS = 40;

    private final String file;
    private final String path;
    private final JsonNode node;

    private JsonPlace(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /** The root object of a file. */
    public static JsonPlace root(String file, byte[] content) {
        JsonNode node;
        try {
            node = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where =
                    at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new CommandFailure(Main.EXIT_FAILED, file + where + ": not JSON: " + reason(e));
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, file + ": not readable: " + e.getMessage());
        }
        return new JsonPlace(file, "$", node);
    }

    /** The failure that says what is wrong here. */
    public CommandFailure wrong(String what) {
        return new CommandFailure(Main.EXIT_FAILED, file + ", " + path + ": " + what);
    }

    /** Refuses fields that are not among these. */
    public JsonPlace withFields(String... names) {
        if (!node.isObject()) {
            throw wrong("must be an object, is " + shown());
        }
        Set<String> admitted = new TreeSet<>(List.of(names));
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!admitted.contains(name)) {
                                throw wrong(
                                        "unknown field '" + cut(name) + "', known are " + admitted);
                            }
                        });
        return this;
    }

    /** A field that must be there. */
    public JsonPlace field(String name) {
        return optional(name).orElseThrow(() -> wrong("field '" + name + "' is missing"));
    }

    /** A field that may be there. */
    public Optional<JsonPlace> optional(String name) {
        JsonNode value = node.get(name);
        return value == null
                ? Optional.empty()
                : Optional.of(new JsonPlace(file, path + "." + name, value));
    }

    /** The elements of an array; an absent optional array has none. */
    public List<JsonPlace> elements(int limit) {
        if (!node.isArray()) {
            throw wrong("must be an array, is " + shown());
        }
        if (node.size() > limit) {
            throw wrong("has " + node.size() + " elements, the limit is " + limit);
        }
        List<JsonPlace> places = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            places.add(new JsonPlace(file, path + "[" + i + "]", node.get(i)));
        }
        return places;
    }

    /** A string, read by {@code reader}, whose complaint is passed on with the place. */
    public <T> T read(Function<String, T> reader) {
        if (!node.isTextual()) {
            throw wrong("must be a string (decimals are strings too), is " + shown());
        }
        return checked(() -> reader.apply(node.textValue()));
    }

    /** A whole number. */
    public int wholeNumber() {
        if (!node.isInt()) {
            throw wrong("must be a whole number, is " + shown());
        }
        return node.intValue();
    }

    /** Runs something that refuses what stands here, and passes its complaint on with the place. */
    public <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Jackson's reason without its own note of the place, which stands in the message already. */
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int note = message.indexOf(" (for ");
        return note < 0 ? message : message.substring(0, note);
    }

    private String shown() {
        return cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
