package org.sekisho.agent.uplink;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** The terminal's key: P-256, made on the terminal and never anywhere else. */
public final class TerminalKey {
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

    /**
     * Reads a key as {@link PrivateKey#getEncoded} wrote it (PKCS#8).
     *
     * @throws GeneralSecurityException if it is none; says nothing of the content
     */
    static PrivateKey read(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
