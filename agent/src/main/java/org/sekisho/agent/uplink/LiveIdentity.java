package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;

/** The identity that the terminal has now. Thread-safe: whoever signs or connects sees one whole identity. */
public final class LiveIdentity {
    private final IdentityVault vault;
    private volatile Identity current;

    /** Starts from what {@code vault} held. */
    public LiveIdentity(IdentityVault vault, Identity current) {
        this.vault = requireNonNull(vault, "vault is null");
        this.current = requireNonNull(current, "current is null");
    }

    public Identity current() {
        return current;
    }

    /**
     * Takes over a renewed identity, first on disk, then in memory.
     *
     * @param at a time at which its certificate is valid
     * @throws IOException if it could not be kept; the one before stays
     */
    void replace(Identity renewed, Instant at) throws IOException {
        vault.save(renewed, at);
        current = renewed;
    }
}
