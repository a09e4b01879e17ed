package org.sekisho.control.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An OpenAPI document's schemas, read as people read them: an object has the properties that are named, and no others,
 * unless the document says that it may. OpenAPI 3.1 takes JSON Schema 2020-12 as it is, where others are always welcome.
 */
final class ClosedSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHERS = "additionalProperties";

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final JsonNode components;

    ClosedSchemas(JsonNode document) {
        String version = document.path("openapi").asText();
        if (!version.startsWith("3.1")) {
            throw new IllegalArgumentException("OpenAPI " + version + " has another dialect of JSON Schema than 3.1");
        }
        components = document.path("components").deepCopy();
        close(components.path("schemas"));
    }

    /** What of this text the schema does not allow; empty: all is well. */
    List<String> faults(JsonNode schema, String text) {
        if (text.isBlank()) {
            return List.of("is empty");
        }
        ObjectNode root = JSON.createObjectNode();
        root.set("components", components);
        JsonNode closed = schema.deepCopy();
        close(closed);
        root.set("allOf", JSON.createArrayNode().add(closed));
        try {
            return factory.getSchema(root, config).validate(JSON.readTree(text)).stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        } catch (JsonProcessingException e) {
            return List.of("is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (isObject(object.path("type")) && !object.has(OTHERS)) {
                object.put(OTHERS, false);
            }
            object.forEach(ClosedSchemas::close);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ClosedSchemas::close);
        }
    }

    /** One type, or several of which it is one. */
    private static boolean isObject(JsonNode type) {
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).anyMatch(ClosedSchemas::isObject)
                : "object".equals(type.asText());
    }
}
