package org.sekisho.packaging.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.packaging.rig.AgentProcess;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.VirtualDisplay;

/** The console in a real Chromium: each page in both languages and themes with axe-core, and a first run and a whole day on a real server. */
class ConsoleBrowserIT {
    /** The day's exit status for that; the server had to answer meanwhile. */
    private static final int BROWSER_STANDS_STILL = 75;

    private static final Duration LIMIT = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private final Path server = Path.of(System.getProperty("sekisho.basedir")).resolveSibling("control-server");

    @Test
    void everyPageIsAccessibleAndQuiet() throws Exception {
        Command played = browser(
                "run.mjs",
                "--root",
                server.resolve("target/webui/META-INF/resources").toString());

        assertThat(played.exit()).as(played.text() + played.err()).isZero();
    }

    @Test
    void theFirstAdministratorIsSetUpOnARealServer() throws Exception {
        try (ServerProcess process = ServerProcess.start(Distribution.fromSystemProperty(), folder, Map.of())) {
            String link = Files.readString(process.data().resolve("setup-link")).strip();

            Command played = browser(
                    "real.mjs",
                    "--setup-link",
                    link,
                    "--ca",
                    process.data().resolve("ca.pem").toString(),
                    "--sekisho",
                    Distribution.fromSystemProperty().command("sekisho"));

            assertThat(played.exit()).as(played.text() + played.err()).isZero();
        }
    }

    @Test
    void aDayIsPlayedFromTheSetUpLinkToTheSecondAdministratorsConsent() throws Exception {
        Command played = day(folder.resolve("day"));
        if (played.exit() == BROWSER_STANDS_STILL) {
            System.out.println("the browser had to be started anew: " + played.text() + played.err());
            played = day(folder.resolve("again"));
        }

        assertThat(played.exit()).as(played.text() + played.err()).isZero();
    }

    private Command day(Path files) throws Exception {
        Distribution distribution = Distribution.fromSystemProperty();
        try (ServerProcess process = ServerProcess.start(distribution, files.resolve("server"), Map.of());
                VirtualDisplay display = VirtualDisplay.start(files.resolve("display"));
                AgentProcess agent = AgentProcess.prepare(distribution, files.resolve("agent"), display, Map.of())) {
            Map<String, String> environment = new HashMap<>(display.environment());
            environment.putAll(agent.environment());
            return browser(
                    environment,
                    "day.mjs",
                    "--setup-link",
                    Files.readString(process.data().resolve("setup-link")).strip(),
                    "--ca",
                    process.data().resolve("ca.pem").toString(),
                    "--sekisho",
                    distribution.command("sekisho"),
                    "--agent",
                    distribution.command("sekisho-agent"));
        }
    }

    private Command browser(String script, String... arguments) throws Exception {
        return browser(Map.of(), script, arguments);
    }

    private Command browser(Map<String, String> environment, String script, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 4];
        command[0] = "node";
        command[1] = server.resolve("src/main/webui/browser").resolve(script).toString();
        command[2] = "--out";
        command[3] = Path.of(System.getProperty("sekisho.basedir"), "target/screenshots")
                .toString();
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return Command.run(LIMIT, environment, new byte[0], command);
    }
}
