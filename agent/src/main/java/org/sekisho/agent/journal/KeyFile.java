package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The journal's key in a file that only its owner can read and write. For file systems with POSIX permissions; on Windows the
 * key is wrapped by DPAPI instead.
 */
public final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    /**
     * Reads the key; makes one first if there is none. A key that was made is on disk when this returns.
     *
     * @throws JournalException if others can read the file, it is a link, or has another length than a key
     * @throws IOException if the file system refuses
     */
    public static JournalKey readOrCreate(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            create(file);
        }
        return read(file);
    }

    /**
     * Reads an existing key.
     *
     * @throws JournalException if others can read the file, it is a link, or has another length than a key
     * @throws IOException if there is no such file, or the file system refuses
     */
    public static JournalKey read(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException e) {
            throw new JournalException(
                    "the key file " + file + " lies on a file system without permissions (UNSUPPORTED);"
                            + " use a key that the operating system wraps",
                    e);
        }
        if (!found.isRegularFile()) {
            throw new JournalException("the key file " + file + " is not a regular file; put the real file there");
        }
        if (!OWNER_ONLY.containsAll(found.permissions())) {
            throw new JournalException("the key file " + file + " has permissions "
                    + PosixFilePermissions.toString(found.permissions())
                    + ", so others may have read it; expected rw-------. Find out who could, then chmod 600");
        }
        if (found.size() != AesJournalKey.BYTES) {
            throw new JournalException("the key file " + file + " has " + found.size() + " bytes instead of "
                    + AesJournalKey.BYTES + "; restore it from where it was kept");
        }
        byte[] secret = Files.readAllBytes(file);
        try {
            return new AesJournalKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static void create(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        byte[] secret = new byte[AesJournalKey.BYTES];
        new SecureRandom().nextBytes(secret);
        try (FileChannel channel = FileChannel.open(
                fresh,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            channel.write(ByteBuffer.wrap(secret));
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw new JournalException("another process makes the key " + file + " right now; try again", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncDirectory(file.toAbsolutePath().getParent());
    }
}
