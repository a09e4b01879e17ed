package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;

/** Operators, their tokens and invitations, and what shows what they did. */
final class PeopleStory {
    private final PublishedClient client;

    PeopleStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::appoint, this::invite, this::look);
    }

    private void appoint() {
        Map<String, JsonNode> id = Map.of(
                "id", client.call("createOperator", NONE, somebody()).json().get("id"));
        client.call("listOperators");
        JsonNode token = client.call("createOperatorToken", id, Map.of("label", "script"))
                .json()
                .get("id");
        client.call("listOperatorTokens", id);
        client.call("revokeOperatorToken", Map.of("id", id.get("id"), "token", token));
        client.call("updateOperator", id, Map.of("disabled", true));
    }

    private void invite() {
        JsonNode invited = client.call("createInvitation", NONE, somebody()).json();
        client.call("listInvitations");
        client.call("deleteInvitation", Map.of("id", invited.get("id")));
    }

    private void look() {
        client.call("listAudit");
        client.call("verifyAudit");
        client.call("getServer");
        client.call("getOverview");
    }

    private static Map<String, Object> somebody() {
        return Map.of("name", "n" + UUID.randomUUID(), "roles", List.of(Api.role(Role.Name.AUDITOR, "総務部")));
    }
}
