package org.sekisho.control.export;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON over HTTPS. {@code X-Sekisho-Signature} is {@code t=SECONDS,v1=HEX}: HMAC-SHA-256, under the receiver's secret,
 * of the time, a dot and the body, so that a receiver knows who sent it and that it isn't an old one. Taken is what is answered
 * with 2xx; redirects aren't followed. Thread-safe.
 */
public final class SignedPost {
    private static final int SECRET_BYTES = 32;

    private final URI address;
    private final byte[] secret;
    private final HttpClient http;

    /**
     * To this receiver.
     *
     * @param anchor PEM of the authority that its certificate must come from; null: those that Java trusts
     * @throws IOException if that can't be read
     */
    public SignedPost(String address, @Nullable String anchor, String secret) throws IOException {
        this.address = URI.create(address);
        this.secret = secret.getBytes(StandardCharsets.US_ASCII);
        this.http = HttpClient.newBuilder()
                .sslContext(ReceiverTrust.of(anchor))
                .connectTimeout(Duration.ofMillis(Receiver.TIMEOUT_MILLIS))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A new key for signatures. */
    public static String newSecret() {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Looks whether there can be such a receiver, without asking it.
     *
     * @throws IOException with what is wrong with it
     */
    public static void check(String address, @Nullable String anchor) throws IOException {
        if (!isHttps(address)) {
            throw new IOException("The address of a webhook begins with https:// and carries no name or password");
        }
        try {
            ReceiverTrust.of(anchor);
        } catch (IOException e) {
            throw new IOException("The authority's certificate can't be read; it must be PEM", e);
        }
    }

    static boolean isHttps(String address) {
        try {
            URI uri = URI.create(address);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            // Told by the caller, like every other address that is none.
            return false;
        }
    }

    /**
     * Sends one.
     *
     * @param delivery names it: the same again after a failure
     */
    public void send(String delivery, byte[] body) throws IOException, InterruptedException {
        String time = String.valueOf(Instant.now().getEpochSecond());
        HttpResponse<Void> answer = http.send(
                HttpRequest.newBuilder(address)
                        .timeout(Duration.ofMillis(Receiver.TIMEOUT_MILLIS))
                        .header("Content-Type", "application/json")
                        .header("X-Sekisho-Signature", "t=" + time + ",v1=" + signature(secret, time, body))
                        .header("X-Sekisho-Delivery", delivery)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the receiver answered " + answer.statusCode());
        }
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
