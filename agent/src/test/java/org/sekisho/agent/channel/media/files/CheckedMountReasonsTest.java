package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.ContentCondition;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Verdict;

/** A rule that asks for a reason for a file, on a real kernel: {@code cp} waits in close(2) until the person has answered. */
@EnabledOnOs(OS.LINUX)
final class CheckedMountReasonsTest {
    private static final String NUMBER = "123456789018";
    private static final Policy JUSTIFIED = Policy.newBuilder()
            .setRevision(1)
            .addDefaults(ChannelDefault.newBuilder().setChannel(Channel.MEDIA).setVerdict(Verdict.AUDIT))
            .addRules(Rule.newBuilder()
                    .setId("why-numbers")
                    .setChannel(Channel.MEDIA)
                    .addContent(ContentCondition.newBuilder().setLabel("my_number"))
                    .setVerdict(Verdict.JUSTIFY))
            .build();

    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelCan() {
        MountRig.assumeTheKernelCan();
    }

    /** Copies the list of numbers in the background, as a person does by a file manager; the exit value of cp. */
    private CompletableFuture<Integer> copying(MountRig rig) throws IOException {
        Path list = folder.resolve("名簿.txt");
        if (!Files.exists(list)) {
            Files.writeString(list, "関所 太郎の個人番号 " + NUMBER);
        }
        int asked = rig.people().asked().size();
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            try {
                return MountRig.exit("cp", list.toString(), rig.point().toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await().atMost(Duration.ofMinutes(1))
                .until(() -> exit.isDone() || rig.people().asked().size() > asked);
        return exit;
    }

    @Test
    void aReasonLetsThatFileThroughAndIsNotAskedForAgain() throws Exception {
        try (MountRig rig = MountRig.plugged(folder, JUSTIFIED, 16)) {
            CompletableFuture<Integer> copied = copying(rig);
            assertThat(rig.people().asked())
                    .singleElement()
                    .satisfies(asked ->
                            assertThat(asked.notice().getJa()).startsWith("ファイル「名簿.txt」（個人番号 1件）を媒体に保存するには理由が要ります。"));
            assertThat(rig.imageHolds(NUMBER)).as("held back while asked").isFalse();

            rig.people().asked().getFirst().answer("総務課への提出");

            assertThat(copied.get(1, TimeUnit.MINUTES)).isZero();
            AttemptEvent event = rig.files().getFirst();
            assertThat(event.getDecision().getReason()).isEqualTo(Reason.JUSTIFICATION_GIVEN);
            assertThat(event.getJustification()).isEqualTo("総務課への提出");
            assertThat(copying(rig).get(1, TimeUnit.MINUTES)).isZero();
            assertThat(rig.people().asked()).hasSize(1);
            rig.withdraw();
            assertThat(rig.imageHolds(NUMBER)).as("let through").isTrue();
        }
    }

    @Test
    void withoutAReasonItStaysOffTheMedium() throws Exception {
        try (MountRig rig = MountRig.plugged(folder, JUSTIFIED, 16)) {
            CompletableFuture<Integer> copied = copying(rig);

            rig.people().asked().getFirst().answer("");

            assertThat(copied.get(1, TimeUnit.MINUTES)).isNotZero();
            AttemptEvent event = rig.files().getFirst();
            assertThat(event.getDecision().getReason()).isEqualTo(Reason.JUSTIFICATION_REFUSED);
            rig.withdraw();
            assertThat(rig.imageHolds(NUMBER)).isFalse();
        }
    }

    @Test
    void whenTheMediumIsTakenAwayNobodyWaitsForTheAnswer() throws Exception {
        try (MountRig rig = MountRig.plugged(folder, JUSTIFIED, 16)) {
            CompletableFuture<Integer> copied = copying(rig);

            rig.withdraw();

            assertThat(copied.get(1, TimeUnit.MINUTES)).isNotZero();
            assertThat(rig.files().getFirst().getDecision().getReason()).isEqualTo(Reason.JUSTIFICATION_UNASKED);
            assertThat(rig.imageHolds(NUMBER)).isFalse();
        }
    }
}
