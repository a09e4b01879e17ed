package org.sekisho.agent.secret;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Small secrets by name, on this terminal's disk, for the account that the agent runs under and no other.
 *
 * <p>A name is lower-case ASCII letters, digits and hyphens, begins with a letter and has at most 64 characters. A secret
 * has 1 to {@value #MAX_BYTES} bytes. Thread-safe within a process; of two writers of one name, one wins whole.
 */
public interface SecretStore {

    /** A PKCS#8 RSA key of 4096 bits has 2.4 kB; a certificate chain in PEM beside it still fits. */
    int MAX_BYTES = 64 * 1024;

    /**
     * The secret as it was last written. The array is the caller's, to wipe after use.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws ExposedSecretException if another account may have read or replaced it; it must not be used
     * @throws IOException if it can't be read or was damaged; names the file and the OS's error, never the content
     */
    byte[] read(String name) throws IOException;

    /**
     * Writes or replaces a secret. On return it is durable and its protection was read back; on failure, also of power, the
     * one before is whole.
     *
     * @throws ExposedSecretException if the protection that was set does not hold when read back
     * @throws IOException if it can't be written; names the file and the OS's error, never the content
     */
    void write(String name, byte[] secret) throws IOException;

    /** Whether a secret was written under this name. Does not say that it can be read. */
    boolean exists(String name) throws IOException;

    /**
     * The store of this platform in {@code stateDir/secrets}, which is made if it is not there: files of mode 0600 on
     * Linux, DPAPI in the machine's scope behind a file ACL on Windows.
     *
     * @throws ExposedSecretException if that folder is open to other accounts
     * @throws IOException if it can't be made
     * @throws UnsupportedOperationException on any other platform
     */
    static SecretStore forPlatform(Path stateDir) throws IOException {
        Path folder = stateDir.resolve("secrets");
        if (Platform.isWindows()) {
            return new DpapiSecrets(folder);
        }
        if (Platform.isLinux()) {
            return new LinuxSecretFiles(folder);
        }
        throw new UnsupportedOperationException(
                "secrets are kept on Linux and Windows only, not on " + System.getProperty("os.name"));
    }
}
