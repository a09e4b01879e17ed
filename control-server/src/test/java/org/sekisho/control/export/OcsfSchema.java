package org.sekisho.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The OCSF schema as its project publishes the sources: a class is the merge of what it extends, its profiles, and the dictionary. */
final class OcsfSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> CLASSIFYING = Set.of("category_uid", "class_uid");

    private final Path folder;
    private final JsonNode dictionary;
    private final Map<String, JsonNode> classes = new HashMap<>();

    private OcsfSchema(Path folder) {
        this.folder = folder;
        this.dictionary = read(folder.resolve("dictionary.json"));
        try (var files = Files.walk(folder.resolve("events"))) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> {
                JsonNode one = read(file);
                classes.put(one.get("name").asText(), one);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the system property `sekisho.ocsf-schema` says, or in a folder `shared/data` beside the project; else none. */
    static Optional<OcsfSchema> find() {
        String set = System.getProperty("sekisho.ocsf-schema");
        if (set != null) {
            return Optional.of(new OcsfSchema(Path.of(set)));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/data/ocsf-schema");
            if (Files.exists(beside.resolve("dictionary.json"))) {
                return Optional.of(new OcsfSchema(beside));
            }
        }
        return Optional.empty();
    }

    String version() {
        return read(folder.resolve("version.json")).get("version").asText();
    }

    /** What is wrong with an event; empty: it is valid. */
    List<String> violations(JsonNode event) {
        List<String> wrong = new ArrayList<>();
        JsonNode type = classes.values().stream()
                .filter(one -> uid(one) == event.path("class_uid").asLong(-1))
                .findFirst()
                .orElse(null);
        if (type == null) {
            return List.of("there is no class " + event.path("class_uid"));
        }
        if (event.path("type_uid").asLong()
                != uid(type) * 100 + event.path("activity_id").asLong()) {
            wrong.add("type_uid isn't class_uid * 100 + activity_id");
        }
        if (event.path("category_uid").asLong(-1) != uid(type) / 1000) {
            wrong.add("category_uid isn't the class's");
        }
        Set<String> profiles = event.at("/metadata/profiles")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        check(event, attributes(type, classes, profiles), JSON.createObjectNode(), "", wrong);
        return wrong;
    }

    private long uid(JsonNode type) {
        if (type.path("name").asText().equals("base_event")) {
            return 0;
        }
        for (JsonNode at = type; at != null; at = classes.get(at.path("extends").asText())) {
            JsonNode category = read(folder.resolve("categories.json"))
                    .at("/attributes/" + at.path("category").asText() + "/uid");
            if (!category.isMissingNode()) {
                return type.has("uid")
                        ? category.asLong() * 1000 + type.get("uid").asLong()
                        : -2;
            }
        }
        return -2;
    }

    /** A profile's attributes belong to the event only if it says that it has the profile. */
    private ObjectNode attributes(JsonNode type, Map<String, JsonNode> family, Set<String> profiles) {
        ObjectNode merged = JSON.createObjectNode();
        JsonNode parent = type.has("extends") ? family.get(type.get("extends").asText()) : null;
        if (parent != null) {
            merge(merged, attributes(parent, family, profiles));
        }
        for (JsonNode include : type.path("attributes").path("$include")) {
            JsonNode profile = read(folder.resolve(include.asText()));
            if (profiles.contains(profile.get("name").asText())) {
                merge(merged, (ObjectNode) profile.get("attributes"));
            }
        }
        ObjectNode own = type.path("attributes").deepCopy();
        own.remove("$include");
        merge(merged, own);
        return merged;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode before && field.getValue() instanceof ObjectNode after) {
                merge(before, after);
            } else {
                into.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }

    private void check(JsonNode value, ObjectNode attributes, JsonNode constraints, String at, List<String> wrong) {
        attributes.properties().forEach(attribute -> {
            if (attribute.getValue().path("requirement").asText().equals("required")
                    && !value.has(attribute.getKey())) {
                wrong.add(at + attribute.getKey() + " is missing");
            }
        });
        JsonNode any = constraints.path("at_least_one");
        if (any.isArray() && any.valueStream().noneMatch(name -> value.has(name.asText()))) {
            wrong.add(at + " has none of " + any);
        }
        value.properties().forEach(field -> {
            JsonNode known = dictionary.get("attributes").path(field.getKey());
            if (!attributes.has(field.getKey()) || known.isMissingNode()) {
                wrong.add(at + field.getKey() + " is no attribute here");
                return;
            }
            ObjectNode merged = known.deepCopy();
            merge(merged, (ObjectNode) attributes.get(field.getKey()));
            if (known.path("is_array").asBoolean()) {
                if (!field.getValue().isArray()) {
                    wrong.add(at + field.getKey() + " is no array");
                }
                field.getValue().forEach(item -> one(item, merged, at + field.getKey(), wrong));
            } else {
                one(field.getValue(), merged, at + field.getKey(), wrong);
            }
        });
    }

    private void one(JsonNode value, ObjectNode attribute, String at, List<String> wrong) {
        String type = attribute.get("type").asText();
        if (!type.endsWith("_t")) {
            if (!type.equals("object")) {
                Map<String, JsonNode> family = new HashMap<>();
                for (JsonNode object = object(type); object != null; ) {
                    family.put(object.get("name").asText(), object);
                    object =
                            object.has("extends") ? object(object.get("extends").asText()) : null;
                }
                JsonNode object = object(type);
                check(value, attributes(object, family, Set.of()), object.path("constraints"), at + ".", wrong);
            }
            return;
        }
        JsonNode known = dictionary.at("/types/attributes/" + type);
        String base = known.has("type") ? known.get("type").asText() : type;
        boolean fits = switch (base) {
            case "string_t" -> value.isTextual();
            case "integer_t", "long_t" -> value.isIntegralNumber();
            case "boolean_t" -> value.isBoolean();
            case "float_t" -> value.isNumber();
            default -> true;
        };
        if (!fits
                || (known.has("regex")
                        && !Pattern.compile(known.get("regex").asText())
                                .matcher(value.asText())
                                .find())) {
            wrong.add(at + " is no " + type + ": " + value);
        }
        // What a class is and belongs to is said of the class, and compared above.
        if (!CLASSIFYING.contains(at)
                && attribute.has("enum")
                && value.isIntegralNumber()
                && !attribute.get("enum").has(value.asText())) {
            wrong.add(at + " has no value " + value);
        }
    }

    private JsonNode object(String name) {
        return read(folder.resolve("objects").resolve(name + ".json"));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
