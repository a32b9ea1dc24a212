package io.delever.simulation.conformance;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of examples; numbers keep every digit that was printed. */
final class ExampleFile {
    /** A larger file is refused before it is read. */
    static final long GREATEST_BYTES = 64L * 1024 * 1024;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private ExampleFile() {}

    static List<Example> read(Path file) throws UnreadableFileException {
        JsonNode root = parse(file);
        if (!root.isArray()) {
            throw new UnreadableFileException(
                    file + ": must be a list of examples, is " + described(root));
        }
        List<Example> examples = new ArrayList<>(root.size());
        for (int i = 0; i < root.size(); i++) {
            examples.add(example(file, i, root.get(i)));
        }
        return List.copyOf(examples);
    }

    private static JsonNode parse(Path file) throws UnreadableFileException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnreadableFileException(file + ": there is no such file");
            }
            long size = Files.size(file);
            if (size > GREATEST_BYTES) {
                throw new UnreadableFileException(
                        file + ": has " + size + " bytes, the limit is " + GREATEST_BYTES);
            }
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new UnreadableFileException(
                    file + place(e.getLocation()) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableFileException(file + ": cannot be read: " + e.getMessage());
        }
    }

    private static String place(JsonLocation location) {
        return location == null
                ? ""
                : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Example example(Path file, int index, JsonNode node)
            throws UnreadableFileException {
        String place = file + ": example " + (index + 1);
        if (!node.isObject()) {
            throw new UnreadableFileException(place + ": must be an object, is " + described(node));
        }
        String id = text(place, node, "id");
        String named = place + " (" + id + ")";
        return new Example(
                id,
                text(named, node, "kind"),
                object(named, node, "input"),
                object(named, node, "expected"),
                node.path("recomputed").isBoolean() && !node.path("recomputed").booleanValue());
    }

    private static String text(String place, JsonNode node, String field)
            throws UnreadableFileException {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new UnreadableFileException(
                    place + ": " + field + " must be a text, is " + described(value));
        }
        return value.textValue();
    }

    private static JsonNode object(String place, JsonNode node, String field)
            throws UnreadableFileException {
        JsonNode value = node.path(field);
        if (!value.isObject()) {
            throw new UnreadableFileException(
                    place + ": " + field + " must be an object, is " + described(value));
        }
        return value;
    }

    private static String described(JsonNode node) {
        if (node.isMissingNode()) {
            return "missing";
        }
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
