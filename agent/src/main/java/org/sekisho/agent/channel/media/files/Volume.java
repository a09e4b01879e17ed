package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.Attributes;
import org.sekisho.agent.channel.media.files.fuse.Errno;
import org.sekisho.agent.channel.media.files.fuse.FuseException;
import org.sekisho.agent.channel.media.files.fuse.Space;

/**
 * The medium's own file system, which nobody but this process reaches. Everything on it is the person's, whatever owner it
 * says; what is neither file nor folder is not there. No symbolic link is ever followed. Thread-safe.
 */
final class Volume {
    /** File systems that keep an owner; on these what is made is the person's, so that it can be read elsewhere. */
    private static final Set<String> WITH_OWNERS = Set.of("ext2", "ext3", "ext4", "xfs", "btrfs");

    private static final int KIND = 0xf000;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;

    private final Path root;
    private final int uid;
    private final int gid;
    private final FileStore store;
    private final boolean keepsOwners;

    /** A name in a directory. */
    record Named(String name, long inode, boolean directory) {}

    /** @param uid whose everything is */
    Volume(Path root, int uid, int gid) throws IOException {
        this.root = requireNonNull(root, "root is null");
        this.uid = uid;
        this.gid = gid;
        this.store = Files.getFileStore(root);
        this.keepsOwners = WITH_OWNERS.contains(store.type());
    }

    /**
     * Where a name lies.
     *
     * @throws FuseException with {@code EILSEQ} if there can be no such name
     */
    Path path(String name) throws FuseException {
        try {
            return root.resolve(name);
        } catch (InvalidPathException e) {
            throw new FuseException(Errno.EILSEQ);
        }
    }

    /** @param size of the file as it would be, if that is another than on the medium */
    Attributes attributes(Path path, @Nullable Long size) throws IOException, FuseException {
        Map<String, Object> found =
                Files.readAttributes(path, "unix:ino,mode,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        int kind = number(found, "mode").intValue() & KIND;
        long inode = number(found, "ino").longValue();
        Instant modified = found.get("lastModifiedTime") instanceof FileTime time ? time.toInstant() : Instant.EPOCH;
        if (kind == DIRECTORY) {
            return Attributes.directory(inode, modified, uid, gid);
        }
        if (kind != REGULAR) {
            throw new FuseException(Errno.ENOENT);
        }
        return Attributes.file(inode, size == null ? number(found, "size").longValue() : size, modified, uid, gid);
    }

    /** Of a file that no name leads to any more. */
    Attributes nameless(long inode, long size) {
        return Attributes.file(inode, size, Instant.now(), uid, gid);
    }

    private static Number number(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Number number) {
            return number;
        }
        throw new IOException("the medium's file system tells no " + name);
    }

    boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a file for reading and writing; {@code make} demands that there is none. */
    FileChannel open(Path path, boolean make) throws IOException {
        if (!make) {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        own(path, "rw-r--r--");
        return channel;
    }

    void makeDirectory(Path path) throws IOException {
        Files.createDirectory(path);
        own(path, "rwxr-xr-x");
    }

    private void own(Path path, String permissions) throws IOException {
        if (keepsOwners) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    void unlink(Path path) throws IOException, FuseException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FuseException(Errno.EISDIR);
        }
        Files.delete(path);
    }

    void removeDirectory(Path path) throws IOException, FuseException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FuseException(Errno.ENOTDIR);
        }
        Files.delete(path);
    }

    void rename(Path from, Path to, boolean replace) throws IOException, FuseException {
        if (!replace && exists(to)) {
            throw new FuseException(Errno.EEXIST);
        }
        // rename(2), with all that it says of directories and of what is replaced.
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    void touch(Path path, Instant modified) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(modified));
    }

    /** What is in a directory, but for names that are no text. */
    List<Named> list(Path directory) throws IOException {
        List<Named> entries = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = String.valueOf(path.getFileName());
                Map<String, Object> found = Files.readAttributes(path, "unix:ino,mode", LinkOption.NOFOLLOW_LINKS);
                int kind = number(found, "mode").intValue() & KIND;
                boolean text = StandardCharsets.UTF_8.newEncoder().canEncode(name) && name.indexOf('\ufffd') < 0;
                if (text && (kind == DIRECTORY || kind == REGULAR)) {
                    entries.add(new Named(name, number(found, "ino").longValue(), kind == DIRECTORY));
                }
            }
        }
        return entries;
    }

    Space space() throws IOException {
        return new Space(store.getTotalSpace(), store.getUsableSpace());
    }
}
