package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.content.extract.ReadableClassPath;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Tampered;

/** A process that is lost before it serves is started anew, and that is an event; one that can't mount is not. */
@EnabledOnOs(OS.LINUX)
final class CheckedMountLossTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelCan() {
        MountRig.assumeTheKernelCan();
    }

    @Test
    void isStartedAnew() throws IOException {
        Path memory = Files.createDirectory(folder.resolve("memory"));
        MountProgram program =
                new MountProgram(LostOnce.class.getName(), ReadableClassPath.get() + File.pathSeparator + memory);
        try (MountRig rig = new MountRig(folder, MountRig.OPEN, 16, program)) {
            rig.plug(false);
            rig.served();

            Files.writeString(rig.point().resolve("a"), "a");

            assertThat(rig.point().resolve("a")).hasContent("a");
            assertThat(rig.losses())
                    .extracting(Tampered::getDetail)
                    .containsExactly("the process that serves " + MountRig.VOLUME + " ended with 134");
        }
    }

    @Test
    void whatNobodyHasLookedIntoWhenTheMediumGoesIsRecordedAsSuch() throws Exception {
        try (MountRig rig = new MountRig(folder, MountRig.OPEN, 16)) {
            rig.plug(false);
            rig.served();
            Process writer = new ProcessBuilder(
                            "sh",
                            "-c",
                            "exec 3>\"$0\"; echo minutes >&3; echo written; exec cat",
                            rig.point().resolve("open.txt").toString())
                    .start();
            try (BufferedReader said = writer.inputReader()) {
                assertThat(said.readLine()).isEqualTo("written");

                rig.withdraw();
            } finally {
                writer.destroyForcibly().waitFor();
            }

            AttemptEvent event = rig.files().getFirst();
            assertThat(MountRig.line(event)).isEqualTo("FILE_CREATED open.txt AUDIT");
            assertThat(event.getDecision().getReason()).isEqualTo(Reason.UNREADABLE);
            assertThat(event.getAttempt().getMedia().getFile().getSha256()).isEmpty();
            assertThat(rig.withoutAgent("cat open.txt")).isEqualTo("minutes\n");
        }
    }

    @Test
    void isGivenUpWhenItIsLostEachTimeAndThatSaysHow() throws IOException {
        MountProgram program = new MountProgram("org.sekisho.NoSuchProgram", ReadableClassPath.get());
        try (MountRig rig = new MountRig(folder, MountRig.OPEN, 16, program)) {
            rig.plug(false);
            await().atMost(Duration.ofMinutes(1)).until(() -> !rig.ofDevice().isEmpty());

            assertThat(rig.ofDevice().getFirst().getDecision().getFailure())
                    .isEqualTo("the process that serves the volume ended with 1, and was lost 5 times");
            assertThat(rig.losses()).hasSize(5);
        }
    }

    @Test
    void whatCantBeMountedIsTriedOnce() throws IOException {
        try (MountRig rig = new MountRig(folder, MountRig.OPEN, 16)) {
            Files.write(folder.resolve("medium.img"), new byte[1 << 20]);
            rig.plug(false);
            await().atMost(Duration.ofMinutes(1)).until(() -> !rig.ofDevice().isEmpty());

            assertThat(rig.ofDevice().getFirst().getDecision().getFailure()).contains("has no file system");
            assertThat(rig.losses()).isEmpty();
        }
    }
}
