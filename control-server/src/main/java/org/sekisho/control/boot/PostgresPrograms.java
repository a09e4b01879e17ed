package org.sekisho.control.boot;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's own programs, unpacked once from the library that carries them. */
final class PostgresPrograms {
    /** Stops at this many bytes; version 18 unpacks to some 60 MB. */
    private static final long MAX_BYTES = 512L << 20;

    private final Path home;

    private PostgresPrograms(Path home) {
        this.home = home;
    }

    /** Unpacks into a folder of this version's own below {@code folder}, unless that was done before. */
    static PostgresPrograms in(Path folder) {
        String archive = "postgres-linux-" + architecture() + ".txz";
        try (InputStream packed = PostgresPrograms.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IllegalStateException(
                        "The embedded PostgreSQL is not available for " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": give --database-url");
            }
            Path home = folder.resolve("postgresql-18.6.0");
            if (Files.notExists(home)) {
                Path draft = Files.createTempDirectory(
                        folder,
                        "unpack",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                unpack(packed, draft);
                Files.move(draft, home);
            }
            return new PostgresPrograms(home);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL into " + folder, e);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
    }

    private static void unpack(InputStream packed, Path into) throws IOException {
        long total = 0;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("The archive names a file outside of itself: " + entry.getName());
                }
                total += entry.getSize();
                if (total > MAX_BYTES) {
                    throw new IOException("The archive unpacks to more than " + MAX_BYTES + " bytes");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    createLink(target, entry.getLinkName(), into);
                } else {
                    Files.createDirectories(parent(target));
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwx------" : "rw-------"));
                }
            }
        }
    }

    private static void createLink(Path link, String target, Path into) throws IOException {
        Path folder = parent(link);
        if (!folder.resolve(target).normalize().startsWith(into)) {
            throw new IOException("The archive links outside of itself: " + target);
        }
        Files.createDirectories(folder);
        Files.createSymbolicLink(link, Path.of(target));
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no parent");
        }
        return parent;
    }
}
