package io.delever.simulation.margin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The part of JSON Schema that our schemas use; lists what does not fit, with its place. */
final class SchemaCheck {
    private final JsonNode schema;
    private final List<String> complaints = new ArrayList<>();

    private SchemaCheck(JsonNode schema) {
        this.schema = schema;
    }

    static List<String> complaints(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.visit("$", schema, value);
        return check.complaints;
    }

    private void visit(String path, JsonNode rule, JsonNode value) {
        if (rule.has("$ref")) {
            visit(path, schema.at(rule.get("$ref").textValue().substring(1)), value);
        }
        if (rule.has("type") && !rule.get("type").textValue().equals(typeOf(value))) {
            complaints.add(path + " is no " + rule.get("type").textValue());
        }
        if (rule.has("pattern") && !value.asText().matches(rule.get("pattern").textValue())) {
            complaints.add(path + " does not match " + rule.get("pattern"));
        }
        if (rule.has("enum") && !rule.get("enum").toString().contains(value.toString())) {
            complaints.add(path + " is none of " + rule.get("enum"));
        }
        for (JsonNode name : rule.path("required")) {
            if (!value.has(name.textValue())) {
                complaints.add(path + " lacks " + name);
            }
        }
        if (rule.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                visit(path + "[" + i + "]", rule.get("items"), value.get(i));
            }
        }
        if (rule.has("properties")) {
            visitProperties(path, rule.get("properties"), value);
        }
    }

    private void visitProperties(String path, JsonNode properties, JsonNode value) {
        value.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (properties.has(name)) {
                                visit(path + "." + name, properties.get(name), value.get(name));
                            } else {
                                complaints.add(path + " has unknown " + name);
                            }
                        });
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "integer";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
