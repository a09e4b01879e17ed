package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.AgentProcess;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.PostgresServer;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.VirtualDisplay;

/** Two control servers on one PostgreSQL of the operating system's: what is done at one takes effect at the other. */
class ReplicasIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A published test vector, nobody's number. */
    private static final byte[] NUMBER = "個人番号 123456789018".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void whatIsDoneAtOneTakesEffectAtTheOther() throws Exception {
        Distribution distribution = Distribution.fromSystemProperty();
        try (PostgresServer database = PostgresServer.start(folder.resolve("postgres"));
                ServerProcess first = ServerProcess.start(distribution, folder.resolve("first"), database.settings());
                ServerProcess second = replicaOf(first, distribution, folder.resolve("second"), database.settings());
                VirtualDisplay display = VirtualDisplay.start(folder.resolve("display"))) {
            Rest here = first.rest();
            Rest there = second.rest();
            String template = Installation.template(here);
            Installation.publish(here, template);
            AgentProcess agent = AgentProcess.prepare(distribution, folder.resolve("agent"), display, Map.of());
            agent.enrol("https://localhost:" + first.portBase(), Installation.enrolmentToken(there));
            agent.start();
            try {
                pushedFromTheOther(there, template);
                seenFromTheOther(there, display);
                outlivesItsDatabase(database, there, display);
                revokedFromTheOther(here, there);
            } finally {
                agent.close();
            }
        }
    }

    /** The second server's keys are the first one's; all else is in the database. */
    private static ServerProcess replicaOf(
            ServerProcess first, Distribution distribution, Path data, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path pki = Files.createDirectories(data).resolve("pki");
        // With their modes: a key that others can read is refused.
        assertThat(new ProcessBuilder("cp", "-a", first.data().resolve("pki").toString(), pki.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Files.copy(first.data().resolve("operator-token"), data.resolve("operator-token"));
        return ServerProcess.start(distribution, data, settings);
    }

    private static void pushedFromTheOther(Rest there, String template) throws Exception {
        long revision = Installation.publish(there, template + "\n# again\n")
                .get("revision")
                .asLong();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(terminal(there).get("runningRevision").asLong())
                                .isEqualTo(revision));
    }

    private static void seenFromTheOther(Rest there, VirtualDisplay display) throws Exception {
        Process offering = display.offer("clipboard", "UTF8_STRING", NUMBER);
        assertThat(offering.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(display.paste("clipboard", "UTF8_STRING").out()).isEmpty();
        await().atMost(SOON).untilAsserted(() -> assertThat(blocked(there)).isEqualTo(1));
        assertThat(there.get("/api/v1/incidents").get("items")).isNotEmpty();
    }

    /** The database ends without a word and comes back; both servers and the terminal go on by themselves. */
    private static void outlivesItsDatabase(PostgresServer database, Rest there, VirtualDisplay display)
            throws Exception {
        database.stop();
        assertThat(display.paste("clipboard", "UTF8_STRING").out()).isEmpty();
        database.start();
        await().atMost(SOON)
                .ignoreException(IOException.class)
                .untilAsserted(() -> assertThat(blocked(there)).isGreaterThanOrEqualTo(2));
        assertThat(terminal(there).get("chain").asText()).isEqualTo("WHOLE");
    }

    private static void revokedFromTheOther(Rest here, Rest there) throws Exception {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(terminal(here).get("connected").asBoolean()).isTrue());
        there.post("/api/v1/terminals/" + terminal(there).get("id").asText() + "/revoke", Map.of("reason", "test"));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(terminal(here).get("connected").asBoolean()).isFalse());
    }

    private static JsonNode terminal(Rest rest) throws IOException, InterruptedException {
        return rest.get("/api/v1/terminals").get("items").get(0);
    }

    private static int blocked(Rest rest) throws IOException, InterruptedException {
        return rest.get("/api/v1/events?verdict=BLOCK").get("items").size();
    }
}
