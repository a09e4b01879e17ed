package org.sekisho.packaging.wine;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;

/**
 * The built agent as a Windows service: a number that one Windows program copies is not pasted by another, and becomes an
 * event and an incident on the control server. In order, for the last ones stop the service and look at what it left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WindowsCopyToIncidentIT {
    /** A published test vector, nobody's number. */
    private static final String WITH_NUMBER = "個人番号 123456789018";

    private static final String CLEAN = "令和8年度 予算案";
    private static final String STATE = "C:\\ProgramData\\Sekisho\\state";
    private static final String CONFIG = "C:\\ProgramData\\Sekisho\\agent.properties";
    private static final String SERVICE = "SekishoAgent";
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static Rest rest;
    private static WineMachine machine;
    private static String agentClassPath;
    private static WineJvm copier;
    private static WineJvm paster;

    @BeforeAll
    static void install() throws Exception {
        Distribution distribution = Distribution.fromSystemProperty();
        try (Stream<Path> jars = Files.list(distribution.home().resolve("lib").resolve("agent"))) {
            agentClassPath = jars.map(Path::toString).collect(Collectors.joining(":"));
        }
        server = ServerProcess.start(distribution, folder.resolve("server"), Map.of());
        rest = server.rest();
        Installation.publish(rest, Installation.template(rest));
        machine = WineMachine.boot();
        // They keep the machine up: when the last program ends it goes down, and starts its services when it comes up
        // again.
        copier = program();
        paster = program();
        Path programData = machine.driveC().resolve("ProgramData").resolve("Sekisho");
        Files.createDirectories(programData);
        Files.writeString(
                programData.resolve("agent.properties"), "sekisho.state-dir = " + STATE.replace("\\", "\\\\") + "\n");
        agent("service", "install", "--state-dir", STATE, "--config", CONFIG);
        agent(
                "enroll",
                "--config",
                CONFIG,
                "--server",
                "https://localhost:" + server.portBase(),
                "--token",
                Installation.enrolmentToken(rest));
    }

    private static WineJvm program() throws IOException {
        WineJvm program = machine.start("org.sekisho.agent.channel.clipboard.windows.ClipboardActor");
        await().atMost(SOON).until(() -> program.out().contains("ready"));
        return program;
    }

    /** Runs the agent's program to its end. */
    private static String agent(String... arguments) throws Exception {
        WineJvm run = machine.start(agentClassPath, List.of(), "org.sekisho.agent.Main", arguments);
        int status = run.join();
        assertThat(status)
                .as("%s said: %s %s", arguments[0], run.out(), run.err())
                .isZero();
        return String.join("\n", run.out());
    }

    @AfterAll
    static void shutDown() throws Exception {
        if (machine != null) {
            machine.close();
        }
        server.close();
    }

    @Test
    @Order(1)
    void withoutTheAgentTheNumberIsPasted() throws Exception {
        copy(WITH_NUMBER);

        assertThat(paste()).isEqualTo(WITH_NUMBER);
    }

    @Test
    @Order(2)
    void theServiceStartsAndGuardsTheClipboard() throws Exception {
        machine.run("net", "start", SERVICE);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(clipboard().path("mode").asText()).isEqualTo("ENFORCED"));
        assertThat(clipboard().path("detail").asText()).contains("Wine");
    }

    @Test
    @Order(3)
    void theNumberIsNotPastedAndBecomesAnIncident() throws Exception {
        copy(WITH_NUMBER);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(paste()).isEmpty();
            assertThat(blocked()).isNotEmpty();
        });

        JsonNode event = blocked().get(0);
        assertThat(event.get("channel").asText()).isEqualTo("CLIPBOARD");
        assertThat(event.get("enforced").asBoolean()).isTrue();
        assertThat(event.get("labels").findValuesAsText("label")).contains("my_number");
        assertThat(event.get("process").asText()).contains("java.exe");
        assertThat(rest.get("/api/v1/incidents").get("items")).isNotEmpty();
    }

    @Test
    @Order(4)
    void cleanTextIsPasted() throws Exception {
        copy(CLEAN);

        await().atMost(SOON).untilAsserted(() -> assertThat(paste()).isEqualTo(CLEAN));
    }

    @Test
    @Order(5)
    void aKilledHelperLeavesNothingAndIsBack() throws Exception {
        copy(CLEAN);
        await().atMost(SOON).untilAsserted(() -> assertThat(paste()).isEqualTo(CLEAN));
        ProcessHandle helper = machine.processes("desktop --session").getFirst();

        helper.destroyForcibly();

        helper.onExit().join();
        await().atMost(SOON)
                .until(() -> machine.processes("desktop --session").stream()
                        .anyMatch(another -> another.pid() != helper.pid()));
        int before = blocked().size();
        await().atMost(SOON).untilAsserted(() -> {
            copy(WITH_NUMBER);
            assertThat(paste()).isEmpty();
            assertThat(blocked().size()).isGreaterThan(before);
        });
        assertThat(rest.get("/api/v1/events?kind=DESKTOP_GAP").get("items")).isNotEmpty();
    }

    @Test
    @Order(6)
    void theJournalIsWholeWhenTheServiceHasStopped() throws Exception {
        machine.run("net", "stop", SERVICE);
        Path journals = machine.driveC().resolve("ProgramData/Sekisho/state/journal");
        Path journal;
        try (Stream<Path> found = Files.list(journals)) {
            journal = found.findFirst().orElseThrow();
        }

        agent("verify-journal", "--state-dir", STATE, STATE + "\\journal\\" + journal.getFileName());
    }

    @Test
    @Order(7)
    void whatWasHeldIsGoneWithTheService() throws Exception {
        assertThat(paste()).isEmpty();

        copy(WITH_NUMBER);
        assertThat(paste()).isEqualTo(WITH_NUMBER);
    }

    @Test
    @Order(8)
    void theServiceIsUninstalled() throws Exception {
        agent("service", "uninstall");

        String key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + SERVICE;
        assertThatThrownBy(() -> machine.run("reg", "query", key)).isInstanceOf(IOException.class);
    }

    private static void copy(String text) {
        String encoded = Base64.getEncoder().encodeToString((text + "\0").getBytes(UTF_16LE));
        assertThat(said(copier, "copy CF_UNICODETEXT " + encoded)).isEqualTo("ok");
    }

    /** What the second program gets; empty for nothing. */
    private static String paste() {
        String answer = said(paster, "paste CF_UNICODETEXT");
        if (answer.equals("nothing")) {
            return "";
        }
        String text = new String(Base64.getDecoder().decode(answer.substring("got ".length())), UTF_16LE);
        return text.substring(0, text.indexOf('\0'));
    }

    private static String said(WineJvm program, String command) {
        int before = program.out().size();
        program.say(command);
        await().atMost(SOON).until(() -> program.out().size() > before);
        return program.out().get(before);
    }

    private static JsonNode clipboard() throws Exception {
        for (JsonNode terminal : rest.get("/api/v1/terminals").get("items")) {
            for (JsonNode channel : terminal.get("channels")) {
                if (channel.get("channel").asText().equals("CLIPBOARD")) {
                    return channel;
                }
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static JsonNode blocked() throws Exception {
        return rest.get("/api/v1/events?verdict=BLOCK&limit=500").get("items");
    }
}
