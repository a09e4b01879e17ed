package org.sekisho.agent.permit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.sekisho.agent.sealed.SealingKey;
import org.sekisho.agent.secret.SecretStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trusted time as it was kept last. One thread at a time. */
public final class TimeFile {
    private static final Logger LOG = LoggerFactory.getLogger(TimeFile.class);
    private static final byte[] CONTEXT = "time\n".getBytes(US_ASCII);

    private final SecretStore secrets;
    private final String name;
    private final SealingKey key;

    /** Under this name. */
    public TimeFile(SecretStore secrets, String name, SealingKey key) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = requireNonNull(name, "name is null");
        this.key = requireNonNull(key, "key is null");
    }

    /** Microseconds since the epoch; the lowest there is if nothing was kept here, or somebody else wrote it. */
    long read() throws IOException {
        if (!secrets.exists(name)) {
            return Long.MIN_VALUE;
        }
        byte[] file = secrets.read(name);
        if (file.length > Long.BYTES) {
            byte[] time = Arrays.copyOf(file, Long.BYTES);
            if (MessageDigest.isEqual(authentic(time), file)) {
                return ByteBuffer.wrap(time).getLong();
            }
        }
        LOG.error("the trusted time was not written by this agent; the wall clock is taken until a server is met");
        return Long.MIN_VALUE;
    }

    void write(long micros) throws IOException {
        secrets.write(
                name, authentic(ByteBuffer.allocate(Long.BYTES).putLong(micros).array()));
    }

    private byte[] authentic(byte[] time) {
        byte[] mac = key.authenticate(ByteBuffer.allocate(CONTEXT.length + time.length)
                .put(CONTEXT)
                .put(time)
                .array());
        return ByteBuffer.allocate(time.length + mac.length).put(time).put(mac).array();
    }
}
