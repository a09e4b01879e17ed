package org.sekisho.agent.journal;

import java.security.GeneralSecurityException;

/**
 * The secret of one terminal's journal. Where it rests is the implementation's matter: a file that only root reads, or bytes
 * wrapped by the operating system. Thread safe.
 */
public interface JournalKey {
    /** Bytes of a nonce given to {@link BodySeal}, as AES-GCM wants it (NIST SP 800-38D, 8.2.1). */
    int NONCE_BYTES = 12;

    /**
     * A seal whose key is this secret's child of the given salt: two different salts share nothing.
     *
     * @return for one thread at a time
     */
    BodySeal seal(byte[] salt);

    /** An authentication code of 32 bytes over what is not secret but must not be changed. */
    byte[] authenticate(byte[] message);

    /** Authenticated encryption under one key. Not thread safe. */
    interface BodySeal {
        /**
         * Encrypts and authenticates.
         *
         * @param nonce {@value JournalKey#NONCE_BYTES} bytes, never twice under the same salt: the caller's duty
         * @throws GeneralSecurityException if the provider fails
         */
        byte[] seal(byte[] nonce, byte[] associated, byte[] clear) throws GeneralSecurityException;

        /**
         * Gives the clear bytes back.
         *
         * @throws GeneralSecurityException if anything was changed: sealed bytes, nonce or associated data
         */
        byte[] open(byte[] nonce, byte[] associated, byte[] sealed) throws GeneralSecurityException;
    }
}
