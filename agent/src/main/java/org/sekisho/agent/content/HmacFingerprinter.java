package org.sekisho.agent.content;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104, FIPS 180-4), its first 24 bits. One thread at a time. */
public final class HmacFingerprinter implements Fingerprinter {
    private static final String ALGORITHM = "HmacSHA256";
    /** RFC 2104, section 3: a key shorter than the hash weakens it. */
    private static final int MIN_KEY_BYTES = 32;

    private final Mac mac;

    /**
     * A fingerprinter with the tenant's key.
     *
     * @param key at least 32 bytes; copied, so the caller may wipe it
     * @throws IllegalArgumentException if the key is shorter
     */
    public HmacFingerprinter(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the fingerprint key has " + key.length + " bytes; give at least " + MIN_KEY_BYTES);
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            // Every Java platform must have HmacSHA256 (javax.crypto.Mac), and it takes keys of any length.
            throw new IllegalStateException("this Java runtime can't compute " + ALGORITHM, e);
        }
    }

    @Override
    public int fingerprint(byte[] digits) {
        byte[] hash = mac.doFinal(digits);
        int fingerprint = (hash[0] & 0xFF) << 16 | (hash[1] & 0xFF) << 8 | (hash[2] & 0xFF);
        Arrays.fill(hash, (byte) 0);
        return fingerprint;
    }
}
