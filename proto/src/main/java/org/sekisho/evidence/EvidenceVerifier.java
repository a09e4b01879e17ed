package org.sekisho.evidence;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.evidence.EvidenceReport.Failure;
import org.sekisho.evidence.EvidenceReport.Remark;
import org.sekisho.evidence.PackManifest.ChainFile;
import org.sekisho.evidence.PackManifest.OwnEvent;

/**
 * Checks all of a pack, with no server and no trust in whoever made it: only in the authority's certificate, which must have
 * come by another way. Never throws on any content. Safe for all threads.
 */
public final class EvidenceVerifier {
    private final @Nullable X509Certificate trusted;

    /** @param trusted the authority's certificate; null: none is at hand, and the report says so */
    public EvidenceVerifier(@Nullable X509Certificate trusted) {
        this.trusted = trusted;
    }

    /** Reads the file once through, in little memory, and stops at the first thing that doesn't hold. */
    public EvidenceReport verify(Path file) {
        Checking checking = new Checking();
        try (Pack pack = new Pack(file)) {
            checking.held.add(EvidenceCheck.ARCHIVE);
            checking.run(pack);
            return checking.report(null);
        } catch (EvidenceFlaw flaw) {
            return checking.report(new Failure(flaw.check(), flaw.detail()));
        }
    }

    private final class Checking {
        private final List<EvidenceCheck> held = new ArrayList<>();
        private final List<Remark> remarks = new ArrayList<>();
        private @Nullable PackManifest manifest;

        void run(Pack pack) throws EvidenceFlaw {
            byte[] text = pack.manifest();
            PackManifest read = PackManifest.parse(new String(text, StandardCharsets.UTF_8));
            manifest = read;
            held.add(EvidenceCheck.MANIFEST);
            Certificates certificates = Certificates.of(pack, trusted);
            held.add(EvidenceCheck.AUTHORITY);
            if (trusted == null) {
                remarks.add(
                        new Remark(Remark.Kind.AUTHORITY_UNPROVEN, Certificates.fingerprint(certificates.authority())));
            }
            X509Certificate signer = certificates.signer(pack.read(EvidenceFormat.SIGNER), read.made());
            held.add(EvidenceCheck.SIGNER);
            if (!signed(text, pack.read(EvidenceFormat.SIGNATURE), signer)) {
                throw new EvidenceFlaw(
                        EvidenceCheck.SIGNATURE,
                        EvidenceFormat.MANIFEST + " is not signed by " + EvidenceFormat.SIGNER);
            }
            held.add(EvidenceCheck.SIGNATURE);
            pack.match(read);
            held.add(EvidenceCheck.FILES);
            certificates.addTerminals(pack, read);
            held.add(EvidenceCheck.CERTIFICATES);
            contents(pack, read, certificates);
        }

        private void contents(Pack pack, PackManifest read, Certificates certificates) throws EvidenceFlaw {
            Set<OwnEvent> wanted = new LinkedHashSet<>(read.events());
            Set<Long> revisions = new HashSet<>();
            for (ChainFile chain : read.chains()) {
                new ChainReading(chain, certificates, wanted, revisions, remarks).walk(pack);
            }
            held.add(EvidenceCheck.CHAIN);
            if (!wanted.isEmpty()) {
                OwnEvent missing = wanted.iterator().next();
                throw new EvidenceFlaw(
                        EvidenceCheck.EVENTS,
                        "event " + missing.seq() + " of terminal " + missing.terminal() + " is in none of the runs");
            }
            if (read.omitted() > 0) {
                remarks.add(new Remark(Remark.Kind.OMITTED, String.valueOf(read.omitted())));
            }
            held.add(EvidenceCheck.EVENTS);
            revisions.removeAll(SignedPolicies.check(pack, read));
            revisions.remove(0L);
            revisions.stream()
                    .sorted()
                    .forEach(missing -> remarks.add(new Remark(Remark.Kind.POLICY_MISSING, String.valueOf(missing))));
            held.add(EvidenceCheck.POLICY);
            AuditEntries.check(pack.read(EvidenceFormat.AUDIT));
            held.add(EvidenceCheck.AUDIT);
        }

        private EvidenceReport report(@Nullable Failure failure) {
            return new EvidenceReport(manifest, held, failure, remarks);
        }
    }

    private static boolean signed(byte[] manifest, byte[] signature, X509Certificate signer) {
        try {
            Signature verifier = Signature.getInstance(EvidenceFormat.ECDSA);
            verifier.initVerify(signer.getPublicKey());
            verifier.update(EvidenceFormat.CONTEXT);
            verifier.update(manifest);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Not DER, or a key of another kind: the pack's fault, and so just not a valid signature.
            return false;
        }
    }
}
