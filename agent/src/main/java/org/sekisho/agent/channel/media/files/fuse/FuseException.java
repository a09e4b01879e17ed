package org.sekisho.agent.channel.media.files.fuse;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** An answer that is an error. */
public final class FuseException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public FuseException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }

    /** What the file system below has said, as its error number; the JDK keeps it only in the kind or text of an exception. */
    public static Errno of(IOException e) {
        return switch (e) {
            case NoSuchFileException n -> Errno.ENOENT;
            case FileAlreadyExistsException f -> Errno.EEXIST;
            case DirectoryNotEmptyException d -> Errno.ENOTEMPTY;
            case NotDirectoryException d -> Errno.ENOTDIR;
            case AccessDeniedException a -> Errno.EACCES;
            default -> byText(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        };
    }

    /** As {@link #of(IOException)}. */
    static Errno of(RuntimeException e) {
        return e instanceof ReadOnlyFileSystemException ? Errno.EROFS : Errno.EIO;
    }

    private static Errno byText(String message) {
        if (message.contains("no space left")) {
            return Errno.ENOSPC;
        }
        if (message.contains("read-only file system")) {
            return Errno.EROFS;
        }
        if (message.contains("file too large")) {
            return Errno.EFBIG;
        }
        if (message.contains("name too long")) {
            return Errno.ENAMETOOLONG;
        }
        if (message.contains("invalid argument")) {
            return Errno.EINVAL;
        }
        if (message.contains("not permitted")) {
            return Errno.EPERM;
        }
        return message.contains("is a directory") ? Errno.EISDIR : Errno.EIO;
    }
}
