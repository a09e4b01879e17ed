package org.sekisho.agent.policy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.sekisho.agent.secret.SecretStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the terminal is isolated, on disk. What can't be read counts as isolated: fail closed. One thread. */
public final class IsolationFile {
    private static final Logger LOG = LoggerFactory.getLogger(IsolationFile.class);
    private static final byte ISOLATED = 1;
    private static final byte FREE = 0;

    private final SecretStore secrets;
    private final String name;

    /** @param scope names the enrolment that it belongs to */
    public IsolationFile(SecretStore secrets, String scope) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = "isolation-" + scope;
    }

    boolean read() {
        try {
            if (!secrets.exists(name)) {
                return false;
            }
            byte[] kept = secrets.read(name);
            return kept.length != 1 || kept[0] != FREE;
        } catch (IOException e) {
            LOG.error("it can't be read whether the terminal is isolated; it is until it is released", e);
            return true;
        }
    }

    /** Durable on return. */
    void write(boolean isolated) throws IOException {
        secrets.write(name, new byte[] {isolated ? ISOLATED : FREE});
    }
}
