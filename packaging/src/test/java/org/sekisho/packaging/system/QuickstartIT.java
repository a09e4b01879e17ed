package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Ports;
import org.sekisho.packaging.rig.Rest;

/** The one command of the README, as a newcomer runs it, with what others script against. */
class QuickstartIT {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String NUMBER = "1234-5678-9018";

    @TempDir
    static Path folder;

    @Test
    void oneCommandIsAllThatACopyOnTheConsoleTakes() throws Exception {
        int port = Ports.freeBase(3);
        Path data = folder.resolve("data");
        Path said = folder.resolve("said");
        Process quickstart = new ProcessBuilder(
                        "bash",
                        Path.of(System.getProperty("sekisho.basedir"), "quickstart.sh")
                                .toString(),
                        "--data",
                        data.toString(),
                        "--port-base",
                        Integer.toString(port),
                        "--demo-display")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            String ready = "ready https://localhost:" + port;
            await().atMost(SOON).until(() -> Files.readAllLines(said).contains(ready) || !quickstart.isAlive());
            assertThat(said).content().contains(ready, "set-up link", "audit only");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("operator-token"))))
                    .isEqualTo("rw-------");

            Rest rest = Rest.of(
                    URI.create("https://localhost:" + port), data.resolve("ca.pem"), data.resolve("operator-token"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    rest.get("/api/v1/terminals").get("items").findValues("channels"))
                            .singleElement()
                            .satisfies(channels -> assertThat(channels)
                                    .anyMatch(channel -> channel.get("channel")
                                                    .asText()
                                                    .equals("CLIPBOARD")
                                            && channel.get("mode").asText().equals("AUDIT_ONLY"))));
            JsonNode event = await().atMost(SOON)
                    .until(
                            () -> {
                                assertThat(copied(said))
                                        .as("what is only audited is handed out")
                                        .contains(NUMBER);
                                return rest.get("/api/v1/events?verdict=BLOCK").get("items");
                            },
                            found -> !found.isEmpty())
                    .get(0);
            assertThat(event.get("enforced").asBoolean()).isFalse();
            assertThat(event.get("labels").get(0).get("label").asText()).isEqualTo("my_number");
            assertThat(event.toString()).doesNotContain(NUMBER, NUMBER.replace("-", ""));

            List<ProcessHandle> started = quickstart.descendants().toList();
            assertThat(started).hasSizeGreaterThan(3);
            quickstart.destroy();
            assertThat(quickstart.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            await().atMost(SOON).untilAsserted(() -> assertThat(started).noneMatch(ProcessHandle::isAlive));
            assertThat(said).content().contains("stopped; the data stays in " + data);
        } finally {
            List<ProcessHandle> left = quickstart.descendants().toList();
            quickstart.destroyForcibly().waitFor();
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Does what it says under "try a copy". */
    private static String copied(Path said) throws Exception {
        List<String> lines = Files.readAllLines(said);
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("try a copy"))
                .findFirst()
                .orElseThrow());
        String commands = lines.get(first).substring("try a copy".length())
                + "\n"
                + String.join("\n", lines.subList(first + 1, first + 3));
        return Command.run(SOON, Map.of(), new byte[0], "bash", "-c", commands).text();
    }
}
