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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EndpointRolesTest {
    private static final String NOBODY = "nobody";
    private static final Set<String> OPERATORS =
            Set.of(Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR);
    private static final Set<String> EVERYBODY =
            Stream.concat(OPERATORS.stream(), Stream.of(NOBODY)).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OVERSIGHT = Set.of(Role.Name.ADMINISTRATOR, Role.Name.AUDITOR);
    private static final Set<String> INCIDENT_STAFF = Set.of(Role.Name.ADMINISTRATOR, Role.Name.RESPONDER);
    private static final Set<String> APPROVING = Set.of(Role.Name.ADMINISTRATOR, Role.Name.APPROVER);
    private static final Set<String> GRANTORS = Set.of(Role.Name.ADMINISTRATOR, Role.Name.APPROVER);
    private static final Set<String> ADMINISTRATORS = Set.of(Role.Name.ADMINISTRATOR);

    /** Every operation that is published, and who may. A new one fails the test until somebody has decided. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("GET /api/v1/account/passkeys", OPERATORS),
            // Only from the console: a token is sent away.
            Map.entry("POST /api/v1/account/passkeys", OPERATORS),
            Map.entry("POST /api/v1/account/passkeys/options", Set.of()),
            Map.entry("DELETE /api/v1/account/passkeys/{id}", OPERATORS),
            Map.entry("GET /api/v1/account/tokens", OPERATORS),
            Map.entry("DELETE /api/v1/account/tokens/{id}", OPERATORS),
            Map.entry("POST /api/v1/device/authorization", EVERYBODY),
            Map.entry("POST /api/v1/device/token", EVERYBODY),
            Map.entry("GET /api/v1/device/requests/{code}", OPERATORS),
            Map.entry("POST /api/v1/device/requests/{code}/approval", Set.of()),
            Map.entry("POST /api/v1/device/requests/{code}/denial", Set.of()),
            Map.entry("GET /api/v1/invitations", OVERSIGHT),
            Map.entry("POST /api/v1/invitations", ADMINISTRATORS),
            Map.entry("POST /api/v1/invitations/for/{operator}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/invitations/{id}", ADMINISTRATORS),
            Map.entry("GET /api/v1/invitations/acceptance", EVERYBODY),
            Map.entry("POST /api/v1/invitations/acceptance", EVERYBODY),
            Map.entry("POST /api/v1/invitations/acceptance/options", EVERYBODY),
            Map.entry("GET /api/v1/org-units", OPERATORS),
            Map.entry("PATCH /api/v1/operators/{id}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/operators/{id}/sessions", ADMINISTRATORS),
            Map.entry("GET /api/v1/operators/{id}/passkeys", OVERSIGHT),
            Map.entry("DELETE /api/v1/operators/{id}/passkeys/{passkey}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/session/all", OPERATORS),
            Map.entry("POST /api/v1/setup/options", EVERYBODY),
            Map.entry("GET /api/v1/sign-in", EVERYBODY),
            Map.entry("GET /api/v1/sign-in/oidc", EVERYBODY),
            Map.entry("GET /api/v1/sign-in/oidc/callback", EVERYBODY),
            Map.entry("POST /api/v1/sign-in", EVERYBODY),
            Map.entry("POST /api/v1/sign-in/options", EVERYBODY),
            Map.entry("GET /api/v1/alarms", OPERATORS),
            Map.entry("GET /api/v1/alarms/counts", OPERATORS),
            Map.entry("GET /api/v1/alarms/stream", OPERATORS),
            Map.entry("GET /api/v1/alarms/{id}", OPERATORS),
            Map.entry("POST /api/v1/alarms/{id}/acknowledgement", INCIDENT_STAFF),
            Map.entry("GET /api/v1/alarm-settings", OPERATORS),
            Map.entry("PUT /api/v1/alarm-settings", ADMINISTRATORS),
            Map.entry("GET /api/v1/audit", OVERSIGHT),
            Map.entry("GET /api/v1/audit/verification", OVERSIGHT),
            Map.entry("POST /api/v1/enrolment", EVERYBODY),
            Map.entry("GET /api/v1/enrolment-tokens", OVERSIGHT),
            Map.entry("POST /api/v1/enrolment-tokens", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/enrolment-tokens/{id}", ADMINISTRATORS),
            Map.entry("GET /api/v1/events", OPERATORS),
            Map.entry("GET /api/v1/events/download", OPERATORS),
            Map.entry("GET /api/v1/events/histogram", OPERATORS),
            Map.entry("GET /api/v1/export-destinations", OVERSIGHT),
            Map.entry("POST /api/v1/export-destinations", ADMINISTRATORS),
            Map.entry("PATCH /api/v1/export-destinations/{id}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/export-destinations/{id}", ADMINISTRATORS),
            Map.entry("GET /api/v1/saved-searches", OPERATORS),
            Map.entry("POST /api/v1/saved-searches", OPERATORS),
            Map.entry("DELETE /api/v1/saved-searches/{id}", OPERATORS),
            Map.entry("GET /api/v1/events/stream", OPERATORS),
            Map.entry("GET /api/v1/events/{terminal}/{seq}", OPERATORS),
            Map.entry("GET /api/v1/events/{terminal}/{seq}/explanation", OPERATORS),
            Map.entry("GET /api/v1/incidents", OPERATORS),
            Map.entry("GET /api/v1/incidents/stream", OPERATORS),
            Map.entry("GET /api/v1/incidents/{id}", OPERATORS),
            Map.entry("GET /api/v1/incidents/counts", OPERATORS),
            Map.entry("GET /api/v1/incidents/{id}/timeline", OPERATORS),
            Map.entry("GET /api/v1/incidents/{id}/similar", OPERATORS),
            Map.entry("GET /api/v1/incidents/{id}/evidence", Set.of(Role.Name.RESPONDER, Role.Name.AUDITOR)),
            Map.entry("PATCH /api/v1/incidents/{id}", INCIDENT_STAFF),
            Map.entry("PUT /api/v1/incidents/{id}/report-clock", INCIDENT_STAFF),
            Map.entry("GET /api/v1/incidents/{id}/report-drafts/{stage}", OPERATORS),
            Map.entry("GET /api/v1/incidents/{id}/report-drafts/{stage}/download", OPERATORS),
            Map.entry("PUT /api/v1/incidents/{id}/report-drafts/{stage}", INCIDENT_STAFF),
            Map.entry("PUT /api/v1/incidents/{id}/links/{other}", INCIDENT_STAFF),
            Map.entry("DELETE /api/v1/incidents/{id}/links/{other}", INCIDENT_STAFF),
            Map.entry("GET /api/v1/incident-rules", OPERATORS),
            Map.entry("PUT /api/v1/incident-rules", ADMINISTRATORS),
            Map.entry("POST /api/v1/incident-rules/preview", ADMINISTRATORS),
            Map.entry("GET /api/v1/notification-subscriptions", OVERSIGHT),
            Map.entry("POST /api/v1/notification-subscriptions", ADMINISTRATORS),
            Map.entry("PATCH /api/v1/notification-subscriptions/{id}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/notification-subscriptions/{id}", ADMINISTRATORS),
            Map.entry("GET /api/v1/mail-server", OVERSIGHT),
            Map.entry("PUT /api/v1/mail-server", ADMINISTRATORS),
            Map.entry("POST /api/v1/mail-server/test", ADMINISTRATORS),
            Map.entry("GET /api/v1/media", OPERATORS),
            Map.entry("POST /api/v1/media", ADMINISTRATORS),
            Map.entry("GET /api/v1/media/export", OPERATORS),
            Map.entry("POST /api/v1/media/import", ADMINISTRATORS),
            Map.entry("GET /api/v1/media/{id}", OPERATORS),
            Map.entry("PATCH /api/v1/media/{id}", ADMINISTRATORS),
            Map.entry("GET /api/v1/permits", OPERATORS),
            Map.entry("POST /api/v1/permits", GRANTORS),
            Map.entry("GET /api/v1/permits/{id}", OPERATORS),
            Map.entry("GET /api/v1/permits/{id}/events", OPERATORS),
            Map.entry("POST /api/v1/permits/{id}/revoke", GRANTORS),
            Map.entry("GET /api/v1/overview", OPERATORS),
            Map.entry("GET /api/v1/reports", OVERSIGHT),
            Map.entry("POST /api/v1/reports", OVERSIGHT),
            Map.entry("GET /api/v1/reports/{id}", OVERSIGHT),
            Map.entry("GET /api/v1/reports/{id}/download", OVERSIGHT),
            Map.entry("POST /api/v1/reports/{id}/cancellation", OVERSIGHT),
            Map.entry("GET /api/v1/operators", OVERSIGHT),
            Map.entry("POST /api/v1/operators", ADMINISTRATORS),
            Map.entry("GET /api/v1/operators/{id}/tokens", OVERSIGHT),
            Map.entry("POST /api/v1/operators/{id}/tokens", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/operators/{id}/tokens/{token}", ADMINISTRATORS),
            Map.entry("GET /api/v1/policies", OPERATORS),
            Map.entry("POST /api/v1/policies", ADMINISTRATORS),
            Map.entry("POST /api/v1/policies/check", OPERATORS),
            Map.entry("POST /api/v1/policies/simulate", OPERATORS),
            Map.entry("POST /api/v1/policies/diff", OPERATORS),
            Map.entry("GET /api/v1/policies/templates", OPERATORS),
            Map.entry("GET /api/v1/policies/{segment}/current", OPERATORS),
            Map.entry("GET /api/v1/policies/{segment}/{revision}", OPERATORS),
            Map.entry("GET /api/v1/policies/{segment}/{revision}/rollout", OPERATORS),
            Map.entry("GET /api/v1/policies/{segment}/{revision}/diff", OPERATORS),
            Map.entry("GET /api/v1/policies/{segment}/{revision}/signed", OPERATORS),
            Map.entry("POST /api/v1/policies/{segment}/{revision}/restoration", ADMINISTRATORS),
            Map.entry("POST /api/v1/policies/{segment}/{revision}/stage", ADMINISTRATORS),
            Map.entry("GET /api/v1/policy-proposals", OPERATORS),
            Map.entry("GET /api/v1/policy-proposals/{id}", OPERATORS),
            Map.entry("POST /api/v1/policy-proposals/{id}/approval", APPROVING),
            Map.entry("POST /api/v1/policy-proposals/{id}/refusal", APPROVING),
            Map.entry("POST /api/v1/policy-proposals/{id}/withdrawal", ADMINISTRATORS),
            Map.entry("GET /api/v1/server", OPERATORS),
            Map.entry("GET /api/v1/session", OPERATORS),
            Map.entry("POST /api/v1/session", EVERYBODY),
            Map.entry("DELETE /api/v1/session", EVERYBODY),
            Map.entry("GET /api/v1/setup", EVERYBODY),
            Map.entry("POST /api/v1/setup", EVERYBODY),
            Map.entry("GET /api/v1/terminals", OPERATORS),
            Map.entry("GET /api/v1/terminals/{id}", OPERATORS),
            Map.entry("GET /api/v1/terminals/summary", OPERATORS),
            Map.entry("GET /api/v1/terminals/{id}/commands", OPERATORS),
            Map.entry("POST /api/v1/terminals/{id}/commands", INCIDENT_STAFF),
            Map.entry("POST /api/v1/terminals/move", ADMINISTRATORS),
            Map.entry("POST /api/v1/terminals/{id}/approve", ADMINISTRATORS),
            Map.entry("POST /api/v1/terminals/{id}/retire", ADMINISTRATORS),
            Map.entry("POST /api/v1/org-units", ADMINISTRATORS),
            Map.entry("POST /api/v1/org-units/rename", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/org-units", ADMINISTRATORS),
            Map.entry("GET /api/v1/terminal-groups", OPERATORS),
            Map.entry("POST /api/v1/terminal-groups", ADMINISTRATORS),
            Map.entry("PUT /api/v1/terminal-groups/{id}", ADMINISTRATORS),
            Map.entry("DELETE /api/v1/terminal-groups/{id}", ADMINISTRATORS),
            Map.entry("POST /api/v1/terminals/{id}/revoke", ADMINISTRATORS));

    /** Of these, a role that is limited to a branch is enough to come in; {@code BranchTest} looks at what one then sees. */
    private static final Set<String> WITHIN_BRANCH = Set.of(
            "GET /api/v1/account/passkeys",
            "POST /api/v1/account/passkeys",
            "DELETE /api/v1/account/passkeys/{id}",
            "GET /api/v1/account/tokens",
            "DELETE /api/v1/account/tokens/{id}",
            "GET /api/v1/alarms",
            "GET /api/v1/alarms/counts",
            "GET /api/v1/alarms/stream",
            "GET /api/v1/alarms/{id}",
            "POST /api/v1/alarms/{id}/acknowledgement",
            "GET /api/v1/alarm-settings",
            "GET /api/v1/device/requests/{code}",
            "GET /api/v1/enrolment-tokens",
            "POST /api/v1/enrolment-tokens",
            "DELETE /api/v1/enrolment-tokens/{id}",
            "GET /api/v1/events",
            "GET /api/v1/events/download",
            "GET /api/v1/events/histogram",
            "GET /api/v1/saved-searches",
            "POST /api/v1/saved-searches",
            "DELETE /api/v1/saved-searches/{id}",
            "GET /api/v1/events/stream",
            "GET /api/v1/events/{terminal}/{seq}",
            "GET /api/v1/events/{terminal}/{seq}/explanation",
            "GET /api/v1/incidents",
            "GET /api/v1/incidents/stream",
            "GET /api/v1/incidents/{id}",
            "GET /api/v1/incidents/counts",
            "GET /api/v1/incidents/{id}/timeline",
            "GET /api/v1/incidents/{id}/similar",
            "GET /api/v1/incidents/{id}/evidence",
            "PATCH /api/v1/incidents/{id}",
            "PUT /api/v1/incidents/{id}/report-clock",
            "GET /api/v1/incidents/{id}/report-drafts/{stage}",
            "GET /api/v1/incidents/{id}/report-drafts/{stage}/download",
            "PUT /api/v1/incidents/{id}/report-drafts/{stage}",
            "PUT /api/v1/incidents/{id}/links/{other}",
            "DELETE /api/v1/incidents/{id}/links/{other}",
            "GET /api/v1/incident-rules",
            "GET /api/v1/invitations",
            "POST /api/v1/invitations",
            "DELETE /api/v1/invitations/{id}",
            "GET /api/v1/media",
            "POST /api/v1/media",
            "GET /api/v1/media/export",
            "POST /api/v1/media/import",
            "GET /api/v1/media/{id}",
            "PATCH /api/v1/media/{id}",
            "GET /api/v1/org-units",
            "GET /api/v1/overview",
            "GET /api/v1/permits",
            "POST /api/v1/permits",
            "GET /api/v1/permits/{id}",
            "GET /api/v1/permits/{id}/events",
            "POST /api/v1/permits/{id}/revoke",
            "GET /api/v1/policies",
            "POST /api/v1/policies/check",
            "POST /api/v1/policies/diff",
            "GET /api/v1/policies/templates",
            "GET /api/v1/policies/{segment}/current",
            "GET /api/v1/policies/{segment}/{revision}",
            "GET /api/v1/policies/{segment}/{revision}/rollout",
            "GET /api/v1/policies/{segment}/{revision}/diff",
            "GET /api/v1/policies/{segment}/{revision}/signed",
            "GET /api/v1/policy-proposals",
            "GET /api/v1/policy-proposals/{id}",
            "GET /api/v1/reports",
            "POST /api/v1/reports",
            "GET /api/v1/reports/{id}",
            "GET /api/v1/reports/{id}/download",
            "POST /api/v1/reports/{id}/cancellation",
            "GET /api/v1/server",
            "GET /api/v1/session",
            "DELETE /api/v1/session/all",
            "GET /api/v1/terminals",
            "GET /api/v1/terminals/{id}",
            "GET /api/v1/terminals/summary",
            "GET /api/v1/terminals/{id}/commands",
            "POST /api/v1/terminals/{id}/commands",
            "POST /api/v1/terminals/move",
            "POST /api/v1/terminals/{id}/approve",
            "POST /api/v1/terminals/{id}/retire",
            "GET /api/v1/terminal-groups",
            "POST /api/v1/terminals/{id}/revoke");

    private static final String LIMITED = " of a branch";

    private final Api administrator = Api.administrator();

    /** A new one each time: failures of one address add up. */
    private LoopbackClient client = new LoopbackClient();

    @Test
    void eachOperationAdmitsItsRolesAndNobodyElse() {
        Map<String, String> proofs = new LinkedHashMap<>();
        proofs.put(NOBODY, "");
        for (String role : OPERATORS) {
            proofs.put(role, TestOperator.appoint(administrator, role).bearer());
            proofs.put(
                    role + LIMITED,
                    TestOperator.appoint(administrator, Api.role(role, "総務部/税務課"))
                            .bearer());
        }
        Map<String, Operation> published = published();
        assertThat(published.keySet()).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());

        List<String> wrong = new ArrayList<>();
        published.forEach((name, operation) -> proofs.forEach((who, proof) -> {
            client = new LoopbackClient();
            int status = operation.status(client, proof);
            String expected = admitted(name, who) ? "admitted" : who.equals(NOBODY) ? "401" : "403";
            String found = status == 401 || status == 403 ? String.valueOf(status) : "admitted";
            if (!expected.equals(found) || status >= 500) {
                wrong.add(name + " as " + who + ": expected " + expected + ", got " + status);
            }
        }));
        assertThat(wrong).isEmpty();
    }

    private static boolean admitted(String operation, String who) {
        Set<String> allowed = ALLOWED.getOrDefault(operation, Set.of());
        return who.endsWith(LIMITED)
                ? allowed.equals(EVERYBODY)
                        || (WITHIN_BRANCH.contains(operation) && allowed.contains(who.replace(LIMITED, "")))
                : allowed.contains(who);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/openapi",
                "/api/v1/openapi/",
                "/api/v1/openapi?format=json",
                "/api/v1/openapi.json",
                "/api/v1/openapi.yaml",
                "/api/v1/openapi.yml",
                "/api/v1//openapi.json",
                "/api/v1/./openapi.json",
                "/api/v1/openapi.json;x=y",
                "/api/v1/%6fpenapi.json"
            })
    void theDescriptionItselfIsForOperators(String path) {
        assertThat(client.get(path).status()).isIn(401, 404);
        assertThat(client.get(path, "Accept", "application/json").status()).isIn(401, 404);
    }

    @Test
    void everyOperatorGetsTheDescription() {
        Answer answer = administrator.withRole(Role.Name.RESPONDER).get("/api/v1/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("paths")).isTrue();
        assertThat(client.get("/api/v1/openapi.json").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/nothing",
                "/api/v1/operators/nothing/nothing/nothing",
                "/api/v2/terminals",
                "/api/v1",
                "/api",
                "/q/nothing",
                "/q/openapi",
                "/q/dev-ui",
                "/gone.js"
            })
    void whatIsNotThereIsNotThereForAnybody(String path) {
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(administrator.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/terminals", "/setup?token=none", "/gone.js", "/q/health/live", "/api/v1/session"})
    void everyAnswerCarriesTheSecurityHeaders(String path) {
        Answer answer = client.get(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("Strict-Transport-Security")).startsWith("max-age=");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void answersOfTheInterfaceAreNeverKept() {
        assertThat(administrator.get("/api/v1/server").header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.get("/api/v1/server").header("Cache-Control")).isEqualTo("no-store");
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

        int status(LoopbackClient client, String proof) {
            Map<String, String> headers = new TreeMap<>();
            if (!contentType.isEmpty()) {
                headers.put("Content-Type", contentType);
            }
            if (!proof.isEmpty()) {
                headers.put("Authorization", proof);
            }
            return client.status(method, path, contentType.isEmpty() ? "" : "{}", headers);
        }
    }
}
