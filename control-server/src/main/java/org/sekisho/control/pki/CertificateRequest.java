package org.sekisho.control.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A terminal's PKCS#10 request (RFC 2986), checked: a P-256 key, and proof that the sender holds it. */
public record CertificateRequest(PublicKey publicKey) {
    /** As the wire contract says; a P-256 request has some 300 bytes. */
    public static final int MAX_BYTES = 8 * 1024;

    /**
     * Reads and checks a request.
     *
     * @throws IllegalArgumentException if it is too large, malformed, of another kind of key, or not signed by its own
     *     key
     */
    public static CertificateRequest read(byte[] der) {
        if (der.length == 0 || der.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A certificate request has 1 to " + MAX_BYTES + " bytes; this has " + der.length);
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            PublicKey key = request.getPublicKey();
            if (!(key instanceof ECPublicKey ec) || ec.getParams().getOrder().bitLength() != 256) {
                throw new IllegalArgumentException("The key of a certificate request must be on P-256");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("The certificate request is not signed by its own key");
            }
            return new CertificateRequest(key);
        } catch (IOException | GeneralSecurityException | PKCSException | OperatorCreationException e) {
            throw new IllegalArgumentException("The certificate request cannot be read as PKCS#10", e);
        }
    }
}
