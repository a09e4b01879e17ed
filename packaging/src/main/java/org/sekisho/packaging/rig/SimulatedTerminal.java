package org.sekisho.packaging.rig;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Hello;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/**
 * A terminal that only speaks the wire, so that thousands fit into one process. Sending is for one thread at a time;
 * messages arrive on the executor's threads, one at a time.
 */
public final class SimulatedTerminal implements AutoCloseable {
    private final ManagedChannel channel;
    private final ClientCallStreamObserver<TerminalMessage> out;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private SimulatedTerminal(
            TerminalIdentity identity, EventLoopGroup loops, Executor executor, Consumer<ServerMessage> listener)
            throws SSLException {
        var tls = GrpcSslContexts.configure(
                        io.netty.handler.ssl.SslContextBuilder.forClient()
                                .keyManager(
                                        identity.keys().getPrivate(),
                                        identity.chain().toArray(X509Certificate[]::new))
                                .trustManager(identity.ca())
                                .protocols("TLSv1.3"),
                        SslProvider.JDK)
                .build();
        channel = NettyChannelBuilder.forTarget(identity.grpcTarget())
                .eventLoopGroup(loops)
                .channelType(NioSocketChannel.class)
                .executor(executor)
                .maxInboundMessageSize(5 << 20)
                .sslContext(tls)
                .build();
        Answers answers = new Answers(listener);
        TerminalLinkGrpc.newStub(channel).connect(answers);
        out = answers.out();
    }

    /** Opens the stream and says hello. */
    public static SimulatedTerminal connect(
            TerminalIdentity identity,
            Hello hello,
            EventLoopGroup loops,
            Executor executor,
            Consumer<ServerMessage> listener)
            throws SSLException {
        SimulatedTerminal terminal = new SimulatedTerminal(identity, loops, executor, listener);
        terminal.send(TerminalMessage.newBuilder().setHello(hello).build());
        return terminal;
    }

    public void send(TerminalMessage message) {
        out.onNext(message);
    }

    /** Whether the transport takes more without queueing in memory. */
    public boolean isReady() {
        return out.isReady();
    }

    /** Completes when the server or the network ends the stream; exceptionally with the status if it was an error. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private final class Answers implements ClientResponseObserver<TerminalMessage, ServerMessage> {
        private final Consumer<ServerMessage> listener;
        private @Nullable ClientCallStreamObserver<TerminalMessage> out;

        private Answers(Consumer<ServerMessage> listener) {
            this.listener = listener;
        }

        private ClientCallStreamObserver<TerminalMessage> out() {
            ClientCallStreamObserver<TerminalMessage> started = out;
            if (started == null) {
                throw new IllegalStateException("the call was not started");
            }
            return started;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<TerminalMessage> requestStream) {
            out = requestStream;
        }

        @Override
        public void onNext(ServerMessage message) {
            listener.accept(message);
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            ended.complete(null);
        }
    }
}
