package org.sekisho.agent.journal;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.sekisho.event.ChainHead;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.Checkpoint;

/** Signs with the key of the terminal's certificate, wherever that key lives. Called on the journal's thread only. */
@FunctionalInterface
public interface CheckpointSigner {
    /**
     * A checkpoint that signs the chain through this head.
     *
     * @throws GeneralSecurityException if the key can't sign now
     */
    Checkpoint sign(String terminal, ChainHead through) throws GeneralSecurityException;

    /** A signer with a P-256 key in memory. */
    static CheckpointSigner of(PrivateKey key, PublicKey publicKey) {
        return (terminal, through) -> Checkpoints.sign(terminal, through, key, publicKey);
    }
}
