package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;

/** A paste that was stopped passes under a permit, and is listed under it; it is stopped again once the permit is revoked. */
class PermitIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] CONTENT = "個人番号 1234-5678-9018".getBytes(StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    @Test
    void thePathOfAPermit() throws Exception {
        try (Installation installation = Installation.start(folder, null)) {
            await().atMost(SOON).until(installation::guardsTheClipboard);
            assertThat(pasted(installation)).as("without a permit").isEmpty();
            JsonNode stopped = await().atMost(SOON)
                    .until(() -> events(installation, "verdict=BLOCK"), found -> !found.isEmpty())
                    .get(0);

            String id = sekisho(
                            installation,
                            "permit",
                            "grant",
                            "--event",
                            stopped.get("terminal").asText() + "/"
                                    + stopped.get("seq").asText(),
                            "--until",
                            "1h",
                            "--uses",
                            "0",
                            "--reason",
                            "system test",
                            "-o",
                            "json")
                    .get("id")
                    .asText();
            awaitDelivery(installation, id, "IN_FORCE");
            assertThat(pasted(installation)).as("under the permit").isEqualTo(CONTENT);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(installation
                                    .rest()
                                    .get("/api/v1/permits/" + id + "/events")
                                    .get("items"))
                            .extracting(event -> event.get("kind").asText())
                            .contains("PERMIT_USED", "ATTEMPT"));
            assertThat(installation
                            .rest()
                            .get("/api/v1/permits/" + id)
                            .get("used")
                            .asInt())
                    .isPositive();

            sekisho(installation, "permit", "revoke", id, "--reason", "system test", "-o", "json");
            awaitDelivery(installation, id, "WITHDRAWN");
            assertThat(pasted(installation)).as("after the revocation").isEmpty();
        }
    }

    private static void awaitDelivery(Installation installation, String id, String delivery) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(installation
                                .rest()
                                .get("/api/v1/permits/" + id)
                                .get("delivery")
                                .asText())
                        .isEqualTo(delivery));
    }

    private static JsonNode events(Installation installation, String filter) throws Exception {
        return installation.rest().get("/api/v1/events?" + filter).get("items");
    }

    /** By the operator's own command. */
    private static JsonNode sekisho(Installation installation, String... arguments) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(Distribution.fromSystemProperty().command("sekisho")));
        line.addAll(List.of(arguments));
        Command command = Command.run(
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
                line.toArray(String[]::new));
        assertThat(command.exit()).as(command.text() + command.err()).isZero();
        return JSON.readTree(command.text());
    }

    private static byte[] pasted(Installation installation) throws Exception {
        Process offering = installation.display().offer("clipboard", "UTF8_STRING", CONTENT);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return installation.display().paste("clipboard", "UTF8_STRING").out();
    }
}
