package org.sekisho.agent.uplink;

import java.io.IOException;
import java.security.KeyPair;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Makes certificate requests. Apart from {@link TerminalKey}, since merely verifying a class that names Bouncy Castle's
 * makes the JVM open, hash and remember its signed jars: 3 MB that a service needs only when it renews.
 */
final class CertificateRequest {
    /** The server ignores the subject and takes the id that it gave; a request must have one all the same. */
    private static final X500Principal SUBJECT = new X500Principal("CN=sekisho-terminal");

    private CertificateRequest() {}

    /** A certificate request for the key, DER (PKCS#10, RFC 2986), signed by it. */
    static byte[] of(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(SUBJECT, key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java runtime can't sign with P-256 keys", e);
        }
    }
}
