package org.sekisho.control.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sekisho.control.testing.Api;

/** Somebody appointed for one test, with one token. */
record TestOperator(UUID id, String name, UUID tokenId, String token) {
    static TestOperator appoint(Api administrator, String role) {
        return appoint(administrator, Api.role(role));
    }

    static TestOperator appoint(Api administrator, Map<String, String> role) {
        String name = role.get("role") + "-" + UUID.randomUUID();
        JsonNode operator = administrator
                .post("/api/v1/operators", Map.of("name", name, "roles", List.of(role)))
                .json();
        UUID id = UUID.fromString(operator.get("id").asText());
        JsonNode issued = administrator
                .post("/api/v1/operators/" + id + "/tokens", Map.of("roles", List.of(role)))
                .json();
        return new TestOperator(
                id,
                name,
                UUID.fromString(issued.get("id").asText()),
                issued.get("token").asText());
    }

    String tokensPath() {
        return "/api/v1/operators/" + id + "/tokens";
    }

    String bearer() {
        return "Bearer " + token;
    }
}
