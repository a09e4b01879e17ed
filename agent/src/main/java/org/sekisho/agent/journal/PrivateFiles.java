package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes files that only the agent's account can read, really allocated and synced.
 *
 * <p>Where the file system has no POSIX permissions (Windows), a file takes its folder's access list: the installer gives the
 * folder to SYSTEM and administrators alone.
 */
final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final int ZEROS = 64 * 1024;

    private PrivateFiles() {}

    /** Makes the folder, or takes an existing one and closes it to others; reads back that it is closed. */
    static void folder(Path folder) throws IOException {
        if (!POSIX) {
            Files.createDirectories(folder);
            return;
        }
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(wanted));
        if (!Files.getPosixFilePermissions(folder).equals(wanted)) {
            Files.setPosixFilePermissions(folder, wanted);
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
        if (!found.equals(wanted)) {
            throw new JournalException("the journal's folder " + folder + " stays at "
                    + PosixFilePermissions.toString(found) + " although rwx------ was set;"
                    + " put it on a file system with permissions");
        }
    }

    /** Opens for reading and writing; makes it first, 0600, if it doesn't exist. */
    static FileChannel open(Path file) throws IOException {
        FileAttribute<?>[] attributes = POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, attributes);
    }

    /**
     * Writes zeros behind the end until the file has this size, and syncs: after that, writing there needs no new room.
     *
     * @throws IOException if the disk is full; the file then has its old size again
     */
    static void extend(FileChannel channel, long size) throws IOException {
        long before = channel.size();
        if (before >= size) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
        try {
            for (long at = before; at < size; ) {
                zeros.clear().limit((int) Math.min(ZEROS, size - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    /** Makes a rename or a new file in this folder survive power loss, where the system lets a folder be synced. */
    static void syncDirectory(@Nullable Path folder) throws IOException {
        if (!POSIX || folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
