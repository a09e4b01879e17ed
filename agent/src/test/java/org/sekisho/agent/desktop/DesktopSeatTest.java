package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.clipboard.ClipboardGuard;
import org.sekisho.agent.channel.clipboard.LinuxPrograms;
import org.sekisho.agent.channel.clipboard.TestConnection;
import org.sekisho.agent.channel.clipboard.TestDesk;
import org.sekisho.agent.channel.clipboard.x11.ScriptedOwnerMain;
import org.sekisho.agent.channel.clipboard.x11.Xvfb;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Label;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Verdict;

/** A helper and the service's guard together, on a real display with real programs. */
final class DesktopSeatTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** A made-up number with a valid check digit; no person has it. */
    private static final String MY_NUMBER = "123456789018";

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @TempDir
    private Path held;

    private final TestDesk desk = new TestDesk();
    private final List<NoticeText> notices = new CopyOnWriteArrayList<>();
    private final List<LocalConnection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean serviceAway;
    private volatile boolean ticketUnknown;
    private volatile String reason = "";
    private volatile boolean noWindow;
    private Optional<DesktopSeat> seat = Optional.empty();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final ClipboardGuard guard = new ClipboardGuard(desk, new LinuxPrograms(), 256L << 20);

    private LocalConnection dial(String address) throws IOException {
        if (serviceAway) {
            throw new IOException("nobody listens at " + address);
        }
        TestConnection[] ends = TestConnection.pair();
        connections.add(ends[1]);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                DesktopMessage hello =
                        Frames.read(ends[0].in(), DesktopMessage.parser()).orElseThrow();
                if (ticketUnknown) {
                    ends[0].close();
                    return;
                }
                guard.serve(
                        new DesktopSession(hello.getHello().getSession(), "alice", List.of()),
                        ends[0],
                        DesktopWelcome.newBuilder()
                                .setLanguage("ja")
                                .setFingerprintKey(ByteString.copyFrom(new byte[32]))
                                .build());
            } catch (IOException e) {
                ends[0].close();
            }
        });
        return ends[1];
    }

    private void start() throws Exception {
        DesktopSeat started = new DesktopSeat(
                DesktopHello.newBuilder().setSession(xvfb.display()).build(),
                "the service",
                this::dial,
                SessionClipboards.ofThisPlatform(),
                notice -> {
                    notices.add(notice);
                    return noWindow
                            ? CompletableFuture.failedFuture(new IOException("no fonts"))
                            : CompletableFuture.completedFuture(reason);
                },
                held);
        seat = Optional.of(started);
        Thread.ofPlatform().start(() -> exit.complete(started.serve()));
    }

    private void startGuarded() throws Exception {
        start();
        await().atMost(SOON).until(() -> guard.state().getMode() == ChannelMode.MODE_ENFORCED);
    }

    @AfterEach
    void close() throws Exception {
        if (seat.isPresent()) {
            seat.get().close();
            exit.get(20, TimeUnit.SECONDS);
        }
        guard.close();
    }

    private void copy(String text) throws Exception {
        xvfb.run(text.getBytes(UTF_8), "sh", "-c", "xclip -i -selection clipboard >/dev/null 2>&1");
    }

    private void copyAndAwait(String text) throws Exception {
        int before = desk.copies().size();
        copy(text);
        await().atMost(SOON).until(() -> desk.copies().size() > before);
    }

    private String paste() throws Exception {
        return new String(xvfb.run(new byte[0], "xclip", "-o", "-selection", "clipboard"), UTF_8);
    }

    @Test
    void aPersonalNumberIsSeenAndItsPasteIsBlockedWithANotice() throws Exception {
        desk.ruling(attempt -> TestDesk.verdict(attempt.getLabelsCount() > 0 ? Verdict.BLOCK : Verdict.ALLOW));
        startGuarded();
        Process source = xvfb.xclip(("マイナンバー：" + MY_NUMBER).getBytes(UTF_8), "-selection", "clipboard");
        await().atMost(SOON).until(() -> desk.copies().size() == 1);
        Label label = desk.copies().get(0).attempt().getLabels(0);
        assertThat(label.getLabel()).isEqualTo("my_number");
        assertThat(label.getFingerprintsCount()).isEqualTo(1);
        assertThat(paste()).isEmpty();
        TestDesk.Recorded recorded = desk.pastes().get(0);
        assertThat(recorded.attempt().getClipboard().getDestination().getPath()).endsWith("/xclip");
        assertThat(recorded.attempt().getClipboard().getDestination().getSha256())
                .hasSize(64);
        assertThat(recorded.attempt().getClipboard().getSource().getPid()).isEqualTo((int) source.pid());
        assertThat(recorded.toString()).doesNotContain(MY_NUMBER);
        await().atMost(SOON).until(() -> notices.size() == 1);
        assertThat(notices.get(0).text()).isEqualTo("止めました");
        copy("harmless");
        await().atMost(SOON).until(() -> paste().equals("harmless"));
    }

    @Test
    void theSourceStaysKnownWhenItHasEnded() throws Exception {
        desk.always(Verdict.ALLOW);
        startGuarded();
        Process source = xvfb.start(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ScriptedOwnerMain.class.getName(),
                xvfb.display(),
                "short-lived");
        await().atMost(SOON).until(() -> desk.copies().size() == 1);
        source.destroyForcibly().waitFor();
        assertThat(paste()).isEqualTo("short-lived");

        assertThat(desk.records()).hasSizeGreaterThan(1);
        for (TestDesk.Recorded recorded : desk.records()) {
            assertThat(recorded.attempt().getClipboard().getSource().getPath()).endsWith("/java");
            assertThat(recorded.attempt().getClipboard().getSource().getSha256())
                    .hasSize(64);
        }
    }

    @Test
    void withoutTheHelperTheSamePasteSucceeds() throws Exception {
        desk.always(Verdict.BLOCK);
        copy("マイナンバー：" + MY_NUMBER);
        assertThat(paste()).contains(MY_NUMBER);
    }

    @Test
    void fullWidthAndCp932AreSeenToo() throws Exception {
        startGuarded();
        copyAndAwait("個人番号 １２３４−５６７８−９０１８");
        assertThat(desk.copies().get(0).attempt().getLabelsList())
                .extracting(Label::getLabel)
                .contains("my_number");
        byte[] cp932 = "個人番号　１２３４５６７８９０１８".getBytes(Charset.forName("windows-31j"));
        xvfb.run(cp932, "sh", "-c", "xclip -i -selection clipboard -t STRING >/dev/null 2>&1");
        await().atMost(SOON).until(() -> desk.copies().size() == 2);
        assertThat(desk.copies().get(1).attempt().getLabelsList())
                .extracting(Label::getLabel)
                .contains("my_number");
    }

    @Test
    void aNewPolicyDecidesAboutWhatIsOnTheClipboardAlready() throws Exception {
        desk.always(Verdict.ALLOW);
        startGuarded();
        copyAndAwait("held since before");
        assertThat(paste()).isEqualTo("held since before");
        desk.always(Verdict.BLOCK);
        guard.prepare(Policy.newBuilder().setRevision(8).build()).commit();
        assertThat(paste()).isEmpty();
    }

    @Test
    void theReasonIsAskedForAndOpensTheWay() throws Exception {
        desk.always(Verdict.JUSTIFY);
        startGuarded();
        copyAndAwait("needs a reason");
        assertThat(paste()).isEmpty();
        reason = "監査のため";
        assertThat(paste()).isEqualTo("needs a reason");
        assertThat(notices.get(0).asksForReason()).isTrue();
        assertThat(desk.pastes()).extracting(TestDesk.Recorded::justification).contains("監査のため");
    }

    @Test
    void otherChannelsTellAndAskThePersonOnTheSameDisplay() throws Exception {
        startGuarded();
        DesktopSession session = new DesktopSession(xvfb.display(), "alice", List.of());
        Notice notice = Notice.newBuilder().setJa("USB メモリーを止めました").build();
        guard.tell(session, notice);
        await().atMost(SOON).until(() -> notices.size() == 1);
        assertThat(notices.get(0).asksForReason()).isFalse();
        reason = "会議資料の持参";
        assertThat(guard.askForReason(session, notice).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(new PersonDesk.Given("会議資料の持参"));
        assertThat(notices.get(1).asksForReason()).isTrue();
        assertThat(notices.get(1).text()).isEqualTo("USB メモリーを止めました");
    }

    @Test
    void whoCouldNotBeAskedHasNotDeclined() throws Exception {
        startGuarded();
        noWindow = true;
        DesktopSession session = new DesktopSession(xvfb.display(), "alice", List.of());
        assertThat(guard.askForReason(session, Notice.getDefaultInstance())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(new PersonDesk.Unshown());
        noWindow = false;
        assertThat(guard.askForReason(session, Notice.getDefaultInstance())
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .isEqualTo(new PersonDesk.Declined());
    }

    @Test
    void withoutTheServiceNothingIsHandedOutUntilItIsBack() throws Exception {
        desk.always(Verdict.ALLOW);
        startGuarded();
        copyAndAwait("kept");
        serviceAway = true;
        connections.forEach(LocalConnection::close);
        await().atMost(SOON).until(() -> guard.state().getMode() == ChannelMode.MODE_INACTIVE);
        assertThat(paste()).isEmpty();
        serviceAway = false;
        await().atMost(SOON).until(() -> guard.state().getMode() == ChannelMode.MODE_ENFORCED);
        assertThat(paste()).isEqualTo("kept");
    }

    @Test
    void aServiceThatDoesNotKnowTheTicketEndsTheHelper() throws Exception {
        ticketUnknown = true;
        start();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(DesktopCommand.NOT_TAKEN);
        seat = Optional.empty();
    }
}
