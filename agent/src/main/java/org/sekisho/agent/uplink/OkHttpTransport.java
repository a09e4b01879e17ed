package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/** The stream, over gRPC. */
public final class OkHttpTransport implements TerminalTransport {
    /** What was sent before closing has gone out by then, or won't. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final TerminalChannels channels;

    /** @param channels opens connections */
    public OkHttpTransport(TerminalChannels channels) {
        this.channels = requireNonNull(channels, "channels is null");
    }

    @Override
    public Line open(Identity identity, Listener listener) {
        ManagedChannel channel;
        try {
            channel = channels.open(identity);
        } catch (GeneralSecurityException | java.io.IOException e) {
            listener.closed(new LineEnd(LineEnd.Kind.NOT_TRUSTED, "TLS can't be set up: " + e.getMessage()));
            return new NoLine();
        }
        Call call = new Call(channel, identity.grpcTarget().toString(), listener);
        TerminalLinkGrpc.newStub(channel).connect(call);
        return call;
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
