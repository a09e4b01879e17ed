package org.sekisho.agent.sealed;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.policy.RevisionFloor;

/**
 * The floor on disk: the highest revision that was ever enforced here. Kept apart from the policy, so that putting an old
 * policy file back is noticed. One thread.
 */
public final class FloorFile {
    private static final int MAC_BYTES = 32;
    private static final int SHA256_BYTES = 32;

    private final SecretStore secrets;
    private final String name;
    private final SealingKey key;

    /** A floor under this name. */
    public FloorFile(SecretStore secrets, String name, SealingKey key) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = requireNonNull(name, "name is null");
        this.key = requireNonNull(key, "key is null");
    }

    /**
     * What the file says.
     *
     * @param floor the floor; none if the file is not to be trusted
     * @param present there is a file
     * @param tampered why the file is not to be trusted; empty if it is
     */
    public record Reading(RevisionFloor floor, boolean present, Optional<String> tampered) {}

    /** Reads it; one that was not written here is none. */
    public Reading read() throws IOException {
        if (!secrets.exists(name)) {
            return new Reading(RevisionFloor.NONE, false, Optional.empty());
        }
        byte[] file = secrets.read(name);
        if (file.length != Long.BYTES + SHA256_BYTES + MAC_BYTES) {
            return tampered("it has %d bytes".formatted(file.length));
        }
        byte[] body = Arrays.copyOf(file, Long.BYTES + SHA256_BYTES);
        byte[] mac = Arrays.copyOfRange(file, body.length, file.length);
        if (!MessageDigest.isEqual(mac, key.authenticate(body))) {
            return tampered("it was not written by this agent");
        }
        ByteBuffer fields = ByteBuffer.wrap(body);
        return new Reading(new RevisionFloor(fields.getLong(), ByteString.copyFrom(fields)), true, Optional.empty());
    }

    /** Writes the floor. Durable on return. */
    public void write(RevisionFloor floor) throws IOException {
        byte[] body = ByteBuffer.allocate(Long.BYTES + SHA256_BYTES)
                .putLong(floor.revision())
                .put(floor.payloadSha256().toByteArray())
                .array();
        secrets.write(
                name,
                ByteBuffer.allocate(body.length + MAC_BYTES)
                        .put(body)
                        .put(key.authenticate(body))
                        .array());
    }

    private static Reading tampered(String why) {
        return new Reading(RevisionFloor.NONE, true, Optional.of(why));
    }
}
