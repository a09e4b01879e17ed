package org.sekisho.agent.secret;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * One file a secret, of mode 0600, in a folder of mode 0700; both belong to this process's effective user.
 *
 * <p>Owner, mode and kind are read back before each use. No other account (but root) can change a name in the folder, so
 * what was checked is what is opened; a symbolic link is refused in either place.
 */
final class LinuxSecretFiles implements SecretStore {
    private static final String SUFFIX = ".secret";
    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;
    private final int owner;

    LinuxSecretFiles(Path folder) throws IOException {
        this(folder, LibC.INSTANCE.geteuid());
    }

    LinuxSecretFiles(Path folder, int owner) throws IOException {
        this.folder = folder;
        this.owner = owner;
        if (!Files.exists(folder, NOFOLLOW_LINKS)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
        }
        checkFolder();
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path file = file(name);
        checkFolder();
        checkFile(file);
        try (FileChannel channel = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (size == 0 || size > MAX_BYTES) {
                throw new IOException(
                        "%s has %d bytes; a secret has 1 to %d. It was not written by the agent: restore it or enrol again"
                                .formatted(file, size, MAX_BYTES));
            }
            byte[] secret = new byte[(int) size];
            ByteBuffer into = ByteBuffer.wrap(secret);
            while (into.hasRemaining()) {
                if (channel.read(into) < 0) {
                    throw new IOException("%s became shorter while it was read".formatted(file));
                }
            }
            return secret;
        }
    }

    @Override
    public void write(String name, byte[] secret) throws IOException {
        Path file = file(name);
        ByteBuffer from = ByteBuffer.wrap(SecretName.checked(name, secret));
        checkFolder();
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            checkFile(file);
        }
        Path draft = folder.resolve(name + '.' + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    draft, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(FILE_MODE))) {
                while (from.hasRemaining()) {
                    channel.write(from);
                }
                channel.force(true);
            }
            checkFile(draft);
            Files.move(draft, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel names = FileChannel.open(folder, READ)) {
            names.force(true);
        }
        checkFile(file);
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(file(name), NOFOLLOW_LINKS);
    }

    private Path file(String name) {
        return folder.resolve(SecretName.checked(name) + SUFFIX);
    }

    private void checkFolder() throws IOException {
        check(folder, Files.isDirectory(folder, NOFOLLOW_LINKS), "a folder", "chmod 0700");
    }

    private void checkFile(Path file) throws IOException {
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        check(file, Files.isRegularFile(file, NOFOLLOW_LINKS), "a regular file", "chmod 0600");
    }

    private void check(Path path, boolean kindHolds, String kind, String remedy) throws IOException {
        if (!kindHolds) {
            throw new ExposedSecretException(path, "is not " + kind + " (symbolic links are refused); remove it");
        }
        Map<String, Object> stat = Files.readAttributes(path, "unix:uid,permissions", NOFOLLOW_LINKS);
        if (!Integer.valueOf(owner).equals(stat.get("uid"))) {
            throw new ExposedSecretException(
                    path,
                    "belongs to user id %s, not to %d; remove it and enrol again".formatted(stat.get("uid"), owner));
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, NOFOLLOW_LINKS);
        if (!OWNERS.containsAll(mode)) {
            throw new ExposedSecretException(
                    path,
                    "has mode %s, open to other accounts; what it holds may be known: enrol again, then %s"
                            .formatted(PosixFilePermissions.toString(mode), remedy));
        }
    }
}
