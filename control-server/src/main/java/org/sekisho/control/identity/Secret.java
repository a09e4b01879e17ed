package org.sekisho.control.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bearer secret of 256 random bits, written {@code <prefix>_<base64url>}. The prefix lets secret scanners find one that
 * was leaked. {@link #toString} doesn't show it.
 */
record Secret(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Longer input is never hashed: a real secret has 47 characters. */
    private static final int MAX_LENGTH = 128;

    static Secret generate(String prefix) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new Secret(prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** What is stored and looked up. Domain-separated by {@code purpose}, so that one kind can't pass for another. */
    byte[] hash(String purpose) {
        return digest(purpose);
    }

    /** The token against forged requests that belongs to a session: derived, so that it needs no place of its own. */
    String csrf() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest("csrf"));
    }

    boolean plausible() {
        return text.length() <= MAX_LENGTH;
    }

    private byte[] digest(String purpose) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(("sekisho/" + purpose + "\n").getBytes(StandardCharsets.US_ASCII));
            return sha256.digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
