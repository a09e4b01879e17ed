package org.sekisho.control.testing;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** REST as an operator's script uses it: over HTTPS, trusting the published anchor alone, with a bearer token. */
public final class Api {
    /** Escaped, so that also what is no valid Unicode reaches the server as it is. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI base;
    private final @Nullable String token;

    private Api(HttpClient client, URI base, @Nullable String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** The server under test, as its own administrator. */
    public static Api administrator() {
        Path data = Path.of(setting("sekisho.server.data"));
        return at(
                URI.create("https://localhost:" + setting("quarkus.http.ssl-port")),
                data.resolve("ca.pem"),
                read(data.resolve("operator-token")));
    }

    /** Any server. */
    public static Api at(URI base, Path anchor, @Nullable String token) {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting(anchor))
                .connectTimeout(PATIENCE)
                .build();
        return new Api(client, base, token == null ? null : token.strip());
    }

    /** The same server as somebody else; null: nobody. */
    public Api as(@Nullable String otherToken) {
        return new Api(client, base, otherToken);
    }

    /** Announces a body and sends it only if the server wants it (RFC 9110, 10.1.1); answers the status. */
    public int announce(String path, byte[] body) {
        HttpRequest.Builder request = request(path)
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .header("Content-Type", "application/json");
        return send(request.POST(BodyPublishers.ofByteArray(body))).status();
    }

    /** An operator made for this test, with this role. */
    public Api withRole(String role) {
        return withRoles(role(role));
    }

    /** An operator made for this test, with this role. */
    public Api withRoles(Map<String, String> role) {
        return withRoles(List.of(role));
    }

    /** An operator made for this test, with both roles. */
    public Api withRoles(Map<String, String> one, Map<String, String> other) {
        return withRoles(List.of(one, other));
    }

    private Api withRoles(List<Map<String, String>> roles) {
        JsonNode operator = post(
                        "/api/v1/operators", Map.of("name", "operator-" + java.util.UUID.randomUUID(), "roles", roles))
                .json();
        JsonNode issued = post("/api/v1/operators/" + operator.get("id").asText() + "/tokens", Map.of())
                .json();
        return as(issued.get("token").asText());
    }

    /** A role for the whole organisation. */
    public static Map<String, String> role(String role) {
        return Map.of("role", role);
    }

    /** A role for a branch of it. */
    public static Map<String, String> role(String role, String branch) {
        return Map.of("role", role, "branch", branch);
    }

    /** A setting of the server under test. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(text(body))));
    }

    /** Posts without waiting; cancelling it closes the connection. */
    public CompletableFuture<HttpResponse<byte[]>> postAsync(String path, Object body) {
        return client.sendAsync(
                request(path)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(text(body)))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    public Answer patch(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(text(body))));
    }

    public Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(text(body))));
    }

    public Answer send(String method, String path, @Nullable String contentType, byte[] body) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        return send(contentType == null ? request : request.header("Content-Type", contentType));
    }

    /** With these headers besides, and a body unless it is empty. */
    public Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = request(path)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return send(request);
    }

    /** A body that is read while it comes in. */
    public HttpResponse<InputStream> stream(String path) {
        return exchange(request(path).header("Accept", "text/event-stream").GET(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request.timeout(PATIENCE), BodyHandlers.ofByteArray());
        return new Answer(response);
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object body) {
        try {
            return body instanceof String text ? text : JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext trusting(Path anchor) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry(
                    "anchor",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(anchor))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public byte[] bytes() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException("status " + status() + " is not JSON", e);
            }
        }
    }
}
