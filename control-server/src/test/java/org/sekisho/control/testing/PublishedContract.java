package org.sekisho.control.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the server publishes about itself, held against what it does: an exchange agrees if the document names its
 * operation, its status, its answer's type and all of its JSON, and nothing that the document demands is missing.
 *
 * <p>Sources: OpenAPI 3.1.0, JSON Schema 2020-12, RFC 9457 ({@code application/problem+json}), and the HTML standard, 9.2
 * (server-sent events).
 */
public final class PublishedContract {
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String LINES = "application/x-ndjson";

    private final List<PublishedOperation> operations;
    private final ClosedSchemas schemas;

    private PublishedContract(JsonNode document) {
        operations = PublishedOperation.of(document);
        schemas = new ClosedSchemas(document);
    }

    /** Of an OpenAPI document. */
    public static PublishedContract of(JsonNode document) {
        return new PublishedContract(document);
    }

    /** As the server under test publishes it now. */
    public static PublishedContract of(Api anyone) {
        return of(anyone.get("/api/v1/openapi?format=json").json());
    }

    /** All that is published. */
    public List<PublishedOperation> operations() {
        return List.copyOf(operations);
    }

    /** The one of this name. */
    public PublishedOperation operation(String id) {
        return operations.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No operation named " + id + " is published"));
    }

    /** Where document and server disagree in this exchange; empty: nowhere. */
    public List<String> disagreements(Exchange exchange) {
        String asked = exchange.method() + " " + exchange.path().split("\\?", 2)[0];
        Optional<PublishedOperation> found = operations.stream()
                .filter(one -> one.serves(exchange.method(), exchange.path()))
                .min(Comparator.comparingLong(PublishedOperation::variables));
        if (found.isEmpty()) {
            return List.of(asked + ": no such operation is published");
        }
        PublishedOperation operation = found.get();
        return Stream.concat(ofRequest(operation, exchange).stream(), ofResponse(operation, exchange).stream())
                .map(fault -> operation.id() + " (" + exchange.status() + "): " + fault)
                .toList();
    }

    private List<String> ofRequest(PublishedOperation operation, Exchange exchange) {
        String body = exchange.requestBody();
        if (!exchange.succeeded() || body == null) {
            return List.of();
        }
        return isJson(operation.requestType())
                ? prefixed("request: ", schemas.faults(operation.requestSchema(), body))
                : List.of("request: no JSON is documented, and the server took some");
    }

    private List<String> ofResponse(PublishedOperation operation, Exchange exchange) {
        JsonNode response = operation.response(exchange.status());
        if (response.isMissingNode()) {
            return List.of("the status is not documented");
        }
        JsonNode content = response.path("content");
        String type = exchange.mediaType();
        if (content.isEmpty()) {
            return exchange.responseBody().isEmpty() ? List.of() : List.of("a body is not documented, and was " + type);
        }
        return content.properties().stream()
                .filter(one -> one.getKey().split(";", 2)[0].strip().equals(type))
                .findFirst()
                .map(one -> ofBody(one.getValue().path("schema"), type, exchange.responseBody()))
                .orElseGet(() -> List.of("the type is not documented: " + type));
    }

    private List<String> ofBody(JsonNode schema, String type, String body) {
        List<String> faults = new ArrayList<>();
        values(type, body).forEach(value -> faults.addAll(schemas.faults(schema, value)));
        return faults;
    }

    /** The JSON values that such a body carries. */
    private static List<String> values(String type, String body) {
        if (type.equals(EVENT_STREAM)) {
            return body.lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()))
                    .toList();
        }
        if (type.equals(LINES)) {
            return body.lines().toList();
        }
        return isJson(type) ? List.of(body) : List.of();
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static List<String> prefixed(String prefix, List<String> faults) {
        return faults.stream().map(fault -> prefix + fault).toList();
    }
}
