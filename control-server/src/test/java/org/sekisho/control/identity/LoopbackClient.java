package org.sekisho.control.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Exchange;

/**
 * Sends exactly the headers that a test names, from a loopback address of its own: all of 127.0.0.0/8 is this machine
 * (RFC 1122, 3.2.1.3), and the server counts failures by address.
 */
final class LoopbackClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI base = URI.create("https://localhost:" + Api.setting("quarkus.http.ssl-port"));
    private final String address;

    LoopbackClient() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] chosen = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(256), (byte) random.nextInt(1, 255)};
        try {
            InetAddress local = InetAddress.getByAddress(chosen);
            address = local.getHostAddress();
            client = HttpClient.newBuilder()
                    .sslContext(trustingTheServer())
                    .localAddress(local)
                    // Dropping an endless answer costs a connection here; in HTTP/2 a server takes many resets for an
                    // attack.
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server sees this client's requests come from. */
    String address() {
        return address;
    }

    Answer get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    Answer signIn(String token) {
        return send("POST", "/api/v1/session", "{\"token\":\"" + token + "\"}", "Content-Type", "application/json");
    }

    /** With alternating names and values of headers. */
    Answer send(String method, String path, String body, String... headers) {
        return new Answer(exchange(method, path, body, BodyHandlers.ofByteArray(), headers));
    }

    /** The same as an exchange; of an answer that never ends only how it begins. */
    Exchange exchange(String method, String path, String body, Map<String, String> headers) {
        String[] flat = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
        HttpResponse<InputStream> response = exchange(method, path, body, BodyHandlers.ofInputStream(), flat);
        boolean endless =
                response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        try (InputStream answer = response.body()) {
            return Exchange.of(
                    method,
                    path,
                    body.isEmpty() ? null : body,
                    response,
                    endless ? new byte[0] : answer.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> HttpResponse<T> exchange(
            String method, String path, String body, BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trustingTheServer() throws IOException {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            byte[] anchor = Files.readAllBytes(
                    Path.of(Api.setting("sekisho.server.data")).resolve("ca.pem"));
            anchors.setCertificateEntry(
                    "anchor",
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(anchor)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
