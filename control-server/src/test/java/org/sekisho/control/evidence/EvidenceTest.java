package org.sekisho.control.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.evidence.EvidenceCheck;
import org.sekisho.evidence.EvidenceReport;
import org.sekisho.evidence.EvidenceReport.Remark;

/** A real pack holds, and says what it proves. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EvidenceTest extends EvidenceRig {
    @Test
    void aPackHoldsAndSaysWhatItProves() throws IOException {
        Map<String, byte[]> pack = pack(covered());

        EvidenceReport report = verify(pack, true);

        assertThat(report.failure()).isNull();
        assertThat(report.remarks()).extracting(Remark::kind).containsExactly(Remark.Kind.POLICY_MISSING);
        assertThat(report.held()).containsExactly(EvidenceCheck.values());
        assertThat(pack.keySet())
                .contains("report.pdf", "incident.json", "audit.tsv", "FORMAT.txt", "certificates/ca.pem")
                .anyMatch(name -> name.startsWith("events/" + terminal.id()));
        assertThat(new String(PackFiles.file(pack, "audit.tsv"), StandardCharsets.UTF_8))
                .contains("evidence.download");
        assertThat(PackFiles.file(pack, "report.pdf")).startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
        assertThat(verify(pack, false).remarks()).extracting(Remark::kind).contains(Remark.Kind.AUTHORITY_UNPROVEN);
    }

    @Test
    void onlyWhatTheCheckpointsCoverIsInIt() throws IOException {
        long id = covered();
        Map<String, byte[]> pack = pack(id);
        // 1 checkpoint after 3 pastes, the attempt, the checkpoint after it; the later pastes are nobody's business.
        assertThat(pack.keySet().stream().filter(name -> name.startsWith("events/")))
                .containsExactly("events/" + terminal.id() + "-0-4.chain");
        assertThat(PackFiles.manifest(pack))
                .contains("chain events/" + terminal.id() + "-0-4.chain " + terminal.id() + " 0 4 6");
    }

    @Test
    void eventsThatTheTerminalHasNotSignedYetAreSaidToBeSo() throws IOException {
        send(List.of(journal.blocked("hanako")));
        EvidenceReport report = verify(pack(incident()), true);
        assertThat(report.failure()).isNull();
        assertThat(report.remarks()).extracting(Remark::kind).contains(Remark.Kind.NOT_YET_SIGNED);
    }

    @Test
    void onlyRespondersAndAuditorsOfTheBranchGetOneAndItIsRecorded() throws IOException {
        long id = covered();
        String path = "/api/v1/incidents/" + id + "/evidence";
        assertThat(api.withRole("administrator").get(path).status()).isEqualTo(403);
        assertThat(api.withRole("approver").get(path).status()).isEqualTo(403);
        assertThat(api.withRoles(Api.role("responder", bureau + "分室")).get(path).status())
                .isEqualTo(404);
        Answer answer = api.withRoles(Api.role("responder", bureau)).get(path + "?language=en");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("incident-" + id + "-evidence.zip");
        assertThat(api.get("/api/v1/incidents/" + id + "/timeline").json().toString())
                .contains("evidence.download");
        assertThat(api.withRole("auditor").get(path + "?language=fr").status()).isEqualTo(400);
    }
}
