package org.sekisho.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopState;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.ServiceMessage;
import org.sekisho.v1.StatusAnswer;
import org.sekisho.v1.StatusQuery;

/** Over a real socket, with real processes of other accounts. */
@EnabledOnOs(OS.LINUX)
class LocalServerTest {
    private static final DesktopSession SESSION = new DesktopSession(":5", "hanako", List.of());
    private static final String SELF = System.getProperty("user.name");

    private final Tickets tickets = new Tickets();
    private final List<String> admitted = new CopyOnWriteArrayList<>();
    private final List<Peer> asked = new CopyOnWriteArrayList<>();
    private Path folder;
    private String address;
    private LocalServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        address = folder.resolve("agent.sock").toString();
        server = new LocalServer(
                new LinuxSocketListener(Path.of(address)),
                new ManualLoop(),
                tickets,
                peer -> peer.user().equals(SELF),
                (session, connection) -> {
                    admitted.add(session.id());
                    Frames.write(
                            connection.out(),
                            ServiceMessage.newBuilder()
                                    .setWelcome(DesktopWelcome.getDefaultInstance())
                                    .build());
                },
                peer -> {
                    asked.add(peer);
                    return StatusAnswer.newBuilder().setTerminal("terminal-7").build();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aHelperWithItsTicketIsHandedOn() throws IOException {
        byte[] ticket = tickets.issue(SESSION);

        assertThat(say(hello(":5", ticket, LocalServer.PROTOCOL_VERSION))
                        .orElseThrow()
                        .hasWelcome())
                .isTrue();
        assertThat(say(hello(":5", ticket, LocalServer.PROTOCOL_VERSION)))
                .as("it may reconnect")
                .hasValueSatisfying(answer -> assertThat(answer.hasWelcome()).isTrue());
        assertThat(admitted).containsExactly(":5", ":5");
    }

    @Test
    void withoutTheRightTicketNobodyIsHandedOn() throws IOException {
        byte[] first = tickets.issue(SESSION);
        byte[] other = tickets.issue(new DesktopSession(":6", "taro", List.of()));
        byte[] second = tickets.issue(SESSION);

        assertThat(say(hello(":5", new byte[32], LocalServer.PROTOCOL_VERSION)))
                .as("guessed")
                .isEmpty();
        assertThat(say(hello(":5", new byte[0], LocalServer.PROTOCOL_VERSION)))
                .as("none")
                .isEmpty();
        assertThat(say(hello(":5", first, LocalServer.PROTOCOL_VERSION)))
                .as("replaced")
                .isEmpty();
        assertThat(say(hello(":5", other, LocalServer.PROTOCOL_VERSION)))
                .as("another session's")
                .isEmpty();
        assertThat(say(hello(":9", second, LocalServer.PROTOCOL_VERSION)))
                .as("for a session without one")
                .isEmpty();
        assertThat(say(hello(":5", second, 1))).as("another protocol").isEmpty();
        tickets.withdraw(":5");
        assertThat(say(hello(":5", second, LocalServer.PROTOCOL_VERSION)))
                .as("withdrawn")
                .isEmpty();
        assertThat(admitted).isEmpty();
    }

    @Test
    void anotherAccountIsNotHandedOnEvenWithTheTicket() throws Exception {
        assumeThat(SELF).as("changing accounts takes root").isEqualTo("root");
        byte[] ticket = tickets.issue(SESSION);

        byte[] answer = sayAs("nobody", frame(hello(":5", ticket, LocalServer.PROTOCOL_VERSION)));

        assertThat(answer).isEmpty();
        assertThat(admitted).isEmpty();
        assertThat(sayAs("root", frame(hello(":5", ticket, LocalServer.PROTOCOL_VERSION))))
                .as("control")
                .isNotEmpty();
    }

    @Test
    void anybodyMayAskForTheStatusAndIsKnown() throws Exception {
        assumeThat(SELF).as("changing accounts takes root").isEqualTo("root");
        DesktopMessage query = DesktopMessage.newBuilder()
                .setStatusQuery(StatusQuery.getDefaultInstance())
                .build();

        byte[] answer = sayAs("nobody", frame(query));

        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("terminal-7");
        assertThat(asked).singleElement().satisfies(peer -> {
            assertThat(peer.user()).isEqualTo("nobody");
            assertThat(peer.privileged()).isFalse();
            assertThat(peer.pid()).isPositive();
        });
    }

    @Test
    void whoeverBeginsWithSomethingElseIsHungUpOn() throws IOException {
        assertThat(say(DesktopMessage.newBuilder()
                        .setState(DesktopState.getDefaultInstance())
                        .build()))
                .isEmpty();
        assertThat(say(DesktopMessage.getDefaultInstance())).isEmpty();
    }

    @Test
    void whoeverSaysNothingIsHungUpOn() throws Exception {
        server.close();
        ManualLoop loop = new ManualLoop();
        String other = folder.resolve("other.sock").toString();
        try (LocalServer slow = new LocalServer(
                new LinuxSocketListener(Path.of(other)),
                loop,
                tickets,
                peer -> true,
                (session, connection) -> {},
                peer -> StatusAnswer.getDefaultInstance())) {
            slow.start();
            try (LocalConnection silent = LinuxSocketConnection.connect(other)) {
                await().until(() -> loop.timers() == 1);
                loop.advance(java.time.Duration.ofSeconds(5));
                assertThat(silent.in().read()).isEqualTo(-1);
            }
        }
    }

    private Optional<ServiceMessage> say(DesktopMessage message) throws IOException {
        try (LocalConnection connection = LinuxSocketConnection.connect(address)) {
            Frames.write(connection.out(), message);
            return Frames.read(connection.in(), ServiceMessage.parser());
        }
    }

    private byte[] sayAs(String account, byte[] frame) throws Exception {
        String program = "my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die $!; print $s pack('H*', $ARGV[1]);"
                + " $s->flush; local $/; my $a = <$s>; print unpack('H*', $a // '');";
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid=" + account,
                        "--clear-groups",
                        "perl",
                        "-MIO::Socket::UNIX",
                        "-e",
                        program,
                        address,
                        HexFormat.of().formatHex(frame))
                .redirectErrorStream(true)
                .start();
        String hex = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).as(hex).isZero();
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] frame(DesktopMessage message) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        Frames.write(out, message);
        return out.toByteArray();
    }

    private static DesktopMessage hello(String session, byte[] ticket, int version) {
        return DesktopMessage.newBuilder()
                .setHello(DesktopHello.newBuilder()
                        .setSession(session)
                        .setTicket(ByteString.copyFrom(ticket))
                        .setProtocolVersion(version))
                .build();
    }
}
