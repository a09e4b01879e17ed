package org.sekisho.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration that ships lets through, in a process that doesn't see the tests' own. */
final class LogLevelTest {
    @TempDir
    private Path folder;

    private String said(String... options) throws Exception {
        Path shipped = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        // The first configuration on the class path is the one that counts.
        command.addAll(List.of(
                "-cp",
                shipped
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LogProbe.class.getName(),
                folder.resolve("probe.db").toString()));
        Process probe = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(probe.getInputStream().readAllBytes(), UTF_8);
        assertThat(probe.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void sqliteSaysNothingOfItsSteps() throws Exception {
        assertThat(said())
                .contains("own info true, own debug false")
                .doesNotContain("TRACE")
                .doesNotContain("DEBUG");
    }

    @Test
    void itWouldIfTheConfigurationLetIt() throws Exception {
        assertThat(said("-Dtinylog.level=trace", "-Dtinylog.level@org.sqlite=trace"))
                .contains("TRACE");
    }
}
