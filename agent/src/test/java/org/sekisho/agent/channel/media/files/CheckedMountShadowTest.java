package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.shadow.ShadowFolder.Waiting;
import org.sekisho.shadow.CustodianKey;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.shadow.ShadowOpener;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.Policy;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowCopies;
import org.sekisho.v1.ShadowHeader;
import org.sekisho.v1.Verdict;

/** Copies that rules ask for, made by the real process of a real mount, and read by two people. */
@EnabledOnOs(OS.LINUX)
final class CheckedMountShadowTest {
    private static final String SECRET = "個人番号 123456789018\n";

    private final X25519PrivateKeyParameters sato = new X25519PrivateKeyParameters(new SecureRandom());
    private final X25519PrivateKeyParameters suzuki = new X25519PrivateKeyParameters(new SecureRandom());

    @TempDir
    private Path folder;

    @BeforeEach
    void theKernelCan() {
        MountRig.assumeTheKernelCan();
    }

    @Test
    void whatIsHeldBackIsKeptForTwoCustodiansAndNobodyElse() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, copying(Verdict.BLOCK, 0), 16)) {
            Path file = rig.point().resolve("住所録.txt");
            assertThatThrownBy(() -> Files.writeString(file, SECRET)).isInstanceOf(IOException.class);
            Files.writeString(rig.point().resolve("clean.txt"), "minutes");

            assertThat(rig.files().stream().map(MountRig::line))
                    .containsExactly("FILE_CREATED 住所録.txt BLOCK", "FILE_CREATED clean.txt AUDIT");
            String id = copyOf(rig.files().getFirst());
            assertThat(copyOf(rig.files().getLast()))
                    .as("no rule asked for one")
                    .isEmpty();
            Waiting copy = rig.shadows().next().orElseThrow();
            assertThat(copy.id()).isEqualTo(id);
            assertThat(copy.failure()).isEmpty();
            assertThat(opened(copy)).isEqualTo("住所録.txt: " + SECRET);
            rig.withdraw();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).filter(CheckedMountShadowTest::holdsTheNumber))
                    .as("files of the terminal and the medium with the number in clear")
                    .isEmpty();
        }
    }

    @Test
    void withoutTheRulesWordNothingIsKept() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, MountRig.CHECKED, 16)) {
            assertThatThrownBy(() -> Files.writeString(rig.point().resolve("a.txt"), SECRET))
                    .isInstanceOf(IOException.class);

            assertThat(rig.files().getFirst().getDecision().getVerdict()).isEqualTo(Verdict.BLOCK);
            assertThat(copyOf(rig.files().getFirst())).isEmpty();
            assertThat(rig.shadows().path()).isEmptyDirectory();
        }
    }

    @Test
    void whatPassesUnderSuchARuleIsKeptToo() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, copying(Verdict.AUDIT, 0), 16)) {
            Files.writeString(rig.point().resolve("a.txt"), SECRET);

            assertThat(rig.point().resolve("a.txt")).hasContent(SECRET);
            assertThat(opened(rig.shadows().next().orElseThrow())).isEqualTo("a.txt: " + SECRET);
        }
    }

    @Test
    void ofALargerFileThereIsTheReasonWhyThereIsNone() throws IOException {
        try (MountRig rig = MountRig.plugged(folder, copying(Verdict.BLOCK, 1_000), 16)) {
            assertThatThrownBy(() -> Files.writeString(rig.point().resolve("a.txt"), SECRET.repeat(100)))
                    .isInstanceOf(IOException.class);

            Waiting copy = rig.shadows().next().orElseThrow();
            assertThat(copy.id()).isEqualTo(copyOf(rig.files().getFirst()));
            assertThat(copy.failure())
                    .isEqualTo("the file has %d bytes; there is room for copies of up to 1000"
                            .formatted(SECRET.repeat(100).getBytes(UTF_8).length));
        }
    }

    private Policy copying(Verdict verdict, long most) {
        Policy.Builder policy = MountRig.CHECKED.toBuilder()
                .setShadowCopies(ShadowCopies.newBuilder()
                        .addCustodians(custodian("佐藤", sato))
                        .addCustodians(custodian("suzuki", suzuki))
                        .setMostBytes(most));
        policy.getRulesBuilder(0).setVerdict(verdict).setShadowCopy(true);
        return policy.build();
    }

    private static Custodian custodian(String operator, X25519PrivateKeyParameters key) {
        return Custodian.newBuilder()
                .setOperator(operator)
                .setKey(CustodianKey.write(key.generatePublicKey()))
                .build();
    }

    /** Name and content, as 佐藤 reads it with suzuki's approval. */
    private String opened(Waiting copy) throws IOException {
        byte[] sealed = Files.readAllBytes(copy.file());
        ShadowHeader header = ShadowFormat.header(new ByteArrayInputStream(sealed));
        List<SealedKey> keys = header.getKeysList();
        assertThat(keys).hasSize(2);
        SealedKey key = keys.stream()
                .filter(one -> one.getReader().equals("佐藤"))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream clear = new ByteArrayOutputStream();
        String name = ShadowOpener.open(
                new ByteArrayInputStream(sealed),
                ShadowOpener.approve(copy.id(), key, suzuki),
                "佐藤",
                "suzuki",
                sato,
                clear);
        return name + ": " + clear.toString(UTF_8);
    }

    private static String copyOf(AttemptEvent event) {
        return event.getAttempt().getMedia().getFile().getShadowCopy();
    }

    private static boolean holdsTheNumber(Path file) {
        try {
            return MountRig.exit("grep", "-aqF", "123456789018", file.toString()) == 0;
        } catch (IOException e) {
            return true;
        }
    }
}
