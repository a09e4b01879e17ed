package org.sekisho.control.secret;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.PrivateFile;

/**
 * Seals secrets with AES-256-GCM under {@code DIR/secrets.key}, which nobody but the server's account may read (0600): who has
 * the database, or a copy of it, has none of them. Each is bound to what it is for, so that one can't be put in another's
 * place. Replicas share the file. Thread-safe.
 */
@Singleton
public final class SecretBox {
    private static final int KEY_BYTES = 32;
    /** As NIST SP 800-38D recommends. */
    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    @Inject
    SecretBox(ServerSettings settings) {
        this(settings.data().resolve("secrets.key"));
    }

    /** Under the key in this file, which is made if it isn't there. */
    public SecretBox(Path file) {
        if (Files.notExists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            PrivateFile.writeIfAbsent(file, fresh);
        }
        byte[] bytes = PrivateFile.read(file);
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(file + " is no key: it must have " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * The secret, sealed.
     *
     * @param purpose what it is for, such as {@code export 3f…}; needed again to open it
     */
    public byte[] seal(String purpose, String secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /**
     * The secret in clear.
     *
     * @throws IllegalStateException if it was sealed for something else or under another key, or was changed
     */
    public String open(String purpose, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES) {
            throw new IllegalStateException("What is kept as the secret of " + purpose + " is none");
        }
        try {
            byte[] clear = cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return new String(clear, StandardCharsets.UTF_8);
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(
                    "The secret of " + purpose
                            + " can't be opened: secrets.key in the data folder is not the one that it"
                            + " was sealed with. Put that back, or enter the secret anew",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
