package org.sekisho.packaging.rig;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The control server's REST interface, as a script uses it: its CA pinned, an operator token as bearer. Thread-safe. */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String token;
    private final HttpClient http;

    private Rest(URI base, String token, HttpClient http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    /** As the operator whose token lies in {@code tokenFile}. */
    public static Rest of(URI base, Path caPem, Path tokenFile) throws IOException, GeneralSecurityException {
        return new Rest(base, Files.readString(tokenFile).strip(), client(caPem));
    }

    /** The same server, as the bearer of another token. */
    public Rest as(String otherToken) {
        return new Rest(base, requireNonNull(otherToken, "otherToken is null"), http);
    }

    private static HttpClient client(Path caPem) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(caPem)) {
            Certificate ca = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            trusted.setCertificateEntry("ca", ca);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** The answer's body; fails with the server's own words on any status but 2xx. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return success(send(path, request -> request.GET()));
    }

    /** Posts JSON; the answer's body. */
    public JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return success(send(
                path,
                request -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(body)))));
    }

    /** Posts bytes of another type; the answer's bytes. */
    public byte[] post(String path, String contentType, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send(
                path,
                request ->
                        request.header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        success(answer, false);
        return answer.body();
    }

    /** Any method, any answer. */
    public HttpResponse<byte[]> send(String path, Consumer<HttpRequest.Builder> shape)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + token);
        shape.accept(request);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode success(HttpResponse<byte[]> answer) throws IOException {
        return success(answer, true);
    }

    private static JsonNode success(HttpResponse<byte[]> answer, boolean json) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().method() + " " + answer.uri() + " answered " + answer.statusCode()
                    + ": " + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return json && answer.body().length > 0 ? JSON.readTree(answer.body()) : JSON.nullNode();
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("the body can't be written as JSON", e);
        }
    }
}
