package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that serves a volume, started by somebody else than the service. */
final class MediaMountMainTest {
    private static final byte[] KEPT = "as it was".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private record Ended(int exit, String said) {}

    /** Runs it with no order to come, its descriptor for reports as {@code redirection} has it. */
    private Ended run(String redirection) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        "\"$0\" -cp \"$1\" \"$2\" </dev/null " + redirection,
                        ProcessHandle.current().info().command().orElseThrow(),
                        System.getProperty("java.class.path"),
                        MediaMountMain.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(said));
    }

    @Test
    void aFileInPlaceOfTheServicesPipeStaysAsItIs() throws Exception {
        Path file = Files.write(folder.resolve("file"), KEPT);

        Ended ended = run("4<>'" + file + "'");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said()).contains("started by the agent's service only");
        assertThat(file).hasBinaryContent(KEPT);
    }

    @Test
    void withoutTheDescriptorItSaysTheSame() throws Exception {
        Ended ended = run("4>&-");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.said()).contains("started by the agent's service only");
    }

    @Test
    void aPipeWithANameIsNotTheServices() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(run("4<>'" + pipe + "'").said()).contains("started by the agent's service only");
    }

    /** The control: as the service gives it, the pipe is taken, and what is missed next is the first order. */
    @Test
    void thePipeIsTaken() throws Exception {
        assertThat(run("4>&1 | cat").said())
                .contains("the service has sent no set-up")
                .doesNotContain("started by the agent's service only");
    }
}
