package org.sekisho.packaging.rig;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The distribution that the build left, as its users run it.
 *
 * @param home the folder with {@code bin} and {@code lib}
 */
public record Distribution(Path home) {
    public Distribution {
        requireNonNull(home, "home is null");
    }

    /** The one named by the system property {@code sekisho.dist}. */
    public static Distribution fromSystemProperty() {
        String home = System.getProperty("sekisho.dist");
        if (home == null || !Files.isRegularFile(Path.of(home, ".complete"))) {
            throw new IllegalStateException("the system property sekisho.dist names no built distribution (" + home
                    + "); run the Maven build first");
        }
        return new Distribution(Path.of(home));
    }

    /** The path of one of its commands. */
    public String command(String name) {
        return home.resolve("bin").resolve(name).toString();
    }
}
