package org.sekisho.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts batches as a JSON array over HTTPS. {@code X-Sekisho-Signature} is {@code t=SECONDS,v1=HEX}: HMAC-SHA-256, under the
 * destination's secret, of the time, a dot and the body, so that a receiver knows who sent it and that it isn't an old one.
 * Taken is what is answered with 2xx; redirects aren't followed.
 */
final class WebhookReceiver implements Receiver {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Destination destination;
    private final byte[] secret;
    private final HttpClient http;

    WebhookReceiver(Destination destination) throws IOException {
        this.destination = destination;
        this.secret = Objects.requireNonNull(destination.secret(), "a webhook has a secret")
                .getBytes(StandardCharsets.US_ASCII);
        this.http = HttpClient.newBuilder()
                .sslContext(ReceiverTrust.of(destination.anchor()))
                .connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void take(List<ExportedEvent> events) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(events.stream().map(this::json).toList());
        String time = String.valueOf(Instant.now().getEpochSecond());
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(URI.create(destination.address()))
                        .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
                        .header("Content-Type", "application/json")
                        .header("X-Sekisho-Signature", "t=" + time + ",v1=" + signature(secret, time, body))
                        .header(
                                "X-Sekisho-Delivery",
                                events.getFirst().id() + "-" + events.getLast().id())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the receiver answered " + answer.statusCode());
        }
    }

    private JsonNode json(ExportedEvent event) {
        return destination.format() == Destination.Format.OCSF ? OcsfEvent.of(event) : JSON.valueToTree(event.view());
    }

    static String signature(byte[] secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", e);
        }
    }
}
