package org.sekisho.control.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;

/** What is done about operators and how they come in. */
final class PeopleActs {
    private final Api administrator;

    PeopleActs(Api administrator) {
        this.administrator = administrator;
    }

    /** By operation. */
    Map<String, Act> byOperation() {
        return Map.ofEntries(
                Map.entry("POST /api/v1/session", new Act("session.open", this::signIn)),
                Map.entry("POST /api/v1/operators", new Act("operator.create", this::appoint)),
                Map.entry(
                        "POST /api/v1/operators/{id}/tokens",
                        new Act("operator-token.create", () -> token(appointed()))),
                Map.entry(
                        "DELETE /api/v1/operators/{id}/tokens/{token}",
                        new Act("operator-token.revoke", this::revokeToken)),
                Map.entry("POST /api/v1/invitations", new Act("invitation.create", this::invite)),
                Map.entry("DELETE /api/v1/invitations/{id}", new Act("invitation.delete", this::withdrawInvitation)),
                Map.entry(
                        "POST /api/v1/invitations/for/{operator}",
                        new Act(
                                "invitation.create",
                                () -> administrator.post("/api/v1/invitations/for/" + appointed(), Map.of()))),
                Map.entry(
                        "PATCH /api/v1/operators/{id}",
                        new Act(
                                "operator.update",
                                () -> administrator.patch(
                                        "/api/v1/operators/" + appointed(), Map.of("disabled", true)))),
                Map.entry(
                        "DELETE /api/v1/operators/{id}/sessions",
                        new Act(
                                "session.close-all",
                                () -> administrator.delete("/api/v1/operators/" + appointed() + "/sessions"))));
    }

    private Answer signIn() {
        // The installation's token, which the harness alone knows: another of the same operator does as well.
        JsonNode self = administrator.get("/api/v1/session").json();
        String token =
                token(self.at("/operator/id").asText()).json().get("token").asText();
        return administrator.as(null).post("/api/v1/session", Map.of("token", token));
    }

    private Answer invite() {
        return administrator.post(
                "/api/v1/invitations", Map.of("name", "n" + UUID.randomUUID(), "roles", List.of(Api.role("auditor"))));
    }

    private Answer withdrawInvitation() {
        return administrator.delete(
                "/api/v1/invitations/" + invite().json().get("id").asText());
    }

    private Answer appoint() {
        return administrator.post(
                "/api/v1/operators", Map.of("name", "n" + UUID.randomUUID(), "roles", List.of(Api.role("auditor"))));
    }

    private String appointed() {
        return appoint().json().get("id").asText();
    }

    private Answer token(String operator) {
        return administrator.post("/api/v1/operators/" + operator + "/tokens", Map.of());
    }

    private Answer revokeToken() {
        String operator = appointed();
        String token = token(operator).json().get("id").asText();
        return administrator.delete("/api/v1/operators/" + operator + "/tokens/" + token);
    }
}
