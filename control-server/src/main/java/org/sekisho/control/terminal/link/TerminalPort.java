package org.sekisho.control.terminal.link;

import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.pki.ServerCertificate;
import org.sekisho.control.pki.ServerCertificateRenewed;

/**
 * Listens for terminals: TLS 1.3 only, and only with a certificate of our authority. Every limit of the port stands
 * here. Calls run on virtual threads, because they wait for the database; the network has two threads of its own.
 */
@Singleton
class TerminalPort {
    private static final Logger LOG = Logger.getLogger(TerminalPort.class);
    /** terminal.proto: larger messages end the stream. */
    private static final int MAX_MESSAGE = 1 << 20;
    /** gRPC's own headers and a user agent. */
    private static final int MAX_HEADERS = 8 * 1024;
    /** The one stream, and its successor while the first one ends; a shadow copy. */
    private static final int CALLS = 3;
    /** A handshake takes a round trip or two, also over a slow line. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    /** Finds terminals that were switched off without a word within a minute. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(40);

    private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(20);
    /** What a terminal's own keepalive may not go below. */
    private static final Duration PERMITTED_KEEPALIVE = Duration.ofSeconds(10);
    /** A connection without a stream is of no use. */
    private static final Duration IDLE = Duration.ofSeconds(30);
    /** The listen queue for a whole city that is switched on at half past eight. */
    private static final int BACKLOG = 4_096;

    private static final int NETWORK_THREADS = 2;
    /** Reconnections of so many terminals a second are no load. */
    private static final int DRAINED_A_SECOND = 1_000;

    private final ServerSettings settings;
    private final Installation installation;
    private final TerminalLinkService service;
    private final PeerInterceptor peers;
    private final LiveStreams streams;
    private final EventLoopGroup acceptor = new NioEventLoopGroup(1);
    private final EventLoopGroup network = new NioEventLoopGroup(NETWORK_THREADS);
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    /** What handshakes show; looked at anew in each. */
    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();

    private @Nullable Server server;

    @Inject
    TerminalPort(
            ServerSettings settings,
            Installation installation,
            TerminalLinkService service,
            PeerInterceptor peers,
            LiveStreams streams) {
        this.settings = settings;
        this.installation = installation;
        this.service = service;
        this.peers = peers;
        this.streams = streams;
    }

    /** When all else is ready. */
    void start(@Observes @Priority(Integer.MAX_VALUE - 10) StartupEvent event) {
        int most = settings.maxConnections();
        show(new ServerCertificate(settings.certificate(), settings.key()));
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(settings.listen(), settings.grpcPort()))
                    .sslContext(tls())
                    .channelFactory(() -> new BoundedServerChannel(most))
                    .bossEventLoopGroup(acceptor)
                    .workerEventLoopGroup(network)
                    .executor(calls)
                    .withOption(io.netty.channel.ChannelOption.SO_BACKLOG, BACKLOG)
                    .handshakeTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
                    .maxInboundMessageSize(MAX_MESSAGE)
                    .maxInboundMetadataSize(MAX_HEADERS)
                    .maxConcurrentCallsPerConnection(CALLS)
                    .maxConnectionIdle(IDLE.toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
                    .keepAliveTimeout(KEEPALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .permitKeepAliveTime(PERMITTED_KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
                    .permitKeepAliveWithoutCalls(false)
                    .intercept(peers)
                    .addService(service)
                    .build()
                    .start();
            LOG.infof("Terminals are awaited on %s:%d", settings.listen(), settings.grpcPort());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot listen for terminals on " + settings.listen() + ":" + settings.grpcPort(), e);
        }
    }

    /**
     * The JDK's own TLS. Client certificates are demanded in the handshake itself: nothing unauthenticated gets
     * further.
     */
    private SslContext tls() {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(identity);
            return GrpcSslContexts.configure(builder, SslProvider.JDK)
                    .clientAuth(ClientAuth.REQUIRE)
                    .trustManager(installation.authority().certificate())
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new UncheckedIOException("Cannot use the server's certificate " + settings.certificate(), e);
        }
    }

    /** Handshakes from now on show the new certificate; connections that stand go on as they are. */
    void renewed(@Observes ServerCertificateRenewed event) {
        show(event.certificate());
    }

    private void show(ServerCertificate certificate) {
        try {
            identity.updateIdentityCredentials(
                    certificate.chain().toFile(), certificate.key().toFile());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot use the server's certificate " + certificate.chain(), e);
        }
    }

    /** Before all else ends: asks terminals to come back at times spread over a while, and waits for them to leave. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        Server running = server;
        if (running == null) {
            return;
        }
        long spread = Math.clamp(
                1_000L * streams.count() / DRAINED_A_SECOND,
                100,
                settings.drain().toMillis() / 2);
        streams.all().forEach(stream -> stream.drain(Duration.ofMillis(spread)));
        running.shutdown();
        try {
            if (!running.awaitTermination(settings.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.infof("%d terminals did not leave within %s", streams.count(), settings.drain());
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            calls.shutdown();
            acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            network.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
