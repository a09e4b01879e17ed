package org.sekisho.agent.channel.clipboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.v1.Process;

@EnabledOnOs(OS.LINUX)
final class LinuxProgramsTest {
    private java.lang.Process running;

    @BeforeEach
    void start() throws Exception {
        running = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void stop() throws Exception {
        running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private Process seen() {
        return Process.newBuilder()
                .setPid((int) running.pid())
                .setPath("/claimed")
                .setSha256("claimed")
                .setUser("claimed")
                .setWindowTitle("a title")
                .build();
    }

    @Test
    void saysWhatRuns() throws Exception {
        Process found = new LinuxPrograms().identify(seen());

        assertThat(Path.of(found.getPath()).toRealPath())
                .isEqualTo(Path.of("/proc/" + running.pid() + "/exe").toRealPath());
        assertThat(found.getSha256()).hasSize(64);
        assertThat(found.getUser()).isEqualTo(System.getProperty("user.name"));
        assertThat(found.getWindowTitle()).isEqualTo("a title");
    }

    @Test
    void saysNothingOfAProcessThatHasEnded() throws Exception {
        running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        Process found = new LinuxPrograms().identify(seen());

        assertThat(found.getPath()).isEmpty();
        assertThat(found.getSha256()).isEmpty();
        assertThat(found.getUser()).isEmpty();
    }

    @Test
    void knowsAHelperByItsAccountAlone() throws Exception {
        int own = (int) Files.getAttribute(Path.of("/proc/self/status"), "unix:uid");
        Process found = new LinuxPrograms().identify(seen());

        assertThat(new LinuxPrograms(() -> own + 1).isHelper(found)).isFalse();
        assertThat(new LinuxPrograms(() -> 0).isHelper(found)).isFalse();
        assertThat(new LinuxPrograms(() -> own).isHelper(Process.getDefaultInstance()))
                .isFalse();
    }
}
