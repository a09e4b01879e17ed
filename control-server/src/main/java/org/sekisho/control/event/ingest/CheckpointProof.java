package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import org.sekisho.control.terminal.TerminalStore;
import org.sekisho.event.ChainHead;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.Checkpoint;

/** Whether a checkpoint is signed by a key of its terminal and speaks of the chain as it was received. Thread-safe. */
@Singleton
class CheckpointProof {
    private final TerminalStore terminals;

    @Inject
    CheckpointProof(TerminalStore terminals) {
        this.terminals = terminals;
    }

    boolean holds(String terminal, Checkpoint checkpoint, ChainHead before) {
        ByteString name = checkpoint.getPublicKeySha256();
        PublicKey key = terminals.keys(terminal).get(name);
        try {
            return key != null && Checkpoints.fits(checkpoint, before) && Checkpoints.verify(terminal, checkpoint, key);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("A stored key of terminal " + terminal + " can't be used", e);
        }
    }
}
