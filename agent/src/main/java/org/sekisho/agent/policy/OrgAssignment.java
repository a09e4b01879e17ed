package org.sekisho.agent.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.sekisho.agent.secret.SecretStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To which division the terminal belongs, as the server said last. Rules may name divisions, so it is kept over restarts,
 * where no other account can write it. Thread-safe.
 */
public final class OrgAssignment {
    private static final Logger LOG = LoggerFactory.getLogger(OrgAssignment.class);
    /** As the organisation tree has it. */
    private static final int MAX_LENGTH = 200;
    /** A secret has at least one byte; a division may have none. */
    private static final String PREFIX = "/";

    private final SecretStore secrets;
    private final String name;
    private final Executor disk;
    private volatile String orgUnit;

    /**
     * As it was kept.
     *
     * @param scope names the enrolment that it belongs to
     * @param disk runs what writes, one after the other
     * @throws IOException if what was kept can't be read
     */
    public OrgAssignment(SecretStore secrets, String scope, Executor disk) throws IOException {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = "org-unit-" + scope;
        this.disk = requireNonNull(disk, "disk is null");
        this.orgUnit = secrets.exists(name) ? new String(secrets.read(name), UTF_8).substring(PREFIX.length()) : "";
    }

    /** The division's path, such as {@code 総務部/税務課}; empty: none. */
    public String orgUnit() {
        return orgUnit;
    }

    /** The terminal belongs there from now on. What can't be a division's path is none. */
    public void assign(String path) {
        String next = path.length() > MAX_LENGTH ? "" : path;
        if (next.equals(orgUnit)) {
            return;
        }
        orgUnit = next;
        disk.execute(() -> {
            try {
                secrets.write(name, (PREFIX + next).getBytes(UTF_8));
            } catch (IOException e) {
                // It holds while the agent runs; at the next start the server says it again.
                LOG.error("the terminal's division could not be kept", e);
            }
        });
    }
}
