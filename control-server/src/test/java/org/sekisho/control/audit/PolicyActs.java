package org.sekisho.control.audit;

import java.util.List;
import java.util.Map;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Publishing;

/** What is done about policies. */
final class PolicyActs {
    private static final String STRICT =
            "segment: internet\nname: strict\ndefaults:\n  - channel: media\n    verdict: audit\n";
    private static final String LOOSE = STRICT + "  - channel: clipboard\n    verdict: audit\n";

    private final Api administrator;

    PolicyActs(Api administrator) {
        this.administrator = administrator;
    }

    /** By operation. */
    Map<String, Act> byOperation() {
        return Map.ofEntries(
                Map.entry("POST /api/v1/policies", new Act("policy.publish", this::publish)),
                Map.entry(
                        "POST /api/v1/policies/{segment}/{revision}/restoration",
                        new Act("policy.restore", this::restore)),
                Map.entry("POST /api/v1/policies/{segment}/{revision}/stage", new Act("policy.stage", this::stage)),
                Map.entry(
                        "POST /api/v1/policy-proposals/{id}/withdrawal",
                        new Act("policy.withdraw", this::withdrawProposal)));
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
