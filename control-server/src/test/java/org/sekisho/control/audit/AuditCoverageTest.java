package org.sekisho.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

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

    /** Need a browser with a passkey or a link; the tests of identity look for their entries. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            // By a second person, whom this test's only operator can't be; ProposalsTest looks for the entries.
            "POST /api/v1/policy-proposals/{id}/approval",
            "POST /api/v1/policy-proposals/{id}/refusal",
            // By two custodians of a copy; ShadowOpeningsTest looks for the entries.
            "POST /api/v1/shadow-copies/{id}/openings",
            "POST /api/v1/shadow-copies/{id}/openings/{opening}/approve",
            "POST /api/v1/shadow-copies/{id}/openings/{opening}/refuse",
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
        Map<String, Act> acts = new TreeMap<>();
        for (Map<String, Act> some : List.of(
                new PeopleActs(administrator).byOperation(),
                new TerminalActs(administrator).byOperation(),
                new IncidentActs(administrator, jdbi).byOperation(),
                new SendingActs(administrator).byOperation(),
                new PolicyActs(administrator).byOperation())) {
            acts.putAll(some);
        }
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
}
