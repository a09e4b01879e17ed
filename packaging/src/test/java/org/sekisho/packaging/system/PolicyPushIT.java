package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.v1.Signed;

/** A published rule holds for the very next paste; what was not rightly published never does. */
class PolicyPushIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] CONTENT = "個人番号 1234-5678-9018".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static Installation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(folder, null);
        await().atMost(SOON).until(installation::guardsTheClipboard);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void theNextPasteFollowsWhatWasPublishedLast() throws Exception {
        assertThat(pasted()).as("as the template says").isEmpty();

        Installation.publish(installation.rest(), auditOnly(true));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(pasted())
                        .as("while it only audits, which a second person consented to")
                        .isEqualTo(CONTENT));

        publish(auditOnly(false));
        assertThat(pasted()).as("enforced again").isEmpty();
    }

    /** What can be wrong with a policy that did not come from an administrator. */
    enum Forgery {
        TAMPERED,
        STRANGERS_KEY,
        EXPIRED,
        WRONG_AUDIENCE,
        ROLLED_BACK;

        Signed of(ForgedPolicies forged) throws Exception {
            return switch (this) {
                case TAMPERED -> forged.tampered();
                case STRANGERS_KEY -> forged.strangersKey();
                case EXPIRED -> forged.expired();
                case WRONG_AUDIENCE -> forged.wrongAudience();
                case ROLLED_BACK -> forged.rolledBack();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedPolicyIsRefusedKeptOutAndAnIncident(Forgery forgery) throws Exception {
        publish(auditOnly(false));
        long genuine = installation
                .rest()
                .get("/api/v1/policies/MY_NUMBER/current")
                .get("revision")
                .asLong();
        long before = refusals();
        ForgedPolicies forged = new ForgedPolicies(installation.server());
        forged.plant(forgery.of(forged));
        try {
            await().atMost(SOON).untilAsserted(() -> assertThat(refusals()).isGreaterThan(before));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(installation
                                    .terminal()
                                    .get("runningRevision")
                                    .asLong())
                            .isEqualTo(genuine));
            assertThat(pasted()).as("the policy before goes on").isEmpty();
        } finally {
            forged.clear();
        }
    }

    private static String auditOnly(boolean audit) throws Exception {
        String yaml = Installation.template(installation.rest());
        return yaml.replaceAll("(?m)^audit-only:.*\\R", "") + "\naudit-only: " + audit + "\n";
    }

    /** By the operator's own command, waiting until it is enforced. */
    private static void publish(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), yaml);
        Command published = Command.run(
                SOON,
                Map.of(
                        "SEKISHO_SERVER",
                        "https://localhost:" + installation.server().portBase(),
                        "SEKISHO_CA",
                        installation.server().data().resolve("ca.pem").toString(),
                        "SEKISHO_TOKEN",
                        Files.readString(installation.server().data().resolve("operator-token"))
                                .strip()),
                new byte[0],
                Distribution.fromSystemProperty().command("sekisho"),
                "policy",
                "publish",
                file.toString(),
                "--reason",
                "system test",
                "--wait");
        assertThat(published.exit()).as(published.text() + published.err()).isZero();
        assertThat(installation.terminal().get("progress").asText()).isEqualTo("ENFORCED");
    }

    private static byte[] pasted() throws Exception {
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", CONTENT);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return installation.display().paste("clipboard", "UTF8_STRING").out();
    }

    private static long refusals() throws Exception {
        long refused = 0;
        for (JsonNode incident : installation.rest().get("/api/v1/incidents").get("items")) {
            if (incident.get("kind").asText().equals("POLICY_REFUSED")) {
                refused += incident.get("count").asLong();
            }
        }
        return refused;
    }
}
