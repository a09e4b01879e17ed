package org.sekisho.agent.service.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceProgramTest {

    @Test
    void namesFoldersOfJarsOnce() {
        Path lib = Path.of("lib").toAbsolutePath();
        String classPath = String.join(
                File.pathSeparator,
                lib.resolve("a.jar").toString(),
                lib.resolve("b.jar").toString(),
                lib.resolveSibling("classes").toString());

        assertThat(ServiceProgram.classPath(classPath).split(File.pathSeparator, -1))
                .containsExactly(
                        lib + File.separator + "*",
                        lib.resolveSibling("classes").toString());
    }

    @Test
    void saysWhereItsStateIsAndWhereItUnpacks() {
        Path state = Path.of("state");
        List<String> command = ServiceProgram.command("a.Main", state, state.resolve("tmp"), Path.of("c.properties"));

        assertThat(command)
                .contains(
                        "-Dsekisho.state-dir=" + state,
                        "-Djna.tmpdir=" + state.resolve("tmp"),
                        "-Djava.io.tmpdir=" + state.resolve("tmp"),
                        "-Dorg.sqlite.tmpdir=" + state.resolve("tmp"))
                .containsSubsequence("-cp", "a.Main", "service", "--by-windows", "--config")
                .endsWith(Path.of("c.properties").toAbsolutePath().toString());
    }
}
