package org.sekisho.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestTerminal;

/** Every operation that changes something is done once, and must have left its entry. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class AuditCoverageTest {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    /** POST only for the size of what is sent; they change nothing. */
    private static final Set<String> READ_ONLY = Set.of(
            "POST /api/v1/incident-rules/preview",
            "POST /api/v1/policies/check",
            "POST /api/v1/policies/diff",
            "POST /api/v1/policies/simulate");
    /** Only begin what another operation ends; what nobody ends leaves nothing. */
    private static final Set<String> BEGINNINGS = Set.of(
            "POST /api/v1/sign-in/options",
            "POST /api/v1/setup/options",
            "POST /api/v1/invitations/acceptance/options",
            "POST /api/v1/account/passkeys/options",
            "POST /api/v1/device/authorization");

    private static final String STRICT =
            "segment: internet\nname: strict\ndefaults:\n  - channel: media\n    verdict: audit\n";
    private static final String LOOSE = STRICT + "  - channel: clipboard\n    verdict: audit\n";

    /** Need a browser with a passkey or a link; the tests of identity look for their entries. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            // By a second person, whom this test's only operator can't be; ProposalsTest looks for the entries.
            "POST /api/v1/policy-proposals/{id}/approval",
            "POST /api/v1/policy-proposals/{id}/refusal",
            // The tests of media and permits look for theirs.
            "POST /api/v1/media",
            "POST /api/v1/media/import",
            "PATCH /api/v1/media/{id}",
            "POST /api/v1/permits",
            "POST /api/v1/permits/{id}/revoke",
            "DELETE /api/v1/session",
            "DELETE /api/v1/session/all",
            "POST /api/v1/setup",
            "POST /api/v1/sign-in",
            "POST /api/v1/invitations/acceptance",
            "POST /api/v1/account/passkeys",
            "DELETE /api/v1/account/passkeys/{id}",
            "DELETE /api/v1/operators/{id}/passkeys/{passkey}",
            "DELETE /api/v1/account/tokens/{id}",
            "POST /api/v1/device/token",
            "POST /api/v1/device/requests/{code}/approval",
            "POST /api/v1/device/requests/{code}/denial");

    @Inject
    Jdbi jdbi;

    @Inject
    AuditLog log;

    private final Api administrator = Api.administrator();

    @Test
    void everyChangeLeavesAnEntry() {
        Map<String, Act> acts = Map.ofEntries(
                Map.entry("POST /api/v1/session", new Act("session.open", this::signIn)),
                Map.entry("POST /api/v1/operators", new Act("operator.create", this::appoint)),
                Map.entry(
                        "POST /api/v1/operators/{id}/tokens",
                        new Act("operator-token.create", () -> token(appointed()))),
                Map.entry(
                        "DELETE /api/v1/operators/{id}/tokens/{token}",
                        new Act("operator-token.revoke", this::revokeToken)),
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
                                        + group().json().get("id").asText()))),
                Map.entry("PATCH /api/v1/incidents/{id}", new Act("incident.update", this::closeIncident)),
                Map.entry(
                        "PUT /api/v1/incidents/{id}/report-clock", new Act("incident.report-clock", this::startClock)),
                Map.entry(
                        "PUT /api/v1/incidents/{id}/report-drafts/{stage}",
                        new Act("incident.report-draft", this::writeDraft)),
                Map.entry("PUT /api/v1/incidents/{id}/links/{other}", new Act("incident.link", this::linkIncidents)),
                Map.entry(
                        "DELETE /api/v1/incidents/{id}/links/{other}",
                        new Act(
                                "incident.unlink",
                                () -> administrator.delete(
                                        linkIncidents().response().uri().getPath()))),
                Map.entry("PUT /api/v1/incident-rules", new Act("incident-rules.update", this::setRules)),
                Map.entry(
                        "POST /api/v1/alarms/{id}/acknowledgement",
                        new Act("alarm.acknowledge", this::acknowledgeAlarm)),
                Map.entry("PUT /api/v1/alarm-settings", new Act("alarm-settings.update", this::setAlarms)),
                Map.entry("POST /api/v1/reports", new Act("report.order", this::orderReport)),
                Map.entry("POST /api/v1/reports/{id}/cancellation", new Act("report.cancel", this::cancelReport)),
                Map.entry("POST /api/v1/notification-subscriptions", new Act("notification.create", this::subscribe)),
                Map.entry(
                        "PATCH /api/v1/notification-subscriptions/{id}",
                        new Act("notification.update", this::pauseSubscription)),
                Map.entry(
                        "DELETE /api/v1/notification-subscriptions/{id}",
                        new Act("notification.delete", this::unsubscribe)),
                Map.entry("PUT /api/v1/mail-server", new Act("mail-server.update", this::setMailServer)),
                Map.entry("POST /api/v1/mail-server/test", new Act("mail-server.test", this::testMailServer)),
                Map.entry("POST /api/v1/export-destinations", new Act("export.create", this::export)),
                Map.entry("PATCH /api/v1/export-destinations/{id}", new Act("export.update", this::pauseExport)),
                Map.entry("DELETE /api/v1/export-destinations/{id}", new Act("export.delete", this::deleteExport)),
                Map.entry("POST /api/v1/saved-searches", new Act("saved-search.create", this::saveSearch)),
                Map.entry("DELETE /api/v1/saved-searches/{id}", new Act("saved-search.delete", this::deleteSearch)),
                Map.entry("POST /api/v1/policies", new Act("policy.publish", this::publish)),
                Map.entry(
                        "POST /api/v1/policies/{segment}/{revision}/restoration",
                        new Act("policy.restore", this::restore)),
                Map.entry("POST /api/v1/policies/{segment}/{revision}/stage", new Act("policy.stage", this::stage)),
                Map.entry(
                        "POST /api/v1/policy-proposals/{id}/withdrawal",
                        new Act("policy.withdraw", this::withdrawProposal)),
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
        List<String> changing = changing();
        changing.removeAll(READ_ONLY);
        changing.removeAll(BEGINNINGS);
        changing.removeAll(SHOWN_ELSEWHERE);
        assertThat(changing).containsExactlyInAnyOrderElementsOf(acts.keySet());

        acts.forEach((operation, act) -> {
            Answer answer = act.deed().get();
            assertThat(answer.status()).as(operation).isBetween(200, 299);
            AuditEntry entry = log.newest(null, 1).getFirst().entry();
            assertThat(entry.action()).as(operation).isEqualTo(act.action());
            boolean signedIn = !operation.equals("POST /api/v1/enrolment");
            assertThat(entry.operator()).as(operation).isEqualTo(signedIn ? "installation" : AuditLog.NOBODY);
        });
        assertThat(log.verify().firstBroken()).isNull();
    }

    @Test
    void whatWasRefusedLeavesNoEntryAsIfItHadBeenDone() {
        Api auditor = administrator.withRole("auditor");
        long before = entries();

        assertThat(auditor.post(
                                "/api/v1/operators",
                                Map.of("name", "x" + UUID.randomUUID(), "roles", List.of(Api.role("auditor"))))
                        .status())
                .isEqualTo(403);
        assertThat(administrator
                        .post(
                                "/api/v1/operators",
                                Map.of("name", "installation", "roles", List.of(Api.role("auditor"))))
                        .status())
                .isEqualTo(400);
        assertThat(administrator
                        .post("/api/v1/policies", Map.of("yaml", "x", "reason", "y"))
                        .status())
                .isEqualTo(422);
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void readingLeavesNone() {
        long before = entries();
        for (String path : List.of("session", "terminals", "events", "incidents", "policies", "audit", "operators")) {
            assertThat(administrator.get("/api/v1/" + path).status()).isEqualTo(200);
        }
        assertThat(entries()).isEqualTo(before);
    }

    private long entries() {
        return log.newest(null, 1).getFirst().entry().seq();
    }

    private List<String> changing() {
        List<String> changing = new ArrayList<>();
        administrator
                .get("/api/v1/openapi.json")
                .json()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String verb = method.getKey().toUpperCase(Locale.ROOT);
                    if (method.getValue().has("responses") && !SAFE.contains(verb)) {
                        changing.add(verb + " " + path.getKey());
                    }
                }));
        return changing;
    }

    private record Act(String action, Supplier<Answer> deed) {}

    private Answer signIn() {
        // The installation's token, which the harness alone knows: another of the same operator does as well.
        JsonNode self = administrator.get("/api/v1/session").json();
        String token =
                token(self.at("/operator/id").asText()).json().get("token").asText();
        return administrator.as(null).post("/api/v1/session", Map.of("token", token));
    }

    private Answer subscribe() {
        return administrator.post(
                "/api/v1/notification-subscriptions",
                Map.of(
                        "name", "n" + UUID.randomUUID(),
                        "transport", "WEBHOOK",
                        "address", "https://localhost:1/hook",
                        "topics", List.of("INCIDENT_OVERDUE"),
                        "leastSeverity", "CRITICAL",
                        "language", "ja"));
    }

    private Answer pauseSubscription() {
        JsonNode made = subscribe().json().get("subscription");
        return administrator.patch(
                "/api/v1/notification-subscriptions/" + made.get("id").asText(),
                Map.of("enabled", false, "version", made.get("version").asLong()));
    }

    private Answer unsubscribe() {
        return administrator.delete("/api/v1/notification-subscriptions/"
                + subscribe().json().at("/subscription/id").asText());
    }

    private Answer setMailServer() {
        Answer before = administrator.get("/api/v1/mail-server");
        return administrator.put(
                "/api/v1/mail-server",
                Map.of(
                        "host", "localhost",
                        "port", 1,
                        "security", "TLS",
                        "sender", "sekisho@city.example",
                        "version",
                                before.status() == 404
                                        ? 0
                                        : before.json().get("version").asLong()));
    }

    private Answer testMailServer() {
        setMailServer();
        return administrator.post("/api/v1/mail-server/test", Map.of("address", "a@city.example"));
    }

    private Answer export() {
        return administrator.post(
                "/api/v1/export-destinations",
                Map.of(
                        "name", "e" + UUID.randomUUID(),
                        "transport", "SYSLOG",
                        "format", "PLAIN",
                        "address", "localhost:1"));
    }

    private Answer pauseExport() {
        JsonNode made = export().json().get("destination");
        return administrator.patch(
                "/api/v1/export-destinations/" + made.get("id").asText(),
                Map.of("enabled", false, "version", made.get("version").asLong()));
    }

    private Answer deleteExport() {
        return administrator.delete("/api/v1/export-destinations/"
                + export().json().at("/destination/id").asText());
    }

    private Answer saveSearch() {
        return administrator.post(
                "/api/v1/saved-searches", Map.of("name", "s" + UUID.randomUUID(), "query", "verdict=BLOCK"));
    }

    private Answer deleteSearch() {
        return administrator.delete(
                "/api/v1/saved-searches/" + saveSearch().json().get("id").asText());
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

    private Answer closeIncident() {
        return administrator.patch(
                "/api/v1/incidents/" + incident(),
                Map.of("state", "CLOSED", "finding", Map.of("kind", "TECHNICAL", "text", "disk"), "version", 1));
    }

    private Answer startClock() {
        return administrator.put(
                "/api/v1/incidents/" + incident() + "/report-clock",
                Map.of("knownAt", "2026-01-01T00:00:00Z", "wrongful", false, "version", 1));
    }

    private Answer writeDraft() {
        return administrator.put(
                "/api/v1/incidents/" + incident() + "/report-drafts/FINAL",
                Map.of("items", List.of(Map.of("item", "PUBLICATION", "text", "none")), "version", 0));
    }

    private Answer linkIncidents() {
        return administrator.put("/api/v1/incidents/" + incident() + "/links/" + incident(), Map.of());
    }

    private Answer orderReport() {
        return administrator.post(
                "/api/v1/reports", Map.of("kind", "ENFORCEMENT", "from", "2026-01-01", "until", "2026-01-01"));
    }

    /** One that nobody makes: it is said to be under way elsewhere. */
    private Answer cancelReport() {
        long report = jdbi.withHandle(handle -> handle.createQuery(
                        "INSERT INTO report (kind, from_day, until_day, made_by, made_at, state, progress_at)"
                                + " VALUES ('ENFORCEMENT', '2026-01-01', '2026-01-01', 'x', now(), 'RUNNING', now()) RETURNING id")
                .mapTo(Long.class)
                .one());
        return administrator.post("/api/v1/reports/" + report + "/cancellation", Map.of());
    }

    private Answer acknowledgeAlarm() {
        String terminal = TestTerminal.enrol(administrator).id();
        long alarm = jdbi.withHandle(
                handle -> handle.createQuery("INSERT INTO alarm (terminal, kind, amount, since, raised_at)"
                                + " VALUES (:terminal, 'RECORD_LOST', 1, now(), now()) RETURNING id")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .one());
        return administrator.post(
                "/api/v1/alarms/" + alarm + "/acknowledgement", Map.of("note", "coverage", "version", 1));
    }

    private Answer setAlarms() {
        return administrator.put(
                "/api/v1/alarm-settings",
                administrator.get("/api/v1/alarm-settings").json());
    }

    private Answer setRules() {
        JsonNode rules = administrator.get("/api/v1/incident-rules").json();
        return administrator.put(
                "/api/v1/incident-rules",
                Map.of("rules", rules.get("rules"), "version", rules.get("version"), "reason", "coverage"));
    }

    private long incident() {
        String terminal = TestTerminal.enrol(administrator).id();
        return jdbi.withHandle(
                handle -> handle.createQuery("INSERT INTO incident (kind, severity, terminal, count, first_at, last_at)"
                                + " VALUES ('CHAIN_GAP', 1, :terminal, 1, now(), now()) RETURNING id")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .one());
    }

    /** Publishes what tightens, so that it goes out by one. */
    private Answer publish() {
        Publishing.publish(administrator, LOOSE);
        return administrator.post("/api/v1/policies", Map.of("yaml", STRICT, "reason", "coverage"));
    }

    private Answer restore() {
        long revision =
                Publishing.publish(administrator, STRICT).get("revision").asLong();
        return administrator.post(
                "/api/v1/policies/INTERNET/" + revision + "/restoration", Map.of("reason", "coverage"));
    }

    private Answer stage() {
        Publishing.publish(administrator, LOOSE);
        long revision = administrator
                .post(
                        "/api/v1/policies",
                        Map.of("yaml", STRICT, "reason", "coverage", "pilot", Map.of("units", List.of("税務課"))))
                .json()
                .get("revision")
                .asLong();
        return administrator.post(
                "/api/v1/policies/INTERNET/" + revision + "/stage", Map.of("state", "ALL", "reason", "coverage"));
    }

    private Answer withdrawProposal() {
        Publishing.publish(administrator, STRICT);
        long proposal = administrator
                .post("/api/v1/policies", Map.of("yaml", LOOSE, "reason", "coverage"))
                .json()
                .get("id")
                .asLong();
        return administrator.post("/api/v1/policy-proposals/" + proposal + "/withdrawal", Map.of());
    }
}
