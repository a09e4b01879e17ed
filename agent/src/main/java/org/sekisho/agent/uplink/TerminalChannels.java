package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Connections to the control server: gRPC over OkHttp with the JDK's TLS 1.3 and the terminal's certificate; the server's must
 * lead to the installation's CA and name the host. A server that falls silent is noticed by HTTP/2 pings. Thread-safe.
 */
public final class TerminalChannels {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
    /** terminal.proto: messages over 5 MiB from the server end the stream. */
    private static final int MAX_INBOUND_BYTES = 5 * 1024 * 1024;
    /** A ping comes back in a round trip; this allows for a server in the middle of a long pause. */
    private static final Duration PING_PATIENCE = Duration.ofSeconds(20);

    private final Duration pingEvery;

    /** @param pingEvery how often a silent server is pinged; servers refuse what they find too often */
    public TerminalChannels(Duration pingEvery) {
        this.pingEvery = requireNonNull(pingEvery, "pingEvery is null");
    }

    /**
     * A connection, which is made when it is first used; to be shut down by who asked for it.
     *
     * @throws GeneralSecurityException if TLS can't be set up with this identity
     * @throws IOException the same
     */
    ManagedChannel open(Identity identity) throws GeneralSecurityException, IOException {
        return OkHttpChannelBuilder.forAddress(
                        identity.grpcTarget().host(), identity.grpcTarget().port())
                .sslSocketFactory(tls(identity).getSocketFactory())
                .tlsConnectionSpec(PROTOCOLS, CIPHERS)
                .keepAliveTime(pingEvery.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(PING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .maxInboundMessageSize(MAX_INBOUND_BYTES)
                .disableRetry()
                .directExecutor()
                .build();
    }

    private static SSLContext tls(Identity identity) throws GeneralSecurityException, IOException {
        char[] inMemoryOnly = new char[0];
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "terminal", identity.key(), inMemoryOnly, identity.chain().toArray(new Certificate[0]));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, inMemoryOnly);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(keyManagers.getKeyManagers(), new TrustManager[] {PinnedTrust.anchoredAt(identity.ca())}, null);
        return tls;
    }
}
