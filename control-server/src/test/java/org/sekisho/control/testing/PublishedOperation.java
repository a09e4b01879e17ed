package org.sekisho.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operation as the OpenAPI document describes it (OpenAPI 3.1, 4.8.10).
 *
 * @param path with its variables in braces
 */
public record PublishedOperation(String id, String method, String path, JsonNode described) {
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch", "head", "options");

    /** All of a document. */
    static List<PublishedOperation> of(JsonNode document) {
        List<PublishedOperation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new PublishedOperation(
                                method.getValue().path("operationId").asText(),
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
                    }
                }));
        return operations;
    }

    /** What it takes besides a body. */
    public JsonNode parameters() {
        return described.path("parameters");
    }

    /** The first type of body that it takes; empty: it takes none. */
    public String requestType() {
        return described.path("requestBody").path("content").properties().stream()
                .findFirst()
                .map(java.util.Map.Entry::getKey)
                .orElse("");
    }

    /** The types of what it answers when it succeeds. */
    public List<String> successTypes() {
        return described.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> response.getValue().path("content").properties().stream())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    boolean serves(String asked, String where) {
        String pattern = VARIABLE.splitAsStream(path).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return method.equals(asked)
                && where.split("\\?", 2)[0].matches(path.endsWith("}") ? pattern + "[^/]+" : pattern);
    }

    /** Of several that serve a path, the one with the fewest does (OpenAPI 3.1, 4.8.8.2). */
    long variables() {
        return VARIABLE.matcher(path).results().count();
    }

    JsonNode requestSchema() {
        return described.path("requestBody").path("content").path(requestType()).path("schema");
    }

    /** What it answers with this status; missing: never with this one. What it answers by default is no success. */
    JsonNode response(int status) {
        JsonNode responses = described.path("responses");
        JsonNode named = responses.path(String.valueOf(status));
        return named.isMissingNode() && status >= 400 ? responses.path("default") : named;
    }
}
