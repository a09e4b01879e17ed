package org.sekisho.agent.uplink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.EnrolResponse;

/**
 * Keeps the terminal's identity as one secret, so that key and certificate change together or not at all, whatever fails
 * in between. Thread-safe as far as {@link SecretStore} is.
 */
public final class IdentityVault {
    private static final String IDENTITY = "identity";
    private static final String PENDING = "enrolment-key";
    /** First byte of the file: a later agent that lays it out differently counts up. */
    private static final int LAYOUT = 1;
    /** A field of no length: no token has this hash. */
    private static final byte[] NOTHING = new byte[Integer.BYTES];

    private final SecretStore secrets;

    /** A vault in {@code secrets}. */
    public IdentityVault(SecretStore secrets) {
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** Whether this terminal has been enrolled. Does not say that the identity can be read. */
    public boolean enrolled() throws IOException {
        return secrets.exists(IDENTITY);
    }

    /**
     * The identity, checked as when it was got, save that its certificate may have expired since.
     *
     * @return empty if this terminal was never enrolled
     * @throws IOException if it can't be read, or was damaged or replaced by what does not hold together
     */
    public Optional<Identity> load() throws IOException {
        if (!secrets.exists(IDENTITY)) {
            return Optional.empty();
        }
        byte[] file = secrets.read(IDENTITY);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
            if (in.readUnsignedByte() != LAYOUT) {
                throw new IOException(
                        "the identity was written by another version of the agent; enrol again with --force");
            }
            String server = in.readUTF();
            Instant checkedAt = Instant.ofEpochMilli(in.readLong());
            PrivateKey key = TerminalKey.read(sized(in));
            return Optional.of(Identity.of(server, key, EnrolResponse.parseFrom(sized(in)), checkedAt));
        } catch (GeneralSecurityException | IdentityException | InvalidProtocolBufferException e) {
            throw new IOException("the identity is damaged; enrol again with --force", e);
        } finally {
            Arrays.fill(file, (byte) 0);
        }
    }

    /**
     * Replaces the identity. Durable on return; on failure the one before is whole.
     *
     * @param checkedAt a time at which its certificate was valid
     */
    public void save(Identity identity, Instant checkedAt) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(LAYOUT);
            out.writeUTF(identity.server());
            out.writeLong(checkedAt.toEpochMilli());
            sized(out, identity.key().getEncoded());
            sized(out, identity.response().toByteArray());
        }
        secrets.write(IDENTITY, bytes.toByteArray());
    }

    /**
     * The key to enrol with by a token: the one of the last try with the same token, since that try may have reached the
     * server, which can then see that it is the same terminal asking again; otherwise a new one, kept before this returns.
     */
    KeyPair enrolmentKey(EnrolmentToken token) throws IOException {
        byte[] tokenSha256 = Certificates.sha256(token.secret().getBytes(US_ASCII));
        Optional<KeyPair> earlier = pendingKey(tokenSha256);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        KeyPair made = TerminalKey.generate();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            sized(out, tokenSha256);
            sized(out, made.getPrivate().getEncoded());
            sized(out, made.getPublic().getEncoded());
        }
        secrets.write(PENDING, bytes.toByteArray());
        return made;
    }

    private Optional<KeyPair> pendingKey(byte[] tokenSha256) throws IOException {
        if (!secrets.exists(PENDING)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(secrets.read(PENDING)))) {
            if (!MessageDigest.isEqual(sized(in), tokenSha256)) {
                return Optional.empty();
            }
            PrivateKey key = TerminalKey.read(sized(in));
            return Optional.of(
                    new KeyPair(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(sized(in))), key));
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of an unfinished enrolment is damaged", e);
        }
    }

    /** The enrolment is over: its key is now the identity's, and the next enrolment makes its own. */
    void forgetEnrolmentKey() throws IOException {
        secrets.write(PENDING, NOTHING);
    }

    private static void sized(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] sized(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > SecretStore.MAX_BYTES) {
            throw new IOException("a stored key is damaged: it claims %d bytes".formatted(size));
        }
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new IOException(
                    "a stored key is damaged: it ends after %d of %d bytes".formatted(bytes.length, size));
        }
        return bytes;
    }
}
