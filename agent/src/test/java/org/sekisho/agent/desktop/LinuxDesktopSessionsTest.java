package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.clipboard.ClipboardGuard;
import org.sekisho.agent.channel.clipboard.LinuxPrograms;
import org.sekisho.agent.channel.clipboard.TestConnection;
import org.sekisho.agent.channel.clipboard.TestDesk;
import org.sekisho.agent.local.Frames;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Verdict;

/** A helper as the service starts it: under its own account, on a display that demands a cookie. Takes root. */
final class LinuxDesktopSessionsTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final byte[] TICKET = new byte[32];
    /** An account that every Debian has, in the part of the session's user. */
    private static final String USER = "daemon";
    /** What the helper needs of the test's class path. */
    private static final Pattern NEEDED = Pattern.compile(
            ".*/(jna-|protobuf-java-|picocli-|slf4j-|tinylog-|sekisho-proto|jspecify-|javax.annotation)[^/]*");

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private final TestDesk desk = new TestDesk();
    private final LinuxPrograms programs = new LinuxPrograms(LinuxDesktopSessions::accountNumber);
    private final ClipboardGuard guard = new ClipboardGuard(desk, programs, 1 << 20);
    private String display = "";
    private Path authority = Path.of("/nonexistent");
    private Path socket = Path.of("/nonexistent");

    @BeforeEach
    void prepare() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "starting helpers takes root");
        try {
            directory
                    .getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(LinuxDesktopSessions.ACCOUNT);
        } catch (UserPrincipalNotFoundException e) {
            Assumptions.abort(
                    "there is no account " + LinuxDesktopSessions.ACCOUNT + "; create it by useradd --system");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        startDisplay();
    }

    private void startDisplay() throws Exception {
        authority = directory.resolve("user-authority");
        byte[] cookie = new byte[16];
        new java.util.Random(3).nextBytes(cookie);
        Files.write(
                authority,
                XauthorityEntry.fileFor(
                        List.of(new XauthorityEntry(65535, new byte[0], "", "MIT-MAGIC-COOKIE-1", cookie)), ""));
        Files.setOwner(
                authority,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
        Files.setPosixFilePermissions(authority, PosixFilePermissions.fromString("rw-------"));
        Process server = new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-auth", authority.toString(), "-nolisten", "tcp", "-noreset")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(server);
        String number = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8)).readLine();
        display = ":" + number.strip();
    }

    private ServerSocketChannel listen() throws Exception {
        socket = directory.resolve("agent.sock");
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    SocketChannel accepted = listening.accept();
                    TestConnection connection = new TestConnection(accepted);
                    DesktopMessage hello = Frames.read(connection.in(), DesktopMessage.parser())
                            .orElseThrow();
                    assertThat(hello.getHello().getTicket()).isEqualTo(ByteString.copyFrom(TICKET));
                    guard.serve(
                            new DesktopSession(hello.getHello().getSession(), USER, List.of()),
                            connection,
                            DesktopWelcome.newBuilder()
                                    .setFingerprintKey(ByteString.copyFrom(new byte[32]))
                                    .build());
                }
            } catch (IOException e) {
                guard.close();
            }
        });
        return listening;
    }

    @AfterEach
    void stop() throws Exception {
        guard.close();
        for (Process process : started.reversed()) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private LinuxDesktopSessions sessions() throws IOException {
        return new LinuxDesktopSessions(
                display + "|" + USER + "|" + authority,
                directory.resolve("helpers"),
                socket.toString(),
                DesktopCommandMain.class.getName());
    }

    /** The class path as it is, but readable by every account. */
    private String readableClassPath() throws IOException {
        Path libraries = Files.createDirectory(directory.resolve("lib"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                entries.add(entry);
            } else if (NEEDED.matcher(entry).matches()) {
                entries.add(
                        Files.copy(path, libraries.resolve(path.getFileName())).toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private Process onDisplay(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DISPLAY", display);
        builder.environment().put("XAUTHORITY", authority.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @Test
    @SuppressWarnings("try") // listening is its work
    void aHelperGuardsTheSessionFromAnAccountThatTheUserCannotTouch() throws Exception {
        desk.always(Verdict.BLOCK);
        String classPath = System.getProperty("java.class.path");
        try (ServerSocketChannel listening = listen();
                LinuxDesktopSessions sessions = sessions()) {
            DesktopSession session = sessions.current().stream()
                    .filter(one -> one.id().equals(display))
                    .findFirst()
                    .orElseThrow();
            assertThat(session.user()).isEqualTo(USER);
            assertThat(session.groups()).contains(USER);
            System.setProperty("java.class.path", readableClassPath());
            DesktopSessions.DesktopProcess helper = sessions.start(session, TICKET);
            try {
                await().atMost(SOON).until(() -> guard.state().getMode() == ChannelMode.MODE_ENFORCED);
                assertConfined(helper.pid());
                assertThat(programs.isHelper(process(helper.pid()))).isTrue();
                assertThat(programs.isHelper(process(ProcessHandle.current().pid())))
                        .isFalse();
                Process copy = onDisplay("xclip", "-quiet", "-i", "-selection", "clipboard");
                try (var in = copy.getOutputStream()) {
                    in.write("guarded".getBytes(US_ASCII));
                }
                await().atMost(SOON).until(() -> !desk.copies().isEmpty());
                Process paste = onDisplay("xclip", "-o", "-selection", "clipboard");
                assertThat(paste.getInputStream().readAllBytes()).isEmpty();
                assertThat(desk.pastes()
                                .get(0)
                                .attempt()
                                .getClipboard()
                                .getDestination()
                                .getPath())
                        .endsWith("/xclip");
                assertThat(new ProcessBuilder("kill", "-9", Long.toString(helper.pid()))
                                .start()
                                .waitFor())
                        .isZero();
                assertThat(helper.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
                        .isEqualTo("killed by signal 9");
                assertThat(directory.resolve("helpers")).isEmptyDirectory();
            } finally {
                helper.stop();
            }
        } finally {
            System.setProperty("java.class.path", classPath);
        }
    }

    private static org.sekisho.v1.Process process(long pid) {
        return org.sekisho.v1.Process.newBuilder().setPid(Math.toIntExact(pid)).build();
    }

    private void assertConfined(long pid) throws Exception {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        assertThat(status)
                .contains("NoNewPrivs:\t1")
                .contains("CapEff:\t0000000000000000")
                .contains("CapBnd:\t0000000000000000");
        assertThat(Files.getAttribute(Path.of("/proc/" + pid + "/environ"), "unix:uid"))
                .isEqualTo(0);
        Process kill = new ProcessBuilder(
                        "setpriv", "--reuid=" + USER, "--clear-groups", "--", "kill", "-9", Long.toString(pid))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(kill.waitFor())
                .as("the session's user can't kill the helper")
                .isNotZero();
        Path helper = directory.resolve("helpers").resolve("display-" + display.substring(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(helper)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(helper.resolve("authority"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDisplayThatIsNotThereIsNoSession() throws Exception {
        try (LinuxDesktopSessions sessions = new LinuxDesktopSessions(
                ":64999|" + USER, directory.resolve("helpers"), "nowhere", DesktopCommandMain.class.getName())) {
            assertThat(sessions.current()).extracting(DesktopSession::id).doesNotContain(":64999");
            assertThatThrownBy(() -> sessions.start(new DesktopSession(":64999", USER, List.of()), TICKET))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":64999");
        }
    }
}
