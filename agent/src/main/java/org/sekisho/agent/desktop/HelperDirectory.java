package org.sekisho.agent.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a helper on Linux is given: a directory that only its account can enter, and in it a copy of its display's cookie.
 * Made anew for each start, so that nothing of an earlier one is left.
 */
final class HelperDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(HelperDirectory.class);
    private static final int MOST_AUTHORITY = 64 * 1024;
    private static final int AUTHORITY_SECONDS = 5;

    private final Path directory;

    private HelperDirectory(Path directory) {
        this.directory = directory;
    }

    /** As it was or would be made for this display. */
    static HelperDirectory of(Path base, XDisplay display) {
        return new HelperDirectory(base.resolve("display-" + display.number()));
    }

    Path path() {
        return directory;
    }

    Path authority() {
        return directory.resolve("authority");
    }

    /**
     * Makes it for a display and the account that its helper runs under.
     *
     * @throws IOException names what could not be made, and the OS's error
     */
    static HelperDirectory make(Path base, XDisplay display, UserPrincipal account) throws IOException {
        Files.createDirectories(base);
        // Others may pass through to what is theirs, and list nothing.
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx--x--x"));
        Path directory = of(base, display).path();
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            remove(directory);
        }
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        HelperDirectory made = new HelperDirectory(directory);
        byte[] cookie = XauthorityEntry.fileFor(entries(display), display.number());
        Files.createFile(
                made.authority(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(made.authority(), cookie, StandardOpenOption.TRUNCATE_EXISTING);
        for (Path owned : List.of(made.authority(), directory)) {
            Files.getFileAttributeView(owned, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(account);
        }
        return made;
    }

    /** Deletes it with all that it holds, once its helper is gone; a failure is logged, for the next start tries again. */
    void removeQuietly() {
        try {
            remove(directory);
        } catch (IOException e) {
            LOG.warn("The directory of a helper that ended can't be removed: {}", e.toString());
        }
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    remove(file);
                } else {
                    Files.delete(file);
                }
            }
        }
        Files.delete(directory);
    }

    private static List<XauthorityEntry> entries(XDisplay display) throws IOException {
        Path authority = display.authority();
        if (authority == null) {
            return List.of();
        }
        return XauthorityEntry.read(readAs(display.user(), authority));
    }

    /**
     * Reads the file as the account whose it is: its path comes from that account's environment, and must open nothing that
     * the account itself couldn't, nor hold this process up.
     */
    private static byte[] readAs(String user, Path file) throws IOException {
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        "--no-new-privs",
                        "--",
                        "head",
                        "-c",
                        Integer.toString(MOST_AUTHORITY),
                        "--",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        Overdue.end(process, AUTHORITY_SECONDS);
        try (InputStream out = process.getInputStream()) {
            byte[] bytes = out.readNBytes(MOST_AUTHORITY);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("The X authority file " + file + " can't be read as " + user
                        + ": head ended with " + exit + "; check that it exists and belongs to that account");
            }
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + file, e);
        } finally {
            process.destroyForcibly();
        }
    }
}
