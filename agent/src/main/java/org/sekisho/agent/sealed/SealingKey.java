package org.sekisho.agent.sealed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.agent.secret.SecretStore;

/**
 * The key under which documents rest (AES-256-GCM, NIST SP 800-38D) and the floor is authenticated (HMAC-SHA-256). A city's
 * rules are confidential, so that they don't lie on the disk of a terminal in clear. Immutable, safe for all threads.
 */
public final class SealingKey {
    private static final String NAME = "policy-key";
    private static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] CONTEXT = "sekisho/v1/policy at rest\n".getBytes(US_ASCII);

    private final SecretKeySpec sealing;
    private final SecretKeySpec authenticating;

    private SealingKey(byte[] secret) {
        // One block of HKDF-Expand (RFC 5869 section 2.3) each; the secret is uniformly random already.
        SecretKeySpec master = new SecretKeySpec(secret, "HmacSHA256");
        sealing = new SecretKeySpec(hmac(master, "seal\u0001".getBytes(US_ASCII)), "AES");
        authenticating = new SecretKeySpec(hmac(master, "floor\u0001".getBytes(US_ASCII)), "HmacSHA256");
    }

    /** The terminal's key; made at the first call. */
    public static SealingKey of(SecretStore secrets) throws IOException {
        if (!secrets.exists(NAME)) {
            byte[] made = new byte[BYTES];
            new SecureRandom().nextBytes(made);
            secrets.write(NAME, made);
            Arrays.fill(made, (byte) 0);
        }
        byte[] secret = secrets.read(NAME);
        try {
            return new SealingKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    byte[] seal(byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(clear);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }

    /** @throws AEADBadTagException if it was not sealed by this key, or was changed */
    byte[] open(byte[] whole) throws AEADBadTagException {
        if (whole.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new AEADBadTagException("only %d bytes".formatted(whole.length));
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_BYTES));
            return cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }

    /** 32 bytes that only this key makes of these. */
    public byte[] authenticate(byte[] message) {
        return hmac(authenticating, message);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(CONTEXT);
        return cipher;
    }

    private static byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
