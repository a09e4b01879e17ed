package org.sekisho.evidence;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.sekisho.event.ChainHead;
import org.sekisho.event.ChainStep;
import org.sekisho.event.ChainVerifier;
import org.sekisho.event.Checkpoints;
import org.sekisho.event.EventChain;
import org.sekisho.evidence.EvidenceReport.Remark;
import org.sekisho.evidence.PackManifest.ChainFile;
import org.sekisho.evidence.PackManifest.OwnEvent;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Checkpoint;
import org.sekisho.v1.Event;

/** Walks one run of events: each linked to the one before, each checkpoint signed by the terminal. One thread, one run. */
final class ChainReading {
    private final ChainFile file;
    private final Certificates certificates;
    private final Set<OwnEvent> wanted;
    private final Set<Long> revisions;
    private final List<Remark> remarks;
    private long signedThrough = -1;

    /**
     * @param wanted the incident's events; those that are met are taken out
     * @param revisions filled with the policy revisions that decided them
     * @param remarks filled with what isn't proven
     */
    ChainReading(
            ChainFile file,
            Certificates certificates,
            Set<OwnEvent> wanted,
            Set<Long> revisions,
            List<Remark> remarks) {
        this.file = file;
        this.certificates = certificates;
        this.wanted = wanted;
        this.revisions = revisions;
        this.remarks = remarks;
    }

    void walk(Pack pack) throws EvidenceFlaw {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(pack.open(file.path())))) {
            ByteString prev = bytes(in, EventChain.HASH_BYTES);
            ChainVerifier verifier = new ChainVerifier(file.terminal(), new ChainHead(file.first() - 1, prev));
            boolean anchored = file.first() == 1 && prev.equals(ChainHead.GENESIS.hash());
            for (long seq = file.first(); seq <= file.last(); seq++) {
                ChainHead before = verifier.head();
                ByteString body = bytes(in, length(in));
                ByteString hash = bytes(in, EventChain.HASH_BYTES);
                ChainStep step = verifier.accept(ChainedEvent.newBuilder()
                        .setPrevHash(before.hash())
                        .setBody(body)
                        .setHash(hash)
                        .build());
                if (!(step instanceof ChainStep.Linked linked)) {
                    throw flaw("event " + seq + " doesn't follow the one before it: "
                            + step.getClass().getSimpleName());
                }
                if (linked.event().hasCheckpoint()) {
                    hold(linked.event(), before);
                    anchored |= seq == file.first();
                }
                meet(linked.event(), hash);
            }
            if (in.read() >= 0) {
                throw flaw("it goes on after event " + file.last());
            }
            remark(anchored);
        } catch (EOFException e) {
            throw flaw("it ends before event " + file.last());
        } catch (IOException e) {
            throw Pack.unreadable(file.path(), e);
        }
    }

    private void hold(Event event, ChainHead before) throws EvidenceFlaw {
        Checkpoint checkpoint = event.getCheckpoint();
        X509Certificate certificate = certificates.terminal(checkpoint.getPublicKeySha256(), file.terminal());
        if (certificate == null) {
            throw flaw("checkpoint " + event.getSeq()
                    + " is signed with a key of which there is no certificate of the terminal");
        }
        try {
            if (!Checkpoints.fits(checkpoint, before)
                    || !Checkpoints.verify(file.terminal(), checkpoint, certificate.getPublicKey())) {
                throw flaw("checkpoint " + event.getSeq() + " doesn't hold");
            }
        } catch (InvalidKeyException e) {
            throw flaw("the key of checkpoint " + event.getSeq() + " can't be used");
        }
        if (!Certificates.covers(certificate, Instant.EPOCH.plus(event.getOccurredAtMicros(), ChronoUnit.MICROS))) {
            remarks.add(new Remark(Remark.Kind.CERTIFICATE_TIME, file.terminal() + " checkpoint " + event.getSeq()));
        }
        signedThrough = before.seq();
    }

    private void meet(Event event, ByteString hash) {
        OwnEvent own = new OwnEvent(
                file.terminal(), file.branch(), event.getSeq(), HexFormat.of().formatHex(hash.toByteArray()));
        if (wanted.remove(own) && event.hasAttempt()) {
            revisions.add(event.getAttempt().getDecision().getRevision());
        }
    }

    private void remark(boolean anchored) {
        if (!anchored) {
            remarks.add(new Remark(Remark.Kind.BEGINS_UNSIGNED, file.path()));
        }
        // A run ends with a checkpoint, which itself rests on the next one.
        if (signedThrough < file.last() - 1) {
            long from = Math.max(signedThrough + 1, file.first());
            remarks.add(new Remark(Remark.Kind.NOT_YET_SIGNED, file.terminal() + " " + from + "–" + file.last()));
        }
    }

    private int length(DataInputStream in) throws IOException, EvidenceFlaw {
        int length = in.readInt();
        if (length < 1 || length > EventChain.MAX_BODY_BYTES) {
            throw flaw("an event has " + length + " bytes");
        }
        return length;
    }

    private static ByteString bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return ByteString.copyFrom(bytes);
    }

    private EvidenceFlaw flaw(String what) {
        return new EvidenceFlaw(EvidenceCheck.CHAIN, file.path() + ": " + what);
    }
}
