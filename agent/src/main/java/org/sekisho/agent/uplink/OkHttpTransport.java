package org.sekisho.agent.uplink;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/**
 * gRPC over OkHttp with the JDK's TLS 1.3 and the terminal's certificate; the server's must lead to the installation's CA
 * and name the host. A server that falls silent is noticed by HTTP/2 pings.
 */
public final class OkHttpTransport implements TerminalTransport {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHERS = {"TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"};
    /** terminal.proto: messages over 5 MiB from the server end the stream. */
    private static final int MAX_INBOUND_BYTES = 5 * 1024 * 1024;
    /** A ping comes back in a round trip; this allows for a server in the middle of a long pause. */
    private static final Duration PING_PATIENCE = Duration.ofSeconds(20);
    /** What was sent before closing has gone out by then, or won't. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final Duration pingEvery;

    /** @param pingEvery how often a silent server is pinged; servers refuse what they find too often */
    public OkHttpTransport(Duration pingEvery) {
        this.pingEvery = pingEvery;
    }

    @Override
    public Line open(Identity identity, Listener listener) {
        ManagedChannel channel;
        try {
            channel = OkHttpChannelBuilder.forAddress(
                            identity.grpcTarget().host(), identity.grpcTarget().port())
                    .sslSocketFactory(tls(identity).getSocketFactory())
                    .tlsConnectionSpec(PROTOCOLS, CIPHERS)
                    .keepAliveTime(pingEvery.toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTimeout(PING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .maxInboundMessageSize(MAX_INBOUND_BYTES)
                    .disableRetry()
                    .directExecutor()
                    .build();
        } catch (GeneralSecurityException | java.io.IOException e) {
            listener.closed(new LineEnd(LineEnd.Kind.NOT_TRUSTED, "TLS can't be set up: " + e.getMessage()));
            return new NoLine();
        }
        Call call = new Call(channel, identity.grpcTarget().toString(), listener);
        TerminalLinkGrpc.newStub(channel).connect(call);
        return call;
    }

    private static SSLContext tls(Identity identity) throws GeneralSecurityException, java.io.IOException {
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

    private static final class NoLine implements Line {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void send(TerminalMessage message) {}

        @Override
        public void more() {}

        @Override
        public void close() {}
    }

    /** The stream; {@code beforeStart} runs inside {@code connect}, so {@code out} is there once that has returned. */
    private static final class Call implements Line, ClientResponseObserver<TerminalMessage, ServerMessage> {
        private final ManagedChannel channel;
        private final String target;
        private final Listener listener;
        private @Nullable ClientCallStreamObserver<TerminalMessage> out;
        private volatile boolean over;

        Call(ManagedChannel channel, String target, Listener listener) {
            this.channel = channel;
            this.target = target;
            this.listener = listener;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<TerminalMessage> requests) {
            out = requests;
            requests.disableAutoRequestWithInitial(1);
            requests.setOnReadyHandler(() -> {
                if (!over) {
                    listener.ready();
                }
            });
        }

        @Override
        public boolean ready() {
            return !over && out != null && out.isReady();
        }

        @Override
        public void send(TerminalMessage message) {
            if (!over && out != null) {
                out.onNext(message);
            }
        }

        @Override
        public void more() {
            if (!over && out != null) {
                out.request(1);
            }
        }

        @Override
        public void close() {
            if (over) {
                return;
            }
            over = true;
            if (out != null) {
                out.onCompleted();
            }
            channel.shutdown();
            Executor later = CompletableFuture.delayedExecutor(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            later.execute(channel::shutdownNow);
        }

        @Override
        public void onNext(ServerMessage message) {
            if (!over) {
                listener.received(message);
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended(LineEnds.of(target, Status.fromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            ended(new LineEnd(LineEnd.Kind.ENDED, target + " ended the stream"));
        }

        private void ended(LineEnd end) {
            channel.shutdownNow();
            if (!over) {
                over = true;
                listener.closed(end);
            }
        }
    }
}
