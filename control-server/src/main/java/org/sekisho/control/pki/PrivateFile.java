package org.sekisho.control.pki;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Files and folders that nobody but the server's own account may read. The mode is set when the file is created, never
 * afterwards, and read back before anything is written. Throws {@link UncheckedIOException} or
 * {@link IllegalStateException} with the path, never with the content.
 */
public final class PrivateFile {
    private static final Logger LOG = Logger.getLogger(PrivateFile.class);
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /** Makes the folder with mode 0700, or checks that an existing one has it; a wider one is narrowed. */
    public static Path folder(Path folder) {
        requireNonNull(folder, "folder is null");
        try {
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Path parent = folder.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
            }
            if (!Files.getPosixFilePermissions(folder).equals(FOLDER_MODE)) {
                Files.setPosixFilePermissions(folder, FOLDER_MODE);
            }
            require(folder, FOLDER_MODE);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the private folder " + folder, e);
        }
    }

    /** Writes the file anew, atomically and durably, with mode 0600. */
    public static void write(Path file, byte[] content) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            draft(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the private file " + file, e);
        }
    }

    /** The same where there is no such file yet: of several that do it at once, one is first, and its content stays. */
    public static void writeIfAbsent(Path file, byte[] content) {
        Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try {
                draft(draft, content);
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                LOG.debugf("%s was there first", file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the private file " + file, e);
        }
    }

    private static void draft(Path draft, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(FILE_MODE))) {
            require(draft, FILE_MODE);
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /** Reads the file, but only if nobody else could have. */
    public static byte[] read(Path file) {
        try {
            require(file, FILE_MODE);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the private file " + file, e);
        }
    }

    private static void require(Path path, Set<PosixFilePermission> mode) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!found.equals(mode)) {
            throw new IllegalStateException(
                    "%s has mode %s, must have %s: others could read it. Set it with chmod, after making sure that nobody has"
                            .formatted(
                                    path, PosixFilePermissions.toString(found), PosixFilePermissions.toString(mode)));
        }
    }
}
