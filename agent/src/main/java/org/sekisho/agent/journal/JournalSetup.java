package org.sekisho.agent.journal;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a journal needs from the rest of the agent.
 *
 * @param terminal the id in the terminal's certificate; 1 to 255 bytes
 * @param signer may be replaced later by {@link Journal#signWith}
 */
public record JournalSetup(
        String terminal, JournalKey key, JournalLimits limits, CheckpointSigner signer, Clocks clocks) {
    private static final int MAX_TERMINAL_BYTES = 255;

    /** @throws IllegalArgumentException if the terminal's id is empty or too long */
    public JournalSetup {
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(signer, "signer is null");
        Objects.requireNonNull(clocks, "clocks is null");
        int bytes = terminal.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_TERMINAL_BYTES) {
            throw new IllegalArgumentException("a terminal's id has 1 to 255 bytes, this one " + bytes);
        }
    }
}
