package org.sekisho.evidence;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.Checkpoints;
import org.sekisho.evidence.PackManifest.PackedFile;

/** Follows certificates to the authority. Immutable once filled; one thread. */
final class Certificates {
    private final X509Certificate authority;
    private final Map<ByteString, X509Certificate> terminals = new HashMap<>();

    private Certificates(X509Certificate authority) {
        this.authority = authority;
    }

    /** With the pack's own authority, which must be the one that is trusted, if any is. */
    static Certificates of(Pack pack, @Nullable X509Certificate trusted) throws EvidenceFlaw {
        X509Certificate own =
                read(pack.read(EvidenceFormat.AUTHORITY), EvidenceFormat.AUTHORITY, EvidenceCheck.AUTHORITY);
        if (trusted != null && !own.equals(trusted)) {
            throw new EvidenceFlaw(
                    EvidenceCheck.AUTHORITY,
                    "the pack was made under another authority (SHA-256 " + fingerprint(own)
                            + ") than the one given (SHA-256 " + fingerprint(trusted) + ")");
        }
        if (own.getBasicConstraints() < 0) {
            throw new EvidenceFlaw(
                    EvidenceCheck.AUTHORITY, EvidenceFormat.AUTHORITY + " is no authority's certificate");
        }
        return new Certificates(own);
    }

    X509Certificate authority() {
        return authority;
    }

    /** The certificate of the manifest's signer, valid at this time. */
    X509Certificate signer(byte[] pem, Instant made) throws EvidenceFlaw {
        X509Certificate signer = read(pem, EvidenceFormat.SIGNER, EvidenceCheck.SIGNER);
        issued(signer, EvidenceFormat.DOCUMENT_SIGNING, EvidenceFormat.SIGNER, EvidenceCheck.SIGNER);
        if (!covers(signer, made)) {
            throw new EvidenceFlaw(
                    EvidenceCheck.SIGNER, EvidenceFormat.SIGNER + " was not valid when the pack was made");
        }
        return signer;
    }

    /** Takes in all terminals' certificates of the pack. */
    void addTerminals(Pack pack, PackManifest manifest) throws EvidenceFlaw {
        for (PackedFile file : manifest.files()) {
            String path = file.path();
            if (path.startsWith(EvidenceFormat.CERTIFICATES)
                    && !path.equals(EvidenceFormat.AUTHORITY)
                    && !path.equals(EvidenceFormat.SIGNER)) {
                X509Certificate terminal = read(pack.read(path), path, EvidenceCheck.CERTIFICATES);
                issued(terminal, EvidenceFormat.CLIENT_AUTH, path, EvidenceCheck.CERTIFICATES);
                terminals.put(Checkpoints.keyName(terminal.getPublicKey()), terminal);
            }
        }
    }

    /** The certificate of this key, if it is this terminal's. */
    @Nullable
    X509Certificate terminal(ByteString keyName, String terminal) {
        X509Certificate found = terminals.get(keyName);
        return found != null && terminal.equals(commonName(found)) ? found : null;
    }

    static boolean covers(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(EvidenceFormat.sha256().digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read cannot be encoded", e);
        }
    }

    private void issued(X509Certificate certificate, String purpose, String path, EvidenceCheck check)
            throws EvidenceFlaw {
        try {
            certificate.verify(authority.getPublicKey());
            if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
                throw new EvidenceFlaw(check, path + " names another issuer than the authority");
            }
            if (certificate.getBasicConstraints() >= 0 || !List.of(purpose).equals(certificate.getExtendedKeyUsage())) {
                throw new EvidenceFlaw(check, path + " was issued for another purpose");
            }
        } catch (GeneralSecurityException e) {
            throw new EvidenceFlaw(check, path + " was not issued by the authority");
        }
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(rdn.getValue());
                }
            }
            return null;
        } catch (InvalidNameException e) {
            return null;
        }
    }

    /** One certificate in PEM. */
    static X509Certificate read(byte[] pem, String path, EvidenceCheck check) throws EvidenceFlaw {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (GeneralSecurityException e) {
            throw new EvidenceFlaw(check, path + " is not a certificate");
        }
    }
}
