package org.sekisho.agent.policy;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.v1.Signed;

/**
 * The last good policy on disk, sealed. It is replaced in two steps, so that what needs room on the disk is done before
 * anything is enforced. One thread.
 */
final class PolicyFile {
    /** The payload's bound, the signature, nonce and tag. */
    private static final long MAX_BYTES = PolicyVerifier.MAX_PAYLOAD_BYTES + 4_096L;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final Path current;
    private final Path next;
    private final PolicyKey key;

    /** Opens or makes the folder. */
    PolicyFile(Path folder, PolicyKey key) throws IOException {
        this.folder = folder;
        this.key = requireNonNull(key, "key is null");
        this.current = folder.resolve("policy.sealed");
        this.next = folder.resolve("policy.sealed.next");
        Files.createDirectories(folder, mode("rwx------"));
    }

    /**
     * The last good policy; empty if there never was one.
     *
     * @throws AEADBadTagException if the file is not what this agent wrote
     * @throws IOException if it can't be read
     */
    Optional<Signed> read() throws IOException, AEADBadTagException {
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        if (Files.size(current) > MAX_BYTES) {
            throw new AEADBadTagException("it has %d bytes".formatted(Files.size(current)));
        }
        try {
            return Optional.of(Signed.parseFrom(key.open(Files.readAllBytes(current))));
        } catch (InvalidProtocolBufferException e) {
            throw new AEADBadTagException("it holds no signed policy");
        }
    }

    /** Puts a policy on the disk without replacing the present one. Durable on return. */
    void stage(Signed signed) throws IOException {
        Files.deleteIfExists(next);
        ByteBuffer sealed = ByteBuffer.wrap(key.seal(signed.toByteArray()));
        try (FileChannel channel =
                FileChannel.open(next, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), mode("rw-------"))) {
            while (sealed.hasRemaining()) {
                channel.write(sealed);
            }
            channel.force(true);
        }
    }

    /** Makes the staged policy the present one. */
    void replace() throws IOException {
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (POSIX) {
            // rename(2) is durable only once the folder is.
            try (FileChannel names = FileChannel.open(folder, READ)) {
                names.force(true);
            }
        }
    }

    /** Drops what was staged. */
    void discard() throws IOException {
        Files.deleteIfExists(next);
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
