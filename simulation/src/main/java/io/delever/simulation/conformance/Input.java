package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part of an example's input; says which part is missing or wrong. */
final class Input {
    private final String path;
    private final JsonNode node;
    private final Input parent;

    private Input(String path, JsonNode node, @Nullable Input parent) {
        this.path = path;
        this.node = node;
        this.parent = parent == null ? this : parent;
    }

    static Input of(String path, JsonNode node) {
        return new Input(path, node, null);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** The first of these fields that is there. */
    Input get(String... names) {
        return find(names)
                .orElseThrow(
                        () -> new ShapeException(path + " has no " + String.join(" or ", names)));
    }

    Optional<Input> find(String... names) {
        for (String name : names) {
            if (has(name)) {
                return Optional.of(new Input(path + "." + name, node.get(name), this));
            }
        }
        return Optional.empty();
    }

    /** The one field whose name starts so, whatever unit follows: {@code tierFloorBtc}. */
    Input startingWith(String prefix) {
        return findStartingWith(prefix)
                .orElseThrow(() -> new ShapeException(path + " has no " + prefix + "…"));
    }

    Optional<Input> findStartingWith(String prefix) {
        List<String> names = new ArrayList<>();
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (name.startsWith(prefix) && has(name)) {
                                names.add(name);
                            }
                        });
        if (names.size() > 1) {
            throw new ShapeException(path + " has several " + prefix + "…: " + names);
        }
        return names.isEmpty() ? Optional.empty() : find(names.getFirst());
    }

    /** The fields whose names end so, by the part before: {@code btcQty} is {@code btc}. */
    Map<String, Input> endingWith(String suffix) {
        Map<String, Input> found = new LinkedHashMap<>();
        fields().forEach(
                        (name, value) -> {
                            if (name.endsWith(suffix)) {
                                found.put(
                                        name.substring(0, name.length() - suffix.length()), value);
                            }
                        });
        return found;
    }

    Map<String, Input> fields() {
        if (!node.isObject()) {
            throw new ShapeException(path + " must be an object, is " + node);
        }
        Map<String, Input> fields = new LinkedHashMap<>();
        node.fieldNames()
                .forEachRemaining(
                        name ->
                                fields.put(
                                        name, new Input(path + "." + name, node.get(name), this)));
        return fields;
    }

    List<Input> items() {
        if (!node.isArray()) {
            throw new ShapeException(path + " must be a list, is " + node);
        }
        List<Input> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(new Input(path + "[" + i + "]", node.get(i), this));
        }
        return items;
    }

    /** A list, or one thing that stands for a list of one. */
    List<Input> itemsOrSelf() {
        return node.isArray() ? items() : List.of(this);
    }

    Input item(int index) {
        List<Input> items = items();
        if (index >= items.size()) {
            throw new ShapeException(path + " has no item " + (index + 1));
        }
        return items.get(index);
    }

    List<BigDecimal> numbers() {
        return items().stream().map(Input::number).toList();
    }

    BigDecimal number(String... names) {
        return get(names).number();
    }

    BigDecimal numberOr(BigDecimal otherwise, String... names) {
        return find(names).map(Input::number).orElse(otherwise);
    }

    /** A number, or an expression that may name its sibling fields. */
    BigDecimal number() {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isTextual()) {
            return Arithmetic.evaluate(node.textValue(), name -> parent.number(name));
        }
        throw new ShapeException(path + " must be a number, is " + node);
    }

    /** A whole number that fits a long. */
    long whole(String... names) {
        Input value = get(names);
        try {
            return value.number().longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException(value.path + " must be a whole number, is " + value.node);
        }
    }

    long wholeOr(long otherwise, String name) {
        return has(name) ? whole(name) : otherwise;
    }

    String text() {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isIntegralNumber()) {
            return node.asText();
        }
        throw new ShapeException(path + " must be a text, is " + node);
    }

    boolean flag() {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        throw new ShapeException(path + " must be true or false, is " + node);
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean isList() {
        return node.isArray();
    }

    boolean isText() {
        return node.isTextual();
    }

    /** +1 for a long or a buyer, -1 for a short or a seller. */
    int side() {
        if (node.isNumber()) {
            int sign = node.decimalValue().signum();
            if (sign != 0) {
                return sign;
            }
        } else {
            String word = text();
            if (word.equalsIgnoreCase("long") || word.equalsIgnoreCase("buy")) {
                return 1;
            }
            if (word.equalsIgnoreCase("short") || word.equalsIgnoreCase("sell")) {
                return -1;
            }
        }
        throw new ShapeException(path + " must be long or short, is " + node);
    }

    String path() {
        return path;
    }
}
