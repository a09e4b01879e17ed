package org.sekisho.agent.permit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.agent.sealed.SealingKey;
import org.sekisho.agent.secret.SecretStore;

/** How often each permit has been used, on disk. One thread at a time. */
public final class UseFile {
    private static final int MAC_BYTES = 32;
    private static final byte[] CONTEXT = "uses\n".getBytes(US_ASCII);

    private final SecretStore secrets;
    private final String name;
    private final SealingKey key;

    /** Under this name. */
    public UseFile(SecretStore secrets, String name, SealingKey key) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.name = requireNonNull(name, "name is null");
        this.key = requireNonNull(key, "key is null");
    }

    /** What was counted; empty: there is no count, or somebody else wrote it. */
    Optional<Map<String, Integer>> read() throws IOException {
        if (!secrets.exists(name)) {
            return Optional.empty();
        }
        byte[] file = secrets.read(name);
        if (file.length < MAC_BYTES) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(file, MAC_BYTES, file.length);
        if (!MessageDigest.isEqual(key.authenticate(body), Arrays.copyOf(file, MAC_BYTES))) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new HashMap<>();
        String text = new String(body, CONTEXT.length, body.length - CONTEXT.length, US_ASCII);
        text.lines().map(line -> line.split(" ", 2)).forEach(pair -> counts.put(pair[0], Integer.valueOf(pair[1])));
        return Optional.of(counts);
    }

    /** Writes the counts. Durable on return. */
    void write(Map<String, Integer> counts) throws IOException {
        StringBuilder text = new StringBuilder(new String(CONTEXT, US_ASCII));
        new TreeMap<>(counts)
                .forEach((permit, count) ->
                        text.append(permit).append(' ').append(count).append('\n'));
        byte[] body = text.toString().getBytes(US_ASCII);
        secrets.write(
                name,
                ByteBuffer.allocate(MAC_BYTES + body.length)
                        .put(key.authenticate(body))
                        .put(body)
                        .array());
    }
}
