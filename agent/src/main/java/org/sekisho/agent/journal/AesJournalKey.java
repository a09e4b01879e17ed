package org.sekisho.agent.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM under keys that HKDF-SHA-256 (RFC 5869) derives from a master secret of 32 bytes. */
public final class AesJournalKey implements JournalKey {
    /** Bytes of the master secret. */
    public static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";
    private static final int TAG_BITS = 128;

    private final Key master;
    private final Key stateKey;

    /**
     * @param secret copied; the caller may wipe it
     * @throws IllegalArgumentException if it doesn't have {@value #BYTES} bytes
     */
    public AesJournalKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException(
                    "the journal's key must have " + BYTES + " bytes, but has " + secret.length);
        }
        master = new SecretKeySpec(secret, HMAC);
        stateKey = new SecretKeySpec(derive(new byte[BYTES], "sekisho/v1/journal/state"), HMAC);
    }

    @Override
    public BodySeal seal(byte[] salt) {
        return new Gcm(new SecretKeySpec(derive(salt, "sekisho/v1/journal/body"), "AES"));
    }

    @Override
    public byte[] authenticate(byte[] message) {
        return hmac(stateKey, message);
    }

    /** One block of HKDF is enough for a key of the hash's own length. The master secret stands as input key material. */
    private byte[] derive(byte[] salt, String purpose) {
        byte[] extracted = hmac(new SecretKeySpec(salt, HMAC), master.getEncoded());
        byte[] info = (purpose + "\u0001").getBytes(StandardCharsets.US_ASCII);
        return hmac(new SecretKeySpec(extracted, HMAC), info);
    }

    private static byte[] hmac(Key key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + HMAC + ", which every one must have", e);
        }
    }

    private static final class Gcm implements BodySeal {
        private final Key key;
        private final Cipher cipher;

        Gcm(Key key) {
            this.key = key;
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java runtime lacks AES-GCM, which every one must have", e);
            }
        }

        @Override
        public byte[] seal(byte[] nonce, byte[] associated, byte[] clear) throws GeneralSecurityException {
            return run(Cipher.ENCRYPT_MODE, nonce, associated, clear);
        }

        @Override
        public byte[] open(byte[] nonce, byte[] associated, byte[] sealed) throws GeneralSecurityException {
            return run(Cipher.DECRYPT_MODE, nonce, associated, sealed);
        }

        private byte[] run(int mode, byte[] nonce, byte[] associated, byte[] input) throws GeneralSecurityException {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(input);
        }
    }
}
