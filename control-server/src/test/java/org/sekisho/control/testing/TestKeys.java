package org.sekisho.control.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for {@code localhost} that vouches for itself, made by OpenSSL, with its key: what receivers in tests show. */
public final class TestKeys {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private TestKeys(Path folder) {
        this.folder = folder;
    }

    /** New ones in this folder: {@code cert.pem} and {@code key.pem}. */
    public static TestKeys in(Path folder) throws IOException, InterruptedException {
        TestKeys keys = new TestKeys(folder);
        keys.openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                keys.file("key.pem"),
                "-out",
                keys.file("cert.pem"));
        keys.openssl(
                "pkcs12",
                "-export",
                "-in",
                keys.file("cert.pem"),
                "-inkey",
                keys.file("key.pem"),
                "-passout",
                "pass:" + PASSWORD,
                "-out",
                keys.file("server.p12"));
        return keys;
    }

    /** The certificate, PEM: what whoever is to trust it is given. */
    public String anchor() throws IOException {
        return Files.readString(folder.resolve("cert.pem"));
    }

    /** For a server that shows it. */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        Path said = folder.resolve("openssl.log");
        Process running = new ProcessBuilder(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("openssl"), java.util.Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!running.waitFor(30, TimeUnit.SECONDS) || running.exitValue() != 0) {
            throw new IOException("openssl " + arguments[0] + " failed: " + Files.readString(said));
        }
    }
}
