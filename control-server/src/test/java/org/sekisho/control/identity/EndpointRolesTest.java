package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Exchange;
import org.sekisho.control.testing.PublishedContract;
import org.sekisho.control.testing.ServerUnderTest;

/** Each operation admits whom it should, whatever they come with, and answers everybody as the document says. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EndpointRolesTest {
    private final Api administrator = Api.administrator();

    /** A new one each time: failures of one address add up. */
    private LoopbackClient client = new LoopbackClient();

    @Test
    void eachOperationAdmitsItsRolesAndNobodyElse() {
        Map<String, String> proofs = new LinkedHashMap<>();
        proofs.put(OperationRoles.NOBODY, "");
        for (String role : OperationRoles.OPERATORS) {
            proofs.put(role, TestOperator.appoint(administrator, role).bearer());
            proofs.put(
                    role + OperationRoles.LIMITED,
                    TestOperator.appoint(administrator, Api.role(role, "総務部/税務課"))
                            .bearer());
        }
        Map<String, Operation> published = published();
        assertThat(published.keySet()).containsExactlyInAnyOrderElementsOf(OperationRoles.operations());

        PublishedContract contract = PublishedContract.of(administrator);
        List<String> wrong = new ArrayList<>();
        published.forEach((name, operation) -> proofs.forEach((who, proof) -> {
            client = new LoopbackClient();
            Exchange exchange = operation.done(client, proof);
            int status = exchange.status();
            String expected =
                    OperationRoles.admitted(name, who) ? "admitted" : who.equals(OperationRoles.NOBODY) ? "401" : "403";
            String found = status == 401 || status == 403 ? String.valueOf(status) : "admitted";
            if (!expected.equals(found) || status >= 500) {
                wrong.add(name + " as " + who + ": expected " + expected + ", got " + status);
            }
            // Whatever it is: an answer that the document doesn't have is one that no client is ready for.
            contract.disagreements(exchange).forEach(fault -> wrong.add(name + " as " + who + ": " + fault));
        }));
        assertThat(wrong).isEmpty();
    }

    private Map<String, Operation> published() {
        JsonNode document = administrator.get("/api/v1/openapi?format=json").json();
        Map<String, Operation> operations = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("responses")) {
                        String verb = method.getKey().toUpperCase(Locale.ROOT);
                        operations.put(verb + " " + path.getKey(), Operation.of(verb, path, method.getValue()));
                    }
                }));
        return operations;
    }

    /** One operation with made-up parameters; its body is {@code {}}, which none of them takes for a valid order. */
    private record Operation(String method, String path, String contentType) {
        static Operation of(String method, Map.Entry<String, JsonNode> path, JsonNode described) {
            String filled = path.getKey();
            for (JsonNode declaredAt : List.of(path.getValue(), described)) {
                for (JsonNode parameter : declaredAt.path("parameters")) {
                    filled = filled.replace(
                            "{" + parameter.get("name").asText() + "}", madeUp(parameter.path("schema")));
                }
            }
            assertThat(filled).as("every parameter of " + path.getKey()).doesNotContain("{");
            var types = described.path("requestBody").path("content").fieldNames();
            return new Operation(method, filled, types.hasNext() ? types.next() : "");
        }

        private static String madeUp(JsonNode schema) {
            String type = schema.path("type").asText();
            if (schema.toString().contains("UUID")
                    || schema.path("format").asText().equals("uuid")) {
                return new UUID(0, 0).toString();
            }
            return type.equals("integer") ? "999999999" : "MY_NUMBER";
        }

        Exchange done(LoopbackClient client, String proof) {
            Map<String, String> headers = new TreeMap<>();
            if (!contentType.isEmpty()) {
                headers.put("Content-Type", contentType);
            }
            if (!proof.isEmpty()) {
                headers.put("Authorization", proof);
            }
            return client.exchange(method, path, contentType.isEmpty() ? "" : "{}", headers);
        }
    }
}
