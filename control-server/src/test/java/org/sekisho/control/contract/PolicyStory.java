package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.TestTerminal;

/** Policies, from the draft to the second person's consent. */
final class PolicyStory {
    private static final String STRICT =
            "segment: internet\nname: strict\ndefaults:\n  - channel: media\n    verdict: audit\n";
    private static final String LOOSE = STRICT + "  - channel: clipboard\n    verdict: audit\n";

    private final PublishedClient client;

    PolicyStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::draft, this::look, this::stage, this::restore, this::decide);
    }

    private void draft() {
        Publishing.publish(client.api(), LOOSE);
        Map<String, String> draft = Map.of("yaml", STRICT);
        client.call("listPolicyTemplates");
        client.call("checkPolicy", NONE, draft);
        client.call("diffPolicy", NONE, draft);
        client.call("simulatePolicy", NONE, Map.of("yaml", STRICT, "days", 1));
    }

    private void look() {
        TestTerminal.enrol(client.api(), "INTERNET");
        Map<String, Object> revision = Map.of("segment", "INTERNET", "revision", tightened(Map.of()));
        client.call("listPolicies");
        client.call("getCurrentPolicy", Map.of("segment", "INTERNET"));
        client.call("getPolicy", revision);
        client.call("diffRevisions", Map.of("segment", "INTERNET", "revision", revision.get("revision"), "against", 1));
        client.call("listRollout", revision);
        client.call("getSignedPolicy", revision);
    }

    private void stage() {
        long revision = tightened(Map.of("pilot", Map.of("units", List.of("税務課"))));
        client.call(
                "stagePolicy",
                Map.of("segment", "INTERNET", "revision", revision),
                Map.of("state", "ALL", "reason", "coverage"));
    }

    private void restore() {
        long revision = Publishing.publish(client.api(), STRICT).get("revision").asLong();
        client.call("restorePolicy", Map.of("segment", "INTERNET", "revision", revision), Map.of("reason", "coverage"));
    }

    private void decide() {
        PublishedClient second = client.as(client.api().withRole(Role.Name.APPROVER));
        Map<String, JsonNode> withdrawn = proposed();
        client.call("listPolicyProposals");
        client.call("getPolicyProposal", withdrawn);
        client.call("withdrawPolicyProposal", withdrawn, Map.of());
        second.call("refusePolicyProposal", proposed(), Map.of("reason", "no"));
        second.call("approvePolicyProposal", proposed(), Map.of("reason", "yes"));
    }

    private Map<String, JsonNode> proposed() {
        Publishing.publish(client.api(), STRICT);
        return Map.of(
                "id",
                client.call("publishPolicy", NONE, Map.of("yaml", LOOSE, "reason", "coverage"))
                        .json()
                        .get("id"));
    }

    private long tightened(Map<String, Object> besides) {
        Publishing.publish(client.api(), LOOSE);
        Map<String, Object> publication = new java.util.HashMap<>(besides);
        publication.putAll(Map.of("yaml", STRICT, "reason", "coverage"));
        return client.call("publishPolicy", NONE, publication)
                .json()
                .get("revision")
                .asLong();
    }
}
