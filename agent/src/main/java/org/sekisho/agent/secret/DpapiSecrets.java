package org.sekisho.agent.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.jna.platform.win32.Crypt32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinCrypt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * One file a secret, encrypted by DPAPI in the machine's scope, behind a DACL for SYSTEM and Administrators.
 *
 * <p>The machine's scope makes a copy of the file worthless elsewhere, so that a stolen disk image or backup does not give
 * the key away; on this machine any process could decrypt it, so here the DACL is the guard, and is read back before each
 * use. The secret's name goes in as entropy: a file that is renamed to another secret's name can't be read.
 */
final class DpapiSecrets implements SecretStore {
    private static final String SUFFIX = ".dpapi";
    private static final int SCOPE = WinCrypt.CRYPTPROTECT_LOCAL_MACHINE | WinCrypt.CRYPTPROTECT_UI_FORBIDDEN;
    /** DPAPI adds a header, an IV and a MAC: some 300 bytes, and the description, which is empty here. */
    private static final int MAX_FILE = MAX_BYTES + 4096;
    /** Keeps this process's own readers from being in the way of its writers. */
    private static final ReadWriteLock OPEN_FILES = new ReentrantReadWriteLock();

    private final Path folder;
    private final PrivateFiles privately;

    DpapiSecrets(Path folder) throws IOException {
        this.folder = folder;
        privately = new PrivateFiles();
        if (!Files.exists(folder, NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            privately.createFolder(folder);
        }
        checkFolder();
    }

    @Override
    public byte[] read(String name) throws IOException {
        Path file = file(name);
        checkFolder();
        checkFile(file);
        byte[] sealed = sealed(file);
        try {
            return Crypt32Util.cryptUnprotectData(sealed, entropy(name), SCOPE, null);
        } catch (Win32Exception failed) {
            throw new Win32Failure(
                    "CryptUnprotectData of %s, which was damaged or comes from another machine; enrol again"
                            .formatted(file),
                    failed.getErrorCode());
        }
    }

    private static byte[] sealed(Path file) throws IOException {
        OPEN_FILES.readLock().lock();
        try (FileChannel channel = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            long size = channel.size();
            if (size == 0 || size > MAX_FILE) {
                throw new IOException(
                        "%s has %d bytes, which no secret has; restore it or enrol again".formatted(file, size));
            }
            ByteBuffer into = ByteBuffer.allocate((int) size);
            while (into.hasRemaining()) {
                if (channel.read(into) < 0) {
                    throw new IOException("%s became shorter while it was read".formatted(file));
                }
            }
            return into.array();
        } finally {
            OPEN_FILES.readLock().unlock();
        }
    }

    @Override
    public void write(String name, byte[] secret) throws IOException {
        Path file = file(name);
        SecretName.checked(name, secret);
        checkFolder();
        if (Files.exists(file, NOFOLLOW_LINKS)) {
            checkFile(file);
        }
        ByteBuffer sealed = ByteBuffer.wrap(sealed(name, secret));
        Path draft = folder.resolve(name + '.' + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(draft, CREATE_NEW, WRITE)) {
                privately.protect(draft);
                while (sealed.hasRemaining()) {
                    channel.write(sealed);
                }
                channel.force(true);
            }
            checkFile(draft);
            replace(file, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
        checkFile(file);
    }

    private static void replace(Path file, Path draft) throws IOException {
        OPEN_FILES.writeLock().lock();
        try {
            FileReplacement.replace(file, draft);
        } finally {
            OPEN_FILES.writeLock().unlock();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(file(name), NOFOLLOW_LINKS);
    }

    private static byte[] sealed(String name, byte[] secret) throws Win32Failure {
        try {
            return Crypt32Util.cryptProtectData(secret, entropy(name), SCOPE, "", null);
        } catch (Win32Exception failed) {
            throw new Win32Failure("CryptProtectData of the secret " + name, failed.getErrorCode());
        }
    }

    private static byte[] entropy(String name) {
        return ("sekisho/v1/secret/" + name).getBytes(UTF_8);
    }

    private Path file(String name) {
        return folder.resolve(SecretName.checked(name) + SUFFIX);
    }

    private void checkFolder() throws IOException {
        if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
            throw new ExposedSecretException(folder, "is not a folder (links are refused); remove it");
        }
        privately.check(folder);
    }

    private void checkFile(Path file) throws IOException {
        if (!Files.exists(file, NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
            throw new ExposedSecretException(file, "is not a regular file (links are refused); remove it");
        }
        privately.check(file);
    }
}
