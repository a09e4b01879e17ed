package org.sekisho.agent.uplink;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** The terminal's key: P-256, made on the terminal and never anywhere else. */
public final class TerminalKey {
    /** The server ignores the subject and takes the id that it gave; a request must have one all the same. */
    private static final X500Principal SUBJECT = new X500Principal("CN=sekisho-terminal");

    private TerminalKey() {}

    /** A new key. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime can't make P-256 keys", e);
        }
    }

    /** A certificate request for the key, DER (PKCS#10, RFC 2986), signed by it. */
    public static byte[] request(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(SUBJECT, key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java runtime can't sign with P-256 keys", e);
        }
    }

    /**
     * Reads a key as {@link PrivateKey#getEncoded} wrote it (PKCS#8).
     *
     * @throws GeneralSecurityException if it is none; says nothing of the content
     */
    static PrivateKey read(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
