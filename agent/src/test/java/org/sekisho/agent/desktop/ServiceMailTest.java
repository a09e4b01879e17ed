package org.sekisho.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sekisho.agent.channel.clipboard.TestConnection;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.OwnerSeen;

/** What is sent to a service over a real socket, and what a service that doesn't read costs. */
@Timeout(60)
final class ServiceMailTest {
    private static DesktopMessage message(int pid) {
        return DesktopMessage.newBuilder()
                .setOwnerSeen(OwnerSeen.newBuilder().setPid(pid))
                .build();
    }

    @Test
    void arrivesInTheOrderThatItWasPosted() throws Exception {
        TestConnection[] ends = TestConnection.pair();
        try (ServiceMail mail = new ServiceMail()) {
            for (int pid = 1; pid <= 100; pid++) {
                assertThat(mail.post(ends[1], message(pid))).isTrue();
            }
            for (int pid = 1; pid <= 100; pid++) {
                assertThat(Frames.read(ends[0].in(), DesktopMessage.parser())).isEqualTo(Optional.of(message(pid)));
            }
        }
    }

    @Test
    void aServiceThatDoesNotReadHoldsUpNobodyAndGetsNoMoreThanItsShare() {
        Hung hung = new Hung();
        try (ServiceMail mail = new ServiceMail()) {
            int taken = 0;
            while (mail.post(hung, message(++taken))) {
                assertThat(taken).isLessThanOrEqualTo(ServiceMail.MOST_WAITING + 1);
            }
            assertThat(taken).isGreaterThan(ServiceMail.MOST_WAITING);
            hung.close();
        }
    }

    @Test
    void aConnectionThatFailsIsClosed() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (ServiceMail mail = new ServiceMail()) {
            mail.post(new Broken(closed), message(1));
            closed.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatWasPostedLastIsSentBeforeTheEnd() throws Exception {
        TestConnection[] ends = TestConnection.pair();
        ServiceMail mail = new ServiceMail();
        mail.post(ends[1], message(7));
        mail.close();
        assertThat(mail.post(ends[1], message(8))).isFalse();
        ends[1].close();
        assertThat(Frames.read(ends[0].in(), DesktopMessage.parser())).isEqualTo(Optional.of(message(7)));
        assertThat(Frames.read(ends[0].in(), DesktopMessage.parser())).isEmpty();
    }

    /** Takes a first byte never; a write waits until it is closed. */
    private static final class Hung implements LocalConnection {
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public Peer peer() {
            return new Peer(1, "test", false);
        }

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    try {
                        closed.get(Duration.ofSeconds(50).toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
                        throw new IOException("never closed", e);
                    }
                    throw new IOException("closed");
                }
            };
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    private record Broken(CompletableFuture<Void> closed) implements LocalConnection {
        @Override
        public Peer peer() {
            return new Peer(1, "test", false);
        }

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public OutputStream out() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    throw new IOException("broken pipe");
                }
            };
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }
}
