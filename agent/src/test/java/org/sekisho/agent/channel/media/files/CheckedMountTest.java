package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.content.extract.Documents;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;

/** The checked mount on a real kernel: a loop device, the real processes, and the programs that people copy with. */
@EnabledOnOs(OS.LINUX)
final class CheckedMountTest {
    private static final String SECRET = "関所 太郎の個人番号 123456789018";

    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelCan() {
        MountRig.assumeTheKernelCan();
    }

    /** Who closes a file that is held back is told at once; what it was is there again when the kernel has let go of it. */
    private static void comesBack(Path file, String content) {
        await().untilAsserted(() -> assertThat(file).hasContent(content));
    }

    private static ProcessHandle server() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCarriesNumbersIsHeldBackAndAllElseIsAsItWas() throws IOException {
        Path clean = Files.writeString(folder.resolve("議事録.txt"), "会議の資料\n".repeat(50_000));
        Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            Path stick = rig.point();
            assertThat(MountRig.exit("cp", clean.toString(), stick.toString())).isZero();
            assertThatThrownBy(() -> MountRig.run("cp", secret.toString(), stick.toString()))
                    .hasMessageContaining("Operation not permitted");
            await().untilAsserted(() -> assertThat(stick.resolve("secret.txt")).doesNotExist());
            assertThat(MountRig.exit(
                            "cmp", clean.toString(), stick.resolve("議事録.txt").toString()))
                    .isZero();
            assertThat(rig.files().stream().map(MountRig::line))
                    .containsExactly("FILE_CREATED 議事録.txt AUDIT", "FILE_CREATED secret.txt BLOCK");
            AttemptEvent held = rig.files().get(1);
            assertThat(held.getAttempt().getMedia().getFile().getSha256()).isEqualTo(sha256(secret));
            assertThat(held.getAttempt().getLabels(0).getCount()).isEqualTo(1);
            assertThat(held.getDecision().getRule()).isEqualTo("no-numbers");
            assertThat(held.getAttempt().getMedia().getFile().getProcess().getPid())
                    .isPositive();
            assertThat(rig.people().told())
                    .as("the person is told")
                    .singleElement()
                    .satisfies(notice -> assertThat(notice.getJa())
                            .startsWith("ファイル「secret.txt」（個人番号 1件）を媒体に保存しませんでした。\nこの操作はポリシーにより止められました。"));
            rig.withdraw();
            assertThat(rig.withoutAgent("ls")).isEqualTo("議事録.txt\n");
            assertThat(rig.imageHolds("123456789018"))
                    .as("a byte of it on the medium")
                    .isFalse();
        }
    }

    @Test
    void withoutTheAgentThatWouldHaveBeenSeen() throws IOException {
        MountRig.run("truncate", "-s", "16M", folder.resolve("plain.img").toString());
        MountRig.run("mkfs.ext4", "-q", folder.resolve("plain.img").toString());
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        MountRig.run(
                "unshare",
                "--mount",
                "sh",
                "-ec",
                "mount -o loop \"$0\" /mnt; cp \"$1\" /mnt",
                folder.resolve("plain.img").toString(),
                folder.resolve("secret.txt").toString());
        assertThat(MountRig.exit(
                        "grep",
                        "-aqF",
                        "123456789018",
                        folder.resolve("plain.img").toString()))
                .isZero();
    }

    @Test
    void programsWorkAsOnAnyStick() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            String stick = rig.point().toString();
            MountRig.run("sh", "-ec", """
                    cd "$0"; mkdir -p a/b; seq 100000 >a/b/numbers; cp -a a c; cmp a/b/numbers c/b/numbers
                    echo 1 >x; echo 2 >>x; [ "$(cat x)" = "1
                    2" ]; truncate -s 2 x; [ "$(stat -c %s x)" = 2 ]; truncate -s 5000 x; [ "$(stat -c %s x)" = 5000 ]
                    dd if=/dev/urandom of=big bs=1M count=20 conv=fsync 2>/dev/null
                    cp big big.tmp; mv big.tmp big2; cmp big big2; dd if=big of=big2 bs=4096 seek=100 count=1 conv=notrunc 2>/dev/null
                    cmp -n 409600 big big2; mv x y; ! [ -e x ]; touch -d 2020-01-02 y; [ "$(stat -c %Y y)" = "$(date -d 2020-01-02 +%s)" ]
                    chmod 644 y; ! ln y z 2>/dev/null; ! ln -s y z 2>/dev/null; ! mkfifo f 2>/dev/null
                    df . >/dev/null; tar cf t.tar a; tar tf t.tar >/dev/null; rm -r a c; [ "$(ls | tr '\\n' ' ')" = "big big2 t.tar y " ]
                    for i in $(seq 300); do : >"many-$i"; done; [ "$(ls | wc -l)" = 304 ]; rm many-*; [ "$(ls | wc -l)" = 4 ]
                    """, stick);
            // Saved as an office program does: another file first, then its name.
            Files.writeString(rig.point().resolve(".~y"), "new");
            Files.move(
                    rig.point().resolve(".~y"), rig.point().resolve("y"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            assertThat(rig.point().resolve("y")).hasContent("new");
            // And by a mapping of the file into memory.
            try (RandomAccessFile file =
                    new RandomAccessFile(rig.point().resolve("mapped").toFile(), "rw")) {
                file.setLength(10_000);
                var map = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 10_000);
                map.put(5_000, (byte) 'm');
                map.force();
            }
            rig.withdraw();
            assertThat(rig.withoutAgent("cat y; tail -c +5001 mapped | head -c 1; stat -c %a y"))
                    .isEqualTo("newm644\n");
        }
    }

    @Test
    void aFileThatWasThereStaysAsItWas() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 16)) {
            Path file = rig.point().resolve("名簿.csv");
            Files.writeString(file, "first");
            assertThatThrownBy(() -> Files.writeString(file, SECRET)).isInstanceOf(IOException.class);
            comesBack(file, "first");
            assertThatThrownBy(() -> Files.writeString(file, SECRET, StandardOpenOption.APPEND))
                    .isInstanceOf(IOException.class);
            comesBack(file, "first");
            // Piece by piece: what is decided is the whole.
            MountRig.exit("sh", "-c", "(printf '個人番号 123456'; printf 789018) >\"$0\"", file.toString());
            await().untilAsserted(() -> assertThat(Files.readString(file)).doesNotContain("123456789018"));
            assertThatThrownBy(() -> Files.createFile(rig.point().resolve("個人番号 123456789018.txt")))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> Files.move(file, rig.point().resolve("個人番号123456789018")))
                    .isInstanceOf(IOException.class);
            assertThat(rig.files().getLast().getAttempt().getMedia().getFile().getName())
                    .as("masked in the record")
                    .doesNotContain("123456789018");
            rig.withdraw();
            assertThat(rig.imageHolds("123456789018")).isFalse();
        }
    }

    @Test
    void tornOutOrKilledInTheMiddleNothingOfAHeldFileIsThere() throws Exception {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 64)) {
            try (FileChannel open = FileChannel.open(
                    rig.point().resolve("half"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                open.write(ByteBuffer.wrap((SECRET + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8)));
                ProcessHandle server = server();
                server.destroyForcibly();
                server.onExit().join();
                assertThatThrownBy(() -> open.write(ByteBuffer.wrap(new byte[1])))
                        .isInstanceOf(IOException.class);
            } catch (IOException e) {
                assertThat(e).as("closing").hasMessageContaining("connect");
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> !rig.losses().isEmpty());
            rig.served();
            assertThat(MountRig.exit("cp", "/etc/hostname", rig.point().toString()))
                    .as("mounted anew")
                    .isZero();
            rig.withdraw();
            assertThat(rig.imageHolds("123456789018")).isFalse();
            assertThat(rig.withoutAgent("cat hostname")).isEqualTo(Files.readString(Path.of("/etc/hostname")));
        }
    }

    @Test
    void nobodyElseReachesTheMedium() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 16)) {
            Files.writeString(rig.point().resolve("a"), "a");
            assertThat(MountRig.exit(
                            "setpriv", "--reuid=65534", "--regid=disk", "--clear-groups", "head", "-c1", rig.device()))
                    .as("the device, for who is in its group")
                    .isNotZero();
            assertThat(MountRig.exit("unshare", "--mount", "sh", "-c", "mount \"$0\" /mnt && cat /mnt/a", rig.device()))
                    .as("mounted once more")
                    .isNotZero();
            assertThat(MountRig.exit("nsenter", "--mount=/proc/" + server().pid() + "/ns/mnt", "cat", "/mnt/a"))
                    .as("in its namespace")
                    .isNotZero();
            assertThat(rig.point().resolve("a")).as("and the way that is meant").hasContent("a");
        }
    }

    @Test
    void whatIsCopiedIsOnTheMediumSoonWithoutAWord() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.OPEN, 16)) {
            Files.writeString(rig.point().resolve("minutes.txt"), "nothing was decided");

            // The kernel alone would take half a minute (dirty_expire_centisecs).
            await().atMost(Duration.ofSeconds(15)).until(() -> rig.imageHolds("nothing was decided"));
        }
    }

    @Test
    void readOnlyIsReadOnly() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 16)) {
            Files.writeString(rig.point().resolve("a"), "a");
            rig.withdraw();
            rig.plug(true);
            rig.served();
            assertThat(rig.point().resolve("a")).hasContent("a");
            assertThat(MountRig.exit("touch", rig.point().resolve("b").toString()))
                    .isNotZero();
            MountRig.exit("mount", "-o", "remount,rw", rig.point().toString());
            assertThat(MountRig.exit("touch", rig.point().resolve("b").toString()))
                    .isNotZero();
        }
    }

    @Test
    void withoutARuleForContentFilesPassAndAreRecorded() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
        try (MountRig rig = MountRig.plugged(folder, MountRig.OPEN, 16)) {
            MountRig.run("cp", secret.toString(), rig.point().toString());
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.files().size() == 1);
            AttemptEvent passed = rig.files().getFirst();
            assertThat(passed.getAttempt().getMedia().getFile().getSha256()).isEqualTo(sha256(secret));
            assertThat(passed.getAttempt().getLabels(0).getLabel()).isEqualTo("my_number");
            rig.policy(MountRig.CHECKED);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> MountRig.exit(
                                    "cp",
                                    secret.toString(),
                                    rig.point().resolve("again").toString())
                            != 0);
            rig.policy(MountRig.OPEN);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> MountRig.exit(
                                    "cp",
                                    secret.toString(),
                                    rig.point().resolve("again").toString())
                            == 0);
        }
    }

    @Test
    void whatCantBeLookedIntoDoesNotPass() throws IOException {
        Path locked = Files.write(folder.resolve("locked.pdf"), Documents.pdf("password", "minutes"));
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 16)) {
            assertThat(MountRig.exit("cp", locked.toString(), rig.point().toString()))
                    .isNotZero();
            assertThat(rig.files().getFirst().getDecision().getReason()).isEqualTo(Reason.UNREADABLE);
            assertThat(rig.files().getFirst().getDecision().getVerdict()).isEqualTo(Verdict.BLOCK);
            rig.policy(MountRig.CHECKED.toBuilder().setAuditOnly(true).build());
            assertThat(MountRig.exit("cp", locked.toString(), rig.point().toString()))
                    .as("under a policy that only audits")
                    .isZero();
            assertThat(rig.files().getLast().getEnforcement()).isEqualTo(Enforcement.AUDIT_ONLY);
        }
    }

    @Test
    void fiveHundredDocuments() throws IOException {
        Path source = Files.createDirectory(folder.resolve("documents"));
        Map<String, Boolean> carrying = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            boolean secret = i % 5 == 0;
            String name = "%03d.%s"
                    .formatted(i, List.of("docx", "xlsx", "pdf", "csv", "zip").get(i % 5 == 0 ? i / 5 % 5 : i % 5));
            Files.write(source.resolve(name), document(name, i, secret));
            carrying.put(name, secret);
        }
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 128)) {
            assertThat(MountRig.exit(
                            "sh",
                            "-c",
                            "cp \"$0\"/* \"$1\"",
                            source.toString(),
                            rig.point().toString()))
                    .as("some were refused")
                    .isNotZero();
            assertThat(rig.files()).hasSize(500);
            for (AttemptEvent event : rig.files()) {
                var file = event.getAttempt().getMedia().getFile();
                boolean secret = Boolean.TRUE.equals(carrying.get(file.getName()));
                assertThat(file.getAct()).isEqualTo(FileAct.FILE_CREATED);
                assertThat(file.getSha256()).as(file.getName()).isEqualTo(sha256(source.resolve(file.getName())));
                assertThat(event.getDecision().getVerdict())
                        .as(file.getName() + " " + event.getAttempt().getLabelsList())
                        .isEqualTo(secret ? Verdict.BLOCK : Verdict.AUDIT);
                assertThat(event.getDecision().getReason())
                        .as(file.getName())
                        .isEqualTo(secret ? Reason.RULE_MATCHED : Reason.CHANNEL_DEFAULT);
            }
            rig.withdraw();
            List<String> clean = new ArrayList<>();
            carrying.forEach((name, secret) -> {
                if (!secret) {
                    clean.add(name);
                }
            });
            assertThat(new TreeSet<>(rig.withoutAgent("ls").lines().toList())).isEqualTo(new TreeSet<>(clean));
            assertThat(rig.withoutAgent("sha256sum *")
                            .lines()
                            .map(line -> line.substring(0, 64))
                            .toList())
                    .isEqualTo(clean.stream()
                            .map(name -> sha256(source.resolve(name)))
                            .toList());
        }
    }

    private static byte[] document(String name, int i, boolean secret) throws IOException {
        String number = secret ? "123456789018" : "予定なし";
        String ascii = secret ? "my number 123456789018" : "minutes of the meeting";
        return switch (name.substring(4)) {
            case "docx" -> Documents.docx("第%d回".formatted(i), "個人番号 " + number);
            case "xlsx" ->
                Documents.xlsx(List.of(List.of("氏名", "個人番号"), List.of("関所 太郎", secret ? (Object) 123456789018L : "")));
            case "pdf" -> Documents.pdf("", "No. " + i, ascii);
            case "csv" -> "番号,氏名,個人番号\r\n%d,関所 太郎,%s\r\n".formatted(i, number).getBytes(Charset.forName("windows-31j"));
            default -> Documents.zip(Map.of("a.txt", ("個人番号 " + number + " " + i).getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
