package org.sekisho.agent.os;

import java.util.ArrayList;
import java.util.List;

/**
 * Where this JVM's native libraries lie and where it may write. Both hold for a JVM of this program that it starts, too: under
 * systemd {@code /tmp} is read-only.
 */
public final class InheritedProperties {
    private static final List<String> NAMES = List.of("jna.boot.library.path", "jna.tmpdir", "java.io.tmpdir");

    private InheritedProperties() {}

    /** Arguments for the other JVM; nothing of what isn't set here. */
    public static List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (String name : NAMES) {
            String value = System.getProperty(name);
            if (value != null) {
                arguments.add("-D" + name + "=" + value);
            }
        }
        return arguments;
    }
}
