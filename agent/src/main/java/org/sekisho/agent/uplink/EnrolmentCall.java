package org.sekisho.agent.uplink;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.sekisho.agent.uplink.EnrolmentException.Reason;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.EnrolResponse;

/** The one request that a terminal makes without a certificate of its own, over TLS 1.3 pinned to the CA of its token. */
final class EnrolmentCall {
    static final String PATH = "/api/v1/enrolment";
    private static final String PROTOBUF = "application/x-protobuf";
    /** A chain of certificates and a few keys; far more is no answer of ours. */
    private static final int MAX_ANSWER_BYTES = 256 * 1024;

    private final Duration patience;

    /** @param patience for connecting, and again for the answer */
    EnrolmentCall(Duration patience) {
        this.patience = patience;
    }

    EnrolResponse send(URI server, EnrolmentToken token, List<X509Certificate> caAtHand, EnrolRequest request)
            throws EnrolmentException {
        HttpRequest post = HttpRequest.newBuilder(server.resolve(PATH))
                .timeout(patience)
                .header("Content-Type", PROTOBUF)
                .header("Accept", PROTOBUF + ", application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()))
                .build();
        try (HttpClient client = client(token, caAtHand)) {
            HttpResponse<InputStream> answer = client.send(post, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return read(answer.statusCode(), body.readNBytes(MAX_ANSWER_BYTES));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnrolmentException(Reason.UNREACHABLE, "interrupted while waiting for " + server, e);
        } catch (SSLException e) {
            throw notTrusted(server, e);
        } catch (IOException e) {
            throw new EnrolmentException(Reason.UNREACHABLE, "POST %s: %s".formatted(post.uri(), told(e)), e);
        }
    }

    private HttpClient client(EnrolmentToken token, List<X509Certificate> caAtHand) throws EnrolmentException {
        try {
            SSLContext tls = SSLContext.getInstance("TLSv1.3");
            tls.init(null, new TrustManager[] {new PinnedTrust(token.caSha256(), caAtHand)}, null);
            SSLParameters parameters = tls.getDefaultSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(patience)
                    .sslContext(tls)
                    .sslParameters(parameters)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new EnrolmentException(Reason.UNREACHABLE, "this Java runtime has no TLS 1.3", e);
        }
    }

    private static EnrolResponse read(int status, byte[] body) throws EnrolmentException {
        if (status != 200 && status != 201) {
            throw EnrolmentRefusal.read(status, new String(body, StandardCharsets.UTF_8));
        }
        try {
            return EnrolResponse.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            // No cause: it would carry the half-read answer, which has a key in it.
            throw new EnrolmentException(Reason.BAD_ANSWER, "HTTP %d with %d bytes".formatted(status, body.length));
        }
    }

    private static EnrolmentException notTrusted(URI server, SSLException failure) {
        Optional<Throwable> wrongCa = causes(failure)
                .filter(PinnedTrust.WrongCaException.class::isInstance)
                .findFirst();
        return new EnrolmentException(
                wrongCa.isPresent() ? Reason.WRONG_CA : Reason.NOT_TRUSTED,
                "TLS with %s: %s".formatted(server, told(failure)),
                failure);
    }

    private static java.util.stream.Stream<Throwable> causes(Throwable first) {
        return java.util.stream.Stream.<Throwable>iterate(first, t -> t != null, Throwable::getCause)
                .limit(16);
    }

    /** The JDK's HTTP client often has no message in the exception but in its cause. */
    private static String told(Throwable failure) {
        return causes(failure)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .findFirst()
                .orElseGet(() -> failure.getClass().getSimpleName());
    }
}
