package org.sekisho.control.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestCustodian;
import org.sekisho.policy.PolicyTemplates;
import org.sekisho.v1.Segment;

/** A policy whose shadow copies nobody could open is doubtful, and is said to be before it is published. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class CustodianDutyTest {
    private final Api api = Api.administrator();

    @Test
    void whoCanOpenCopiesIsNotDoubtful() {
        assertThat(findings(TestCustodian.appoint(api, "responder"), TestCustodian.appoint(api, "approver")))
                .isEmpty();
    }

    @Test
    void anAuditorAloneIsSaidToTakeNoPart() {
        TestCustodian auditor = TestCustodian.appoint(api, "auditor");
        TestCustodian both = TestCustodian.of(api.withRoles(Api.role("auditor"), Api.role("responder", "総務部")));

        assertThat(findings(both, auditor))
                .containsExactly("WARNING custodian-cannot-open shadow-copies.custodians[1] " + auditor.name());
    }

    @Test
    void whoCannotComeInIsSaidToBeNobody() {
        TestCustodian gone = TestCustodian.appoint(api, "responder");
        String id = gone.api().get("/api/v1/session").json().at("/operator/id").asText();
        assertThat(api.patch("/api/v1/operators/" + id, Map.of("disabled", true))
                        .status())
                .isEqualTo(200);
        TestCustodian nobody = new TestCustodian(api, "nobody-ever", gone.key());

        assertThat(findings(gone, TestCustodian.appoint(api, "responder"), nobody))
                .containsExactly(
                        "WARNING custodian-unknown shadow-copies.custodians[0] " + gone.name(),
                        "WARNING custodian-unknown shadow-copies.custodians[2] nobody-ever");
    }

    /** Each with its severity, code, path, and the name that it says in both languages; but for those on keys. */
    private List<String> findings(TestCustodian... custodians) {
        StringBuilder yaml =
                new StringBuilder(PolicyTemplates.text(Segment.MY_NUMBER) + "shadow-copies:\n  custodians:\n");
        for (TestCustodian custodian : custodians) {
            yaml.append("    - {operator: \"%s\", key: \"%s\"}\n"
                    .formatted(custodian.name(), custodian.named().getKey()));
        }
        List<String> found = new ArrayList<>();
        for (JsonNode finding : api.post("/api/v1/policies/check", Map.of("yaml", yaml.toString()))
                .json()
                .get("findings")) {
            if (finding.get("code").asText().startsWith("custodian-")) {
                String path = finding.get("path").asText();
                int which = Integer.parseInt(path.replaceAll("\\D", ""));
                String name = custodians[which].name();
                assertThat(finding.at("/message/ja").asText()).contains(name);
                assertThat(finding.at("/message/en").asText()).contains(name);
                found.add(finding.get("severity").asText() + " "
                        + finding.get("code").asText() + " " + path + " " + name);
            }
        }
        return found;
    }
}
