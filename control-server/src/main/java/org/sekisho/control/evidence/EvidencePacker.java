package org.sekisho.control.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.audit.ChainedEntry;
import org.sekisho.control.document.PdfRenderer;
import org.sekisho.control.evidence.CaseChain.OwnEvents;
import org.sekisho.control.evidence.CaseFiles.SignedPolicy;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.IssuedCertificate;
import org.sekisho.control.pki.Pem;
import org.sekisho.evidence.EvidenceFormat;
import org.sekisho.evidence.EvidenceWriter;

/** Puts a pack together while somebody reads it. Thread-safe. */
@Singleton
class EvidencePacker {
    private final CaseChain chains;
    private final CaseFiles files;
    private final CaseReport report;
    private final PdfRenderer renderer;
    private final AuditLog audit;
    private final Installation installation;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    EvidencePacker(
            CaseChain chains,
            CaseFiles files,
            CaseReport report,
            PdfRenderer renderer,
            AuditLog audit,
            Installation installation,
            ObjectMapper json,
            Clock clock) {
        this.chains = chains;
        this.files = files;
        this.report = report;
        this.renderer = renderer;
        this.audit = audit;
        this.installation = installation;
        this.json = json;
        this.clock = clock;
    }

    /** Fails before anything has been sent or recorded, if the report can't be set. */
    void requireFont() {
        renderer.requireFont();
    }

    void write(IncidentView incident, String operator, Locale language, OutputStream out) throws IOException {
        Instant made = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        OwnEvents own = chains.ownEvents(incident.id());
        List<ChainedEntry> acts = audit.ofIncident(incident.id());
        List<SignedPolicy> policies = files.policies(incident.terminal(), own.revisions());
        KeyPair once = Installation.newP256();
        IssuedCertificate signer =
                installation.authority().issueEvidenceSigner(once.getPublic(), installation.tenant());

        EvidenceWriter pack = new EvidenceWriter(out, made);
        pack.add(EvidenceFormat.FORMAT, EvidenceFormat.description());
        pack.add(
                EvidenceFormat.AUTHORITY,
                pem(Installation.pem(installation.authority().certificate())));
        pack.add(EvidenceFormat.SIGNER, pem(Installation.pem(signer.certificate())));
        pack.add(EvidenceFormat.INCIDENT, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(incident));
        pack.add(EvidenceFormat.AUDIT, tsv(acts));
        pack.add(
                EvidenceFormat.POLICY_KEY,
                pem(Pem.encode(
                        "PUBLIC KEY", installation.policyKey().getPublic().getEncoded())));
        for (SignedPolicy policy : policies) {
            pack.add(EvidenceFormat.POLICY + policy.name() + ".signed", policy.signed());
            pack.add(
                    EvidenceFormat.POLICY + policy.name() + ".yaml",
                    policy.yaml().getBytes(StandardCharsets.UTF_8));
        }
        CaseChain.Written written = chains.write(own, pack);
        for (Map.Entry<String, byte[]> certificate :
                files.certificates(written.keys()).entrySet()) {
            pack.add(
                    EvidenceFormat.CERTIFICATES + certificate.getKey() + ".pem",
                    pem(Pem.encode("CERTIFICATE", certificate.getValue())));
        }
        pack.add(
                EvidenceFormat.REPORT,
                renderer.render(report.of(incident, own, written, policies, acts, operator, made, language)));
        pack.finish(
                installation.tenant(),
                incident.id(),
                operator,
                language.getLanguage(),
                own.omitted(),
                own.events(),
                once.getPrivate());
    }

    private static byte[] pem(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] tsv(List<ChainedEntry> acts) {
        return acts.stream()
                .map(act -> String.join(
                                "\t",
                                String.valueOf(act.entry().seq()),
                                String.valueOf(act.micros()),
                                EvidenceFormat.escape(act.entry().operator()),
                                EvidenceFormat.escape(act.entry().action()),
                                EvidenceFormat.escape(act.entry().target()),
                                EvidenceFormat.escape(act.entry().detail()),
                                HexFormat.of().formatHex(act.prevHash()),
                                HexFormat.of().formatHex(act.hash()))
                        + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
