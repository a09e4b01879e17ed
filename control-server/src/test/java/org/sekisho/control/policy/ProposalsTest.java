package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.ServerUnderTest;

/** What loosens needs four eyes, whatever the client says. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ProposalsTest {
    private static final String STRICT = """
            segment: lgwan
            name: strict
            defaults:
              - channel: media
                verdict: audit
              - channel: clipboard
                verdict: block
            """;

    private static final String LOOSE = STRICT.replace("verdict: block", "verdict: justify");

    @Inject
    Jdbi jdbi;

    private final Api installation = Api.administrator();
    private Api author = installation;
    private long current;

    @BeforeEach
    void strictlyPublished() {
        author = installation.withRole(Role.Name.ADMINISTRATOR);
        current = Publishing.publish(installation, STRICT).get("revision").asLong();
    }

    @Test
    void whatTightensGoesOutAtOnceAndWhatLoosensWaitsForASecondPerson() {
        assertThat(needsConsent(LOOSE)).isTrue();
        long id = propose(LOOSE);
        assertThat(revision()).isEqualTo(current);
        JsonNode proposal = author.get("/api/v1/policy-proposals/" + id).json();
        assertThat(proposal.get("state").asText()).isEqualTo("OPEN");
        assertThat(proposal.get("mine").asBoolean()).isTrue();
        assertThat(proposal.get("against").asLong()).isEqualTo(current);
        assertThat(proposal.get("changes"))
                .anySatisfy(
                        change -> assertThat(change.get("direction").asText()).isEqualTo("LOOSENS"));

        Api.Answer approved = approve(installation.withRole(Role.Name.APPROVER), id);
        assertThat(approved.status()).isEqualTo(201);
        assertThat(approved.json().get("revision").asLong()).isEqualTo(current + 1);
        assertThat(approved.json().get("loosens").asBoolean()).isTrue();
        assertThat(approved.json().get("approvedBy").asText()).startsWith("operator-");
        assertThat(approved.json().get("publishedBy").asText())
                .isEqualTo(proposal.get("proposedBy").asText())
                .isNotEqualTo(approved.json().get("approvedBy").asText());
        assertThat(state(id)).isEqualTo("APPROVED");
        assertThat(newestAudit().get("action").asText()).isEqualTo("policy.approve");
        assertThat(newestAudit().get("target").asText()).isEqualTo("LGWAN/" + (current + 1));

        Api.Answer tightened = author.post("/api/v1/policies", Map.of("yaml", STRICT, "reason", "back"));
        assertThat(tightened.status()).isEqualTo(201);
        assertThat(tightened.json().get("loosens").asBoolean()).isFalse();
        assertThat(tightened.json().has("approvedBy")).isFalse();
    }

    @Test
    void nobodyConsentsToTheirOwnByWhicheverToken() {
        long id = propose(LOOSE);
        assertThat(approve(author, id).json().get("code").asText()).isEqualTo("own-proposal");
        String self = author.get("/api/v1/session").json().at("/operator/id").asText();
        installation.patch(
                "/api/v1/operators/" + self,
                Map.of("roles", List.of(Api.role(Role.Name.ADMINISTRATOR), Api.role(Role.Name.APPROVER))));
        String other = installation
                .post("/api/v1/operators/" + self + "/tokens", Map.of("roles", List.of(Api.role(Role.Name.APPROVER))))
                .json()
                .get("token")
                .asText();
        Api.Answer answer = approve(author.as(other), id);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("code").asText()).isEqualTo("own-proposal");
        assertThat(refuse(author.as(other), id).status()).isEqualTo(403);
        assertThat(revision()).isEqualTo(current);
        assertThat(state(id)).isEqualTo("OPEN");
    }

    @Test
    void aScriptIsNoSecondPerson() {
        long id = propose(LOOSE);
        Api.Answer answer = approve(installation, id);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("code").asText()).isEqualTo("not-a-person");
    }

    @Test
    void theDatabaseItselfTakesNothingThatLoosensWithoutConsent() {
        long id = propose(LOOSE);
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(
                        "UPDATE policy_proposal SET state = 'APPROVED', decided_by = proposed_by, decided_at = now(), revision = 99 WHERE id = ?",
                        id)))
                .hasMessageContaining("policy_proposal");
        String insert =
                "INSERT INTO policy (segment, revision, name, yaml, signed, payload_sha256, published_by, published_at, reason,"
                        + " expires_at, loosens, proposal) SELECT segment, revision + 77, name, yaml, signed, payload_sha256, published_by, now(),"
                        + " reason, expires_at, true, %s FROM policy WHERE segment = 2 AND revision = ?";
        assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute(insert.formatted("NULL"), current)))
                .hasMessageContaining("policy_check");
        assertThatThrownBy(() ->
                        jdbi.useTransaction(handle -> handle.execute(insert.formatted(String.valueOf(id)), current)))
                .rootCause()
                .hasMessageContaining("policy_proposal_segment_revision_fkey");
    }

    @Test
    void aProposalIsRefusedWithAReasonOrTakenBackByItsAuthorAlone() {
        Api second = installation.withRole(Role.Name.ADMINISTRATOR);
        long id = propose(LOOSE);
        assertThat(second.post("/api/v1/policy-proposals/" + id + "/refusal", Map.of())
                        .status())
                .isEqualTo(400);
        JsonNode refused = refuse(second, id).json();
        assertThat(refused.get("state").asText()).isEqualTo("REFUSED");
        assertThat(refused.get("decisionReason").asText()).isEqualTo("too wide");
        assertThat(newestAudit().get("action").asText()).isEqualTo("policy.refuse");
        assertThat(approve(second, id).json().get("code").asText()).isEqualTo("proposal-decided");

        long other = propose(LOOSE);
        assertThat(withdraw(second, other).json().get("code").asText()).isEqualTo("not-the-author");
        assertThat(withdraw(author, other).json().get("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(newestAudit().get("action").asText()).isEqualTo("policy.withdraw");
        assertThat(approve(second, other).status()).isEqualTo(409);
        assertThat(revision()).isEqualTo(current);
    }

    @Test
    void aStaleOrExpiredProposalCanNotBeConsentedTo() {
        Api second = installation.withRole(Role.Name.APPROVER);
        long stale = propose(LOOSE);
        Publishing.publish(installation, STRICT.replace("name: strict", "name: stricter"));
        assertThat(state(stale)).isEqualTo("STALE");
        Api.Answer answer = approve(second, stale);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").asText()).isEqualTo("stale");
        assertThat(revision()).isEqualTo(current + 1);

        long expired = propose(LOOSE);
        jdbi.useHandle(handle -> handle.execute(
                "UPDATE policy_proposal SET proposed_at = now() - interval '15 days', expires_at = now() - interval '1 day' WHERE id = ?",
                expired));
        assertThat(state(expired)).isEqualTo("EXPIRED");
        assertThat(approve(second, expired).json().get("code").asText()).isEqualTo("proposal-expired");
        assertThat(installation
                        .get("/api/v1/policy-proposals?open=true&segment=LGWAN")
                        .json()
                        .get("items"))
                .noneMatch(
                        open -> List.of(stale, expired).contains(open.get("id").asLong()));
    }

    @Test
    void ofTwoWhoConsentAtOnceOneDoes() throws Exception {
        long id = propose(LOOSE);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> approvers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Api approver = installation.withRole(Role.Name.APPROVER);
                approvers.add(() -> approve(approver, id).status());
            }
            for (Future<Integer> answer : executor.invokeAll(approvers)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsExactlyInAnyOrder(201, 409, 409, 409);
        assertThat(revision()).isEqualTo(current + 1);
    }

    @Test
    void goingBackToWhatLoosensNeedsFourEyesToo() {
        Publishing.publish(installation, LOOSE);
        Publishing.publish(installation, STRICT);
        Api.Answer back = author.post(
                "/api/v1/policies/LGWAN/" + (current + 1) + "/restoration", Map.of("reason", "it was better"));
        assertThat(back.status()).isEqualTo(202);
        Api.Answer forth =
                author.post("/api/v1/policies/LGWAN/" + current + "/restoration", Map.of("reason", "the same again"));
        assertThat(forth.status()).isEqualTo(201);
        assertThat(forth.json().get("revision").asLong()).isEqualTo(current + 3);
        assertThat(forth.json().get("yaml").asText()).isEqualTo(STRICT);
    }

    @Test
    void noSegmentsFirstRevisionNeededASecondPerson() {
        int asked = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM policy WHERE revision = 1 AND (loosens OR proposal IS NOT NULL)")
                .mapTo(Integer.class)
                .one());
        assertThat(asked).isZero();
    }

    private boolean needsConsent(String yaml) {
        return author.post("/api/v1/policies/diff", Map.of("yaml", yaml))
                .json()
                .get("needsConsent")
                .asBoolean();
    }

    private long propose(String yaml) {
        Api.Answer answer = author.post("/api/v1/policies", Map.of("yaml", yaml, "reason", "they need it"));
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
        assertThat(newestAudit().get("action").asText()).isEqualTo("policy.propose");
        return answer.json().get("id").asLong();
    }

    private static Api.Answer approve(Api who, long id) {
        return who.post("/api/v1/policy-proposals/" + id + "/approval", Map.of());
    }

    private static Api.Answer refuse(Api who, long id) {
        return who.post("/api/v1/policy-proposals/" + id + "/refusal", Map.of("reason", "too wide"));
    }

    private static Api.Answer withdraw(Api who, long id) {
        return who.post("/api/v1/policy-proposals/" + id + "/withdrawal", Map.of());
    }

    private String state(long id) {
        return author.get("/api/v1/policy-proposals/" + id).json().get("state").asText();
    }

    private long revision() {
        return author.get("/api/v1/policies/LGWAN/current")
                .json()
                .get("revision")
                .asLong();
    }

    private JsonNode newestAudit() {
        return installation.get("/api/v1/audit?limit=1").json().get("items").get(0);
    }
}
