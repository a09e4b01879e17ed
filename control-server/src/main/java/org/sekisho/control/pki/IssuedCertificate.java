package org.sekisho.control.pki;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;

/** A certificate that the authority has just issued. */
public record IssuedCertificate(X509Certificate certificate) {
    /** Serial number as lower-case hex without leading zeros: its name in the store. */
    public String serial() {
        return serialOf(certificate);
    }

    /** The name under which the store knows any certificate. */
    public static String serialOf(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16).toLowerCase(Locale.ROOT);
    }

    /** X.509 SubjectPublicKeyInfo, DER. */
    public byte[] publicKey() {
        return certificate.getPublicKey().getEncoded();
    }

    /** Not valid from then on. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Not valid before. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** The certificate itself, DER. */
    public byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was just made cannot be encoded", e);
        }
    }
}
