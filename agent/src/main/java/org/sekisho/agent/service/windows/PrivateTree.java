package org.sekisho.agent.service.windows;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sekisho.agent.os.windows.SecurityDescriptor;

/**
 * A folder for SYSTEM and Administrators. Windows gives a new folder the rights of the one that it lies in, and lets
 * everybody read below {@code %ProgramData%}; and who may not open a folder may still open a file in it whose own rights say
 * so. So what is there already is protected one by one.
 */
final class PrivateTree {
    private static final String ACCESS = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    private PrivateTree() {}

    /** Makes the folder, or takes it and all in it away from others. */
    static void at(Path folder) throws IOException {
        try (SecurityDescriptor access = SecurityDescriptor.of(ACCESS)) {
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
                access.createFolder(folder);
            }
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : (Iterable<Path>) all::iterator) {
                    access.protect(one);
                }
            }
        }
    }
}
