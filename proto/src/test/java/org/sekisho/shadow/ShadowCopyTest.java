package org.sekisho.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.shadow.ShadowSealer.About;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowHeader;

class ShadowCopyTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X25519PrivateKeyParameters sato = new X25519PrivateKeyParameters(RANDOM);
    private final X25519PrivateKeyParameters suzuki = new X25519PrivateKeyParameters(RANDOM);
    private final X25519PrivateKeyParameters tanaka = new X25519PrivateKeyParameters(RANDOM);
    private final ShadowSealer sealer =
            new ShadowSealer(List.of(custodian("佐藤", sato), custodian("suzuki", suzuki), custodian("tanaka", tanaka)));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, (64 << 10) - 30, 64 << 10, (128 << 10) - 21, 200_000})
    void twoCustodiansTogetherReadIt(int size) throws IOException {
        byte[] content = content(size);
        byte[] copy = sealed(content);

        byte[] approved = ShadowOpener.approve(ID, key(copy, "佐藤", "suzuki"), suzuki);
        ByteArrayOutputStream clear = new ByteArrayOutputStream();

        assertThat(open(copy, approved, "佐藤", "suzuki", sato, clear)).isEqualTo("書類/一覧.csv");
        assertThat(clear.toByteArray()).isEqualTo(content);
    }

    /** Sealed once only, which is what two custodians are for: without the other's seal the approver reads it alone. */
    @Test
    void withoutTheSecondSealOneCustodianWouldReadIt() throws IOException {
        byte[] secret = content(32);
        byte[] bound = ShadowFormat.bound(ID, "佐藤", "suzuki");
        byte[] once = Seal.seal(suzuki.generatePublicKey(), ShadowFormat.INFO, bound, secret);
        SealedKey alone = SealedKey.newBuilder()
                .setReader("佐藤")
                .setApprover("suzuki")
                .setSealed(ByteString.copyFrom(once))
                .build();

        assertThat(ShadowOpener.approve(ID, alone, suzuki)).isEqualTo(secret);
    }

    @Test
    void nobodyReadsItAlone() throws IOException {
        byte[] copy = sealed(content(1_000));
        for (SealedKey key : ShadowFormat.header(new ByteArrayInputStream(copy)).getKeysList()) {
            X25519PrivateKeyParameters approver = privateKey(key.getApprover());
            X25519PrivateKeyParameters reader = privateKey(key.getReader());
            byte[] approved = ShadowOpener.approve(ID, key, approver);

            assertThatThrownBy(() -> open(copy, approved, key.getReader(), key.getApprover(), approver))
                    .as("the approver with what they took off")
                    .isInstanceOf(ShadowException.class);
            assertThatThrownBy(() -> ShadowOpener.approve(ID, key, reader))
                    .as("the reader without the approver")
                    .isInstanceOf(ShadowException.class);
            assertThatThrownBy(
                            () -> open(copy, key.getSealed().toByteArray(), key.getReader(), key.getApprover(), reader))
                    .isInstanceOf(ShadowException.class);
        }
    }

    @Test
    void whatWasApprovedForOneIsOfNoUseToAnother() throws IOException {
        byte[] copy = sealed(content(1_000));
        SealedKey forSato = key(copy, "佐藤", "suzuki");
        byte[] approved = ShadowOpener.approve(ID, forSato, suzuki);

        assertThatThrownBy(() -> open(copy, approved, "tanaka", "suzuki", tanaka))
                .isInstanceOf(ShadowException.class);
        assertThatThrownBy(() -> ShadowOpener.approve(
                        ID, forSato.toBuilder().setReader("tanaka").build(), suzuki))
                .as("shown as another's to the approver")
                .isInstanceOf(ShadowException.class);
        assertThatThrownBy(() -> ShadowOpener.approve(ID.replace('0', '1'), forSato, suzuki))
                .as("shown as another copy's")
                .isInstanceOf(ShadowException.class);
    }

    @Property(tries = 200)
    void noByteCanBeChanged(@ForAll @IntRange(max = 69_999) int place, @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        byte[] copy = sealed(content(68_000));
        byte[] approved = ShadowOpener.approve(ID, key(copy, "佐藤", "suzuki"), suzuki);
        copy[place % copy.length] ^= (byte) change;

        assertThatThrownBy(() -> open(copy, approved, "佐藤", "suzuki", sato)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 4_000, 70_000, 131_000})
    void nothingCanBeCutOff(int cut) throws IOException {
        byte[] copy = sealed(content(140_000));
        byte[] approved = ShadowOpener.approve(ID, key(copy, "佐藤", "suzuki"), suzuki);

        assertThatThrownBy(() -> open(Arrays.copyOf(copy, copy.length - cut), approved, "佐藤", "suzuki", sato))
                .isInstanceOf(ShadowException.class);
        assertThatThrownBy(() -> open(Arrays.copyOf(copy, copy.length + cut), approved, "佐藤", "suzuki", sato))
                .as("nor added")
                .isInstanceOf(ShadowException.class);
    }

    @Test
    void wholeChunksCanNotBeCutOffNorChangeTheirPlaces() throws IOException {
        byte[] copy = sealed(content(300_000));
        byte[] approved = ShadowOpener.approve(ID, key(copy, "佐藤", "suzuki"), suzuki);
        int chunk = ShadowFormat.CHUNK + ShadowFormat.TAG;
        ByteArrayInputStream in = new ByteArrayInputStream(copy);
        ShadowHeader header = ShadowFormat.header(in);
        int start = copy.length - in.available();
        assertThat(header.getKeysCount()).isEqualTo(6);

        byte[] shorter = Arrays.copyOf(copy, start + 2 * chunk);
        byte[] swapped = copy.clone();
        System.arraycopy(copy, start + chunk, swapped, start + 2 * chunk, chunk);
        System.arraycopy(copy, start + 2 * chunk, swapped, start + chunk, chunk);

        assertThatThrownBy(() -> open(shorter, approved, "佐藤", "suzuki", sato)).isInstanceOf(ShadowException.class);
        assertThatThrownBy(() -> open(swapped, approved, "佐藤", "suzuki", sato)).isInstanceOf(ShadowException.class);
    }

    @Test
    void whatTheHeaderSaysOfTheContentIsHeldAgainstIt() throws IOException {
        byte[] content = content(100);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sealer.seal(new About(ID, "ab".repeat(32), 100), "a", new ByteArrayInputStream(content), out);
        byte[] copy = out.toByteArray();
        byte[] approved = ShadowOpener.approve(ID, key(copy, "佐藤", "suzuki"), suzuki);

        assertThatThrownBy(() -> open(copy, approved, "佐藤", "suzuki", sato))
                .hasMessageContaining("not what the copy's header says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                // A point of small order, and no canonical base64.
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK09",
                "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx-FG-IK08",
                "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08="
            })
    void textsThatAreNoKey(String text) {
        assertThat(CustodianKey.read(text)).isEmpty();
        assertThat(CustodianKey.read("3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"))
                .isPresent();
    }

    @Test
    void oneCustodianIsTooFew() {
        assertThatThrownBy(() -> new ShadowSealer(List.of(custodian("佐藤", sato))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private X25519PrivateKeyParameters privateKey(String operator) {
        return operator.equals("佐藤") ? sato : operator.equals("suzuki") ? suzuki : tanaka;
    }

    private byte[] sealed(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sealer.seal(
                new About(ID, sha256(content), content.length), "書類/一覧.csv", new ByteArrayInputStream(content), out);
        return out.toByteArray();
    }

    private static SealedKey key(byte[] copy, String reader, String approver) throws IOException {
        return ShadowFormat.header(new ByteArrayInputStream(copy)).getKeysList().stream()
                .filter(key ->
                        key.getReader().equals(reader) && key.getApprover().equals(approver))
                .findFirst()
                .orElseThrow();
    }

    private static String open(
            byte[] copy, byte[] approved, String reader, String approver, X25519PrivateKeyParameters key)
            throws IOException {
        return open(copy, approved, reader, approver, key, new ByteArrayOutputStream());
    }

    private static String open(
            byte[] copy,
            byte[] approved,
            String reader,
            String approver,
            X25519PrivateKeyParameters key,
            ByteArrayOutputStream clear)
            throws IOException {
        return ShadowOpener.open(new ByteArrayInputStream(copy), approved, reader, approver, key, clear);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        RANDOM.nextBytes(content);
        return content;
    }

    private static Custodian custodian(String operator, X25519PrivateKeyParameters key) {
        return Custodian.newBuilder()
                .setOperator(operator)
                .setKey(CustodianKey.write(key.generatePublicKey()))
                .build();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
