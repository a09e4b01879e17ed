package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of accounts, as id(1) tells them from whatever the name service switch asks. Thread-safe. */
final class LinuxGroups {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxGroups.class);
    /** Group membership takes effect at the next logon; five minutes is soon enough to see a change. */
    private static final long HOLDS_NANOS = 300_000_000_000L;

    private static final int MOST_BYTES = 64 * 1024;
    private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();

    private record Known(List<String> groups, long since) {}

    private LinuxGroups() {}

    /** Empty if they can't be told. */
    static List<String> of(String user) {
        long now = System.nanoTime();
        KNOWN.values().removeIf(known -> now - known.since() > HOLDS_NANOS);
        return KNOWN.computeIfAbsent(user, name -> new Known(ask(name), now)).groups();
    }

    private static List<String> ask(String user) {
        try {
            Process id = new ProcessBuilder("id", "-Gnz", "--", user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            id.getOutputStream().close();
            try (InputStream out = id.getInputStream()) {
                String groups = new String(out.readNBytes(MOST_BYTES), UTF_8);
                return groups.isEmpty() ? List.of() : List.of(groups.split("\0", 0));
            }
        } catch (IOException e) {
            LOG.warn("The groups of an account can't be told: {}", e.toString());
            return List.of();
        }
    }
}
