package org.sekisho.control.terminal.link;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.CertificateRequest;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.IssuedCertificate;
import org.sekisho.control.terminal.TerminalStore;
import org.sekisho.v1.Renewal;
import org.sekisho.v1.RenewalRequest;

/** Gives terminals new certificates over their streams. Thread-safe. */
@Singleton
class Renewals {
    private static final Logger LOG = Logger.getLogger(Renewals.class);

    private final TerminalStore terminals;
    private final Installation installation;
    private final ServerSettings settings;

    @Inject
    Renewals(TerminalStore terminals, Installation installation, ServerSettings settings) {
        this.terminals = terminals;
        this.installation = installation;
        this.settings = settings;
    }

    Renewal renew(String terminal, RenewalRequest request) {
        CertificateRequest csr;
        try {
            csr = CertificateRequest.read(request.getCertificateRequest().toByteArray());
        } catch (IllegalArgumentException e) {
            LOG.warnf(
                    "Terminal %s asked for a certificate in a way that can't be granted: %s", terminal, e.getMessage());
            return Renewal.newBuilder()
                    .setRefusal(String.valueOf(e.getMessage()))
                    .build();
        }
        IssuedCertificate certificate =
                installation.authority().issueTerminal(csr.publicKey(), terminal, settings.certificateLife());
        terminals.addCertificate(terminal, certificate);
        return Renewal.newBuilder()
                .addCertificateChain(ByteString.copyFrom(certificate.der()))
                .addCertificateChain(ByteString.copyFrom(installation.anchor()))
                .build();
    }
}
