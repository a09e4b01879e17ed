package org.sekisho.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.schedule.ThreadLoop;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.agent.uplink.TerminalTransport.LineEnd;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;
import org.sekisho.v1.Status;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;

/** Against a real gRPC server on netty that demands a client certificate over TLS 1.3, as the control server does. */
class OkHttpTransportTest {
    private final Instant now = Instant.now();

    private final List<Long> durable = new CopyOnWriteArrayList<>();
    private final List<Throwable> cut = new CopyOnWriteArrayList<>();
    private TestAuthority authority;
    private Server server;
    private Path stateDir;

    @BeforeEach
    void start(@TempDir Path stateDir) throws Exception {
        this.stateDir = stateDir;
        authority = new TestAuthority(now);
        server = authority.serve(authority, 0, new Link());
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.shutdownNow();
        assertThat(server.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void eventsFlowOverMutualTls() throws Exception {
        ListOutbox outbox = new ListOutbox();
        for (int i = 0; i < 50; i++) {
            outbox.record(100);
        }
        try (Uplink uplink = uplink(authority.identity("terminal-7", target(), now.plusSeconds(3_600)), outbox)) {
            uplink.start();
            await().untilAsserted(() -> assertThat(outbox.acked()).isEqualTo(50));
            outbox.record(100);
            await().untilAsserted(() -> assertThat(outbox.acked()).isEqualTo(51));
        }
        assertThat(durable).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aTerminalOfAnotherAuthorityIsRefused() throws Exception {
        Identity stranger = new TestAuthority(now).identity("terminal-7", target(), now.plusSeconds(3_600));
        // It trusts the server, so that what fails is the server's check of the terminal.
        LineEnd end = firstEnd(stranger);

        assertThat(end.kind()).isIn(LineEnd.Kind.REFUSED, LineEnd.Kind.NOT_TRUSTED);
        assertThat(durable).isEmpty();
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
        stop();
        server = new TestAuthority(now).serve(authority, 0, new Link());
        LineEnd end = firstEnd(authority.identity("terminal-7", target(), now.plusSeconds(3_600)));

        assertThat(end.kind()).isEqualTo(LineEnd.Kind.NOT_TRUSTED);
    }

    @Test
    void aServerOfAnotherNameIsNotTrusted() throws Exception {
        LineEnd end =
                firstEnd(authority.identity("terminal-7", "127.0.0.1:" + server.getPort(), now.plusSeconds(3_600)));

        assertThat(end.kind()).isNotEqualTo(LineEnd.Kind.ENDED);
        assertThat(durable).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsUnreachable() throws Exception {
        int port = server.getPort();
        stop();
        LineEnd end = firstEnd(authority.identity("terminal-7", "localhost:" + port, now.plusSeconds(3_600)));

        assertThat(end.kind()).isEqualTo(LineEnd.Kind.UNREACHABLE);
        server = authority.serve(authority, 0, new Link());
    }

    @Test
    void itComesBackAfterTheServerDoes() throws Exception {
        ListOutbox outbox = new ListOutbox();
        int port = server.getPort();
        try (Uplink uplink = uplink(authority.identity("terminal-7", target(), now.plusSeconds(3_600)), outbox)) {
            uplink.start();
            await().until(() -> uplink.condition().online());
            stop();
            await().until(() -> !uplink.condition().online());
            outbox.record(10);
            server = authority.serve(authority, port, new Link());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(outbox.acked()).isEqualTo(1));
        }
    }

    private LineEnd firstEnd(Identity identity) {
        List<LineEnd> ends = new CopyOnWriteArrayList<>();
        TerminalTransport.Line line = new OkHttpTransport(new TerminalChannels(Duration.ofMinutes(1)))
                .open(identity, new TerminalTransport.Listener() {
                    @Override
                    public void received(ServerMessage message) {}

                    @Override
                    public void ready() {}

                    @Override
                    public void closed(LineEnd end) {
                        ends.add(end);
                    }
                });
        line.send(TerminalMessage.getDefaultInstance());
        await().atMost(Duration.ofSeconds(30)).until(() -> !ends.isEmpty());
        line.close();
        return ends.getFirst();
    }

    private Uplink uplink(Identity identity, Outbox outbox) throws Exception {
        IdentityVault vault = new IdentityVault(SecretStore.forPlatform(stateDir));
        Random random = new Random(1);
        return new Uplink(
                new ThreadLoop("uplink-test"),
                new UplinkParts(
                        new OkHttpTransport(new TerminalChannels(Duration.ofMinutes(1))),
                        new LiveIdentity(vault, identity),
                        outbox,
                        new NoDuties(),
                        "1",
                        ByteString.copyFrom(new byte[16])),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1), random),
                random);
    }

    private String target() {
        return "localhost:" + server.getPort();
    }

    /** Acknowledges what it gets, in order. */
    private final class Link extends TerminalLinkGrpc.TerminalLinkImplBase {
        @Override
        public StreamObserver<TerminalMessage> connect(StreamObserver<ServerMessage> out) {
            return new StreamObserver<>() {
                @Override
                public void onNext(TerminalMessage message) {
                    if (message.hasHello()) {
                        out.onNext(ServerMessage.newBuilder()
                                .setWelcome(Welcome.newBuilder()
                                        .setDurableSeq(durable.isEmpty() ? 0 : durable.getLast())
                                        .setHeartbeatSeconds(5)
                                        .setCredit(Credit.newBuilder()
                                                .setEvents(1_000)
                                                .setBytes(1_000_000)))
                                .build());
                    }
                    for (ChainedEvent event : message.getEvents().getEventsList()) {
                        try {
                            durable.add(Sequence.of(event));
                        } catch (java.io.IOException e) {
                            throw new IllegalStateException(e);
                        }
                        out.onNext(ServerMessage.newBuilder()
                                .setEventAck(EventAck.newBuilder().setDurableSeq(durable.getLast()))
                                .build());
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    cut.add(failure);
                }

                @Override
                public void onCompleted() {
                    out.onCompleted();
                }
            };
        }
    }

    private static final class NoDuties implements TerminalDuties {
        @Override
        public long runningRevision() {
            return 0;
        }

        @Override
        public Status status() {
            return Status.getDefaultInstance();
        }

        @Override
        public void policyArrived(Signed policy, Consumer<PolicyAck> answer) {}

        @Override
        public void commandArrived(org.sekisho.v1.Command command, Consumer<org.sekisho.v1.CommandAck> answer) {}

        @Override
        public long permitsRevision() {
            return 0;
        }

        @Override
        public long mediaRegisterRevision() {
            return 0;
        }

        @Override
        public void permitsArrived(Signed permits, Consumer<PermitAck> answer) {}

        @Override
        public void mediaRegisterArrived(Signed register, Consumer<PermitAck> answer) {}

        @Override
        public void serverTime(long micros) {}

        @Override
        public void assigned(String orgUnit) {}

        @Override
        public void connected(boolean online) {}
    }
}
