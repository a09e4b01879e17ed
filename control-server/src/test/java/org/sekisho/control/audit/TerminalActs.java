package org.sekisho.control.audit;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestTerminal;

/** What is done about terminals and where they belong. */
final class TerminalActs {
    private final Api administrator;

    TerminalActs(Api administrator) {
        this.administrator = administrator;
    }

    /** By operation. */
    Map<String, Act> byOperation() {
        return Map.ofEntries(
                Map.entry("POST /api/v1/enrolment-tokens", new Act("enrolment-token.create", this::enrolmentToken)),
                Map.entry("DELETE /api/v1/enrolment-tokens/{id}", new Act("enrolment-token.delete", this::withdraw)),
                Map.entry("POST /api/v1/enrolment", new Act("terminal.enrol", this::enrol)),
                Map.entry("POST /api/v1/terminals/{id}/revoke", new Act("terminal.revoke", this::revokeTerminal)),
                Map.entry("POST /api/v1/terminals/{id}/retire", new Act("terminal.retire", this::retireTerminal)),
                Map.entry("POST /api/v1/terminals/{id}/approve", new Act("terminal.approve", this::approveTerminal)),
                Map.entry("POST /api/v1/terminals/{id}/commands", new Act("terminal.command", this::command)),
                Map.entry("POST /api/v1/terminals/move", new Act("terminal.move", this::moveTerminal)),
                Map.entry("POST /api/v1/org-units", new Act("org-unit.create", () -> drawn("課" + UUID.randomUUID()))),
                Map.entry("POST /api/v1/org-units/rename", new Act("org-unit.rename", this::renameUnit)),
                Map.entry("DELETE /api/v1/org-units", new Act("org-unit.delete", this::removeUnit)),
                Map.entry("POST /api/v1/terminal-groups", new Act("terminal-group.create", this::group)),
                Map.entry("PUT /api/v1/terminal-groups/{id}", new Act("terminal-group.update", this::redefineGroup)),
                Map.entry(
                        "DELETE /api/v1/terminal-groups/{id}",
                        new Act(
                                "terminal-group.delete",
                                () -> administrator.delete("/api/v1/terminal-groups/"
                                        + group().json().get("id").asText()))));
    }

    private Answer enrolmentToken() {
        return administrator.post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN"));
    }

    private Answer withdraw() {
        return administrator.delete(
                "/api/v1/enrolment-tokens/" + enrolmentToken().json().get("id").asText());
    }

    private Answer enrol() {
        String token = TestTerminal.token(administrator, "LGWAN", 1);
        return TestTerminal.enrol(administrator.as(null), token, TestTerminal.newKeys());
    }

    private Answer revokeTerminal() {
        String terminal = TestTerminal.enrol(administrator).id();
        return administrator.post("/api/v1/terminals/" + terminal + "/revoke", Map.of("reason", "lost"));
    }

    private Answer retireTerminal() {
        String terminal = TestTerminal.enrol(administrator).id();
        return administrator.post("/api/v1/terminals/" + terminal + "/retire", Map.of("reason", "old"));
    }

    private Answer approveTerminal() {
        String token = administrator
                .post("/api/v1/enrolment-tokens", Map.of("segment", "LGWAN", "needsApproval", true))
                .json()
                .get("token")
                .asText();
        String terminal = TestTerminal.enrolBy(administrator, token).id();
        return administrator.post("/api/v1/terminals/" + terminal + "/approve", Map.of());
    }

    private Answer command() {
        String terminal = TestTerminal.enrol(administrator).id();
        return administrator.post(
                "/api/v1/terminals/" + terminal + "/commands", Map.of("kind", "ISOLATE", "reason", "coverage"));
    }

    private Answer moveTerminal() {
        String terminal = TestTerminal.enrol(administrator).id();
        return administrator.post("/api/v1/terminals/move", Map.of("terminals", List.of(terminal), "orgUnit", "水道局"));
    }

    private Answer drawn(String path) {
        return administrator.post("/api/v1/org-units", Map.of("paths", List.of(path)));
    }

    private Answer renameUnit() {
        String path = "課" + UUID.randomUUID();
        drawn(path);
        return administrator.post("/api/v1/org-units/rename", Map.of("from", path, "to", "新" + path));
    }

    private Answer removeUnit() {
        String path = "unit-" + UUID.randomUUID();
        drawn(path);
        return administrator.delete("/api/v1/org-units?path=" + path);
    }

    private Answer group() {
        return administrator.post("/api/v1/terminal-groups", Map.of("name", "g" + UUID.randomUUID()));
    }

    private Answer redefineGroup() {
        return administrator.send(
                "PUT",
                "/api/v1/terminal-groups/" + group().json().get("id").asText(),
                "application/json",
                ("{\"name\":\"g" + UUID.randomUUID() + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
