package org.sekisho.agent.journal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.event.Checkpoints;
import org.sekisho.v1.Checkpoint;
import org.sekisho.v1.Event;

/**
 * Proves a journal whole, from its files alone: every seal, hash, link and checkpoint.
 *
 * <p>Works on a private copy of store and log, so that nothing it is pointed at is ever changed, not even by SQLite.
 */
public final class JournalCheck {
    /**
     * What was found.
     *
     * @param terminal whose journal it is; empty if that couldn't be read
     * @param firstSeq the first event that is there; meaningful if events is above 0
     * @param head the last whole event
     * @param events how many are whole
     * @param lost how many are missing as loss records say
     * @param checkpoints how many there are in the whole part
     * @param badSeq the first bad event; 0 if it concerns none in particular, or nothing is bad
     * @param flaw what is wrong with it; null: nothing is
     * @param detail for people; nothing of any content
     */
    public record Report(
            String terminal,
            long firstSeq,
            ChainHead head,
            long events,
            long lost,
            long checkpoints,
            long badSeq,
            @Nullable Flaw flaw,
            String detail) {
        /** Whether nothing is wrong. */
        public boolean isWhole() {
            return flaw == null;
        }
    }

    private final JournalKey key;
    private final List<PublicKey> signers;
    private long checkpoints;

    /** @param signers the terminal's keys; empty: signatures aren't checked, only where they stand */
    public JournalCheck(JournalKey key, List<PublicKey> signers) {
        this.key = key;
        this.signers = List.copyOf(signers);
    }

    /**
     * Checks the store at this path.
     *
     * @param store a {@code journal.db} that nobody writes to; its {@code -wal} is read too if there is one
     * @throws IOException if it can't be read at all
     */
    public Report check(Path store) throws IOException {
        checkpoints = 0;
        Path work = Files.createTempDirectory("sekisho-verify");
        try {
            Path copy = work.resolve("journal.db");
            Files.copy(store, copy);
            if (Files.exists(StoreFiles.log(store))) {
                Files.copy(StoreFiles.log(store), StoreFiles.log(copy));
            }
            StoreScan.Result scan = StoreScan.scan(copy, key, this::flawOf);
            StoreScan.Finding broken = scan.broken();
            return new Report(
                    scan.terminal(),
                    scan.before().seq() + 1,
                    scan.head(),
                    scan.events(),
                    scan.holes(),
                    checkpoints,
                    broken == null ? 0 : broken.seq(),
                    broken == null ? null : broken.flaw(),
                    broken == null ? "" : broken.detail());
        } finally {
            remove(work);
        }
    }

    private @Nullable Flaw flawOf(ChainHead before, Event event) {
        if (!event.hasCheckpoint()) {
            return null;
        }
        Checkpoint checkpoint = event.getCheckpoint();
        if (!Checkpoints.fits(checkpoint, before)) {
            return Flaw.CHECKPOINT_MISPLACED;
        }
        Flaw flaw = signers.isEmpty() ? null : signatureFlaw(event.getTerminal(), checkpoint);
        if (flaw == null) {
            checkpoints++;
        }
        return flaw;
    }

    private @Nullable Flaw signatureFlaw(String terminal, Checkpoint checkpoint) {
        Flaw flaw = Flaw.CHECKPOINT_KEY;
        for (PublicKey signer : signers) {
            if (Checkpoints.keyName(signer).equals(checkpoint.getPublicKeySha256())) {
                try {
                    return Checkpoints.verify(terminal, checkpoint, signer) ? null : Flaw.CHECKPOINT_SIGNATURE;
                } catch (InvalidKeyException e) {
                    // The certificate's key is of another kind: it can't have signed.
                    flaw = Flaw.CHECKPOINT_SIGNATURE;
                }
            }
        }
        return flaw;
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
