package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.Inventory;

/** Terminals, from their token to their end, and where they belong. */
final class TerminalStory {
    private final PublishedClient client;

    TerminalStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::enrol, this::withdraw, this::operate, this::end, this::organise, this::group);
    }

    private void enrol() {
        JsonNode token = token(Map.of("segment", "LGWAN", "needsApproval", true, "orgUnit", "総務部/税務課"));
        byte[] request = EnrolRequest.newBuilder()
                .setToken(token.get("token").asText())
                .setCertificateRequest(ByteString.copyFrom(TestTerminal.request(TestTerminal.newKeys())))
                .setHost("host-" + UUID.randomUUID())
                .setWireVersion(1)
                .setInventory(Inventory.newBuilder().setOs("Linux").addUsers("hanako"))
                .build()
                .toByteArray();
        client.as(client.api().as(null)).call("enrolTerminal", NONE, request);
        String waiting = TestTerminal.enrolBy(
                        client.api(),
                        token(Map.of("segment", "LGWAN", "needsApproval", true))
                                .get("token")
                                .asText())
                .id();
        client.call("approveTerminal", Map.of("id", waiting));
        client.call("listEnrolmentTokens");
    }

    private void withdraw() {
        client.call(
                "deleteEnrolmentToken",
                Map.of("id", token(Map.of("segment", "INTERNET")).get("id")));
    }

    private void operate() {
        String terminal = enrolled();
        Map<String, String> id = Map.of("id", terminal);
        client.call("moveTerminals", NONE, Map.of("terminals", List.of(terminal), "orgUnit", "水道局"));
        client.call("giveCommand", id, Map.of("kind", "ISOLATE", "reason", "coverage"));
        client.call("listCommands", id);
        client.call("getTerminal", id);
        client.call("listTerminals", Map.of("q", terminal));
        client.call("summarizeTerminals");
    }

    private void end() {
        client.call("revokeTerminal", Map.of("id", enrolled()), Map.of("reason", "lost"));
        client.call("retireTerminal", Map.of("id", enrolled()), Map.of("reason", "old"));
    }

    private void organise() {
        String path = "課" + UUID.randomUUID();
        client.call("addOrgUnits", NONE, Map.of("paths", List.of(path)));
        client.call("renameOrgUnit", NONE, Map.of("from", path, "to", "新" + path));
        client.call("listOrgUnits");
        client.call("deleteOrgUnit", Map.of("path", "新" + path));
    }

    private void group() {
        JsonNode group = client.call("createTerminalGroup", NONE, Map.of("name", "g" + UUID.randomUUID()))
                .json();
        Map<String, JsonNode> id = Map.of("id", group.get("id"));
        client.call(
                "replaceTerminalGroup",
                id,
                Map.of("name", "g" + UUID.randomUUID(), "members", List.of(enrolled()), "hostPattern", "host-*"));
        client.call("listTerminalGroups");
        client.call("deleteTerminalGroup", id);
    }

    private JsonNode token(Map<String, Object> wanted) {
        return client.call("createEnrolmentToken", NONE, wanted).json();
    }

    private String enrolled() {
        return TestTerminal.enrol(client.api()).id();
    }
}
