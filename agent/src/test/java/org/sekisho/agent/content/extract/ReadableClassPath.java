package org.sekisho.agent.content.extract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The tests' class path at a place where every account may read it, as that of an installed agent is: a root's own Maven
 * repository is not.
 */
public final class ReadableClassPath {
    private static final String CLASS_PATH = copy();

    private ReadableClassPath() {}

    public static String get() {
        return CLASS_PATH;
    }

    private static String copy() {
        try {
            Path folder = Files.createTempDirectory(
                    "sekisho-class-path-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            List<String> entries = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                Path from = Path.of(entry);
                if (!Files.isRegularFile(from)) {
                    entries.add(from.toAbsolutePath().toString());
                    continue;
                }
                Path to = folder.resolve(entries.size() + "-" + from.getFileName());
                Files.copy(from, to);
                to.toFile().setReadable(true, false);
                to.toFile().deleteOnExit();
                entries.add(to.toString());
            }
            folder.toFile().deleteOnExit();
            return String.join(File.pathSeparator, entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
