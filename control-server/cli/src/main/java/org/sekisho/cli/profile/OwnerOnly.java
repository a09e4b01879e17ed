package org.sekisho.cli.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read. Where a file system has no POSIX permissions the home directory's own protection holds. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnly() {}

    /** Whether nobody but the owner can do anything with the file. */
    static boolean holdsFor(Path file) throws IOException {
        if (!isPosix(file)) {
            return true;
        }
        return Files.getPosixFilePermissions(file).stream().noneMatch(FOR_OTHERS::contains);
    }

    /** The attributes to create a file with: 0600. */
    public static FileAttribute<?>[] file(Path near) {
        return attributes(near, "rw-------");
    }

    /** The attributes to create a directory with: 0700. */
    static FileAttribute<?>[] directory(Path near) {
        return attributes(near, "rwx------");
    }

    private static FileAttribute<?>[] attributes(Path near, String permissions) {
        return isPosix(near)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
