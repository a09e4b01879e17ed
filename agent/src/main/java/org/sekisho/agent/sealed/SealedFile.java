package org.sekisho.agent.sealed;

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
 * The last good document of a kind on disk, sealed. It is replaced in two steps, so that what needs room on the disk is done before
 * anything is enforced. One thread.
 */
public final class SealedFile {
    /** The payload's bound, the signature, nonce and tag. */
    private static final long MAX_BYTES = PolicyVerifier.MAX_PAYLOAD_BYTES + 4_096L;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final Path current;
    private final Path next;
    private final SealingKey key;

    /**
     * Opens or makes the folder.
     *
     * @param name of the file in it, without an ending
     */
    public SealedFile(Path folder, String name, SealingKey key) throws IOException {
        this.folder = folder;
        this.key = requireNonNull(key, "key is null");
        this.current = folder.resolve(name + ".sealed");
        this.next = folder.resolve(name + ".sealed.next");
        Files.createDirectories(folder, mode("rwx------"));
    }

    /**
     * The last good document; empty if there never was one.
     *
     * @throws AEADBadTagException if the file is not what this agent wrote
     * @throws IOException if it can't be read
     */
    public Optional<Signed> read() throws IOException, AEADBadTagException {
        if (!Files.exists(current)) {
            return Optional.empty();
        }
        if (Files.size(current) > MAX_BYTES) {
            throw new AEADBadTagException("it has %d bytes".formatted(Files.size(current)));
        }
        try {
            return Optional.of(Signed.parseFrom(key.open(Files.readAllBytes(current))));
        } catch (InvalidProtocolBufferException e) {
            throw new AEADBadTagException("it holds no signed document");
        }
    }

    /** Puts a document on the disk without replacing the present one. Durable on return. */
    public void stage(Signed signed) throws IOException {
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

    /** Makes the staged document the present one. */
    public void replace() throws IOException {
        Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (POSIX) {
            // rename(2) is durable only once the folder is.
            try (FileChannel names = FileChannel.open(folder, READ)) {
                names.force(true);
            }
        }
    }

    /** Drops what was staged. */
    public void discard() throws IOException {
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
