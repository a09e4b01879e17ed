package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/** Files with holes and files that are too large to be looked into, on a real kernel: neither is a way past the check. */
@EnabledOnOs(OS.LINUX)
final class CheckedMountSizesTest {
    private static final String SECRET = "個人番号 123456789018";

    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelCan() {
        MountRig.assumeTheKernelCan();
    }

    @Test
    void aNumberBehindAHoleIsFound() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            Path sparse = folder.resolve("sparse.txt");
            MountRig.run(
                    "sh",
                    "-ec",
                    "truncate -s 48M \"$0\"; printf '\\n%s\\n' \"$1\" >>\"$0\"",
                    sparse.toString(),
                    SECRET);

            assertThatThrownBy(() -> MountRig.run(
                            "cp",
                            "--sparse=always",
                            sparse.toString(),
                            rig.point().toString()))
                    .as("in pieces, with the hole left out")
                    .hasMessageContaining("Operation not permitted");
            // Written behind the end, as a program does that fills in the rest later; dd looks at how closing ends. It
            // has
            // closed the file once before it writes, which is decided for itself.
            assertThat(MountRig.exit(
                            "sh",
                            "-c",
                            "printf '%s' \"$1\" | dd of=\"$0/seek.txt\" bs=1 seek=30000000 status=none",
                            rig.point().toString(),
                            SECRET))
                    .isNotZero();

            assertThat(rig.files().stream().map(MountRig::line))
                    .containsExactly(
                            "FILE_CREATED sparse.txt BLOCK",
                            "FILE_CREATED seek.txt AUDIT",
                            "FILE_WRITTEN seek.txt BLOCK");
            assertThat(rig.files().getFirst().getAttempt().getBytes()).isEqualTo(Files.size(sparse));
            rig.withdraw();
            assertThat(rig.withoutAgent("ls")).isEqualTo("seek.txt\n");
            assertThat(rig.imageHolds("123456789018")).isFalse();
        }
    }

    @Test
    void withoutANumberTheHoleIsThereAsItWas() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            Path sparse = folder.resolve("sparse.txt");
            MountRig.run("sh", "-ec", "truncate -s 48M \"$0\"; printf '\\nminutes\\n' >>\"$0\"", sparse.toString());

            MountRig.run("cp", "--sparse=always", sparse.toString(), rig.point().toString());

            assertThat(MountRig.exit(
                            "cmp",
                            sparse.toString(),
                            rig.point().resolve("sparse.txt").toString()))
                    .isZero();
        }
    }

    @Test
    void whatIsTooLargeToBeLookedIntoDoesNotPassWhereARuleAsksForContent() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            Path huge = rig.point().resolve("huge.bin");

            assertThatThrownBy(() -> MountRig.run("truncate", "-s", "2049M", huge.toString()))
                    .hasMessageContaining("Operation not permitted");

            await().untilAsserted(() -> assertThat(huge).doesNotExist());
            AttemptEvent event = rig.files().getFirst();
            assertThat(event.getDecision().getVerdict()).isEqualTo(Verdict.BLOCK);
            assertThat(event.getDecision().getReason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(event.getAttempt().getBytes()).isEqualTo(2049L << 20);
        }
    }

    @Test
    void whereNoRuleAsksItPassesAndTheRecordSaysThatNobodyLooked() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.OPEN, 64)) {
            Path huge = rig.point().resolve("huge.bin");

            MountRig.run("truncate", "-s", "2049M", huge.toString());

            await().untilAsserted(() -> assertThat(rig.files()).hasSize(1));
            assertThat(Files.size(huge)).isEqualTo(2049L << 20);
            assertThat(rig.files().getFirst().getDecision().getVerdict()).isEqualTo(Verdict.AUDIT);
            assertThat(rig.files().getFirst().getDecision().getReason()).isEqualTo(Reason.TOO_LARGE);
        }
    }
}
