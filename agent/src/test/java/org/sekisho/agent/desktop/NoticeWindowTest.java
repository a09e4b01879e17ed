package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.agent.Main;
import org.sekisho.agent.channel.clipboard.x11.Xvfb;

/** The process that shows a notice, on a real X server and with a person's keyboard. */
@EnabledOnOs(OS.LINUX)
final class NoticeWindowTest {
    private static final int LONG = 120;
    /** Its window is clicked at: no window manager gives it the keyboard here. In the field a tabulator is text. */
    private static final String WINDOW = "id=; until [ -n \"$id\" ]; do"
            + " id=$(xdotool search --onlyvisible --class sekisho 2>/dev/null | head -n 1); read -r -t 0.1 <> <(:) || true;"
            + " done; eval \"$(xdotool getwindowgeometry --shell \"$id\")\"; ";

    private static final String FIELD = "xdotool mousemove --window \"$id\" 100 60 click 1; ";
    private static final String LAST_BUTTON =
            "xdotool mousemove --window \"$id\" $((WIDTH - 40)) $((HEIGHT - 28)) click 1; ";
    private static final String FIRST_BUTTON = "xdotool key --delay 30 ctrl+Tab space; ";

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @TempDir
    private Path scratch;

    private Process shown(String display, boolean asksForReason, int seconds) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "DISPLAY=" + display));
        command.addAll(OwnJvm.command(64, scratch, Main.class.getName(), List.of("notice")));
        Process notice = xvfb.start(command.toArray(String[]::new));
        try (OutputStream in = notice.getOutputStream()) {
            in.write(notice(asksForReason, seconds).written().getBytes(UTF_8));
        }
        return notice;
    }

    private static NoticeText notice(boolean asksForReason, int seconds) {
        return new NoticeText(Locale.ENGLISH, "A reason is needed.", asksForReason, seconds);
    }

    /** What comes of a window in which a person does this. */
    private String said(boolean asksForReason, String acts) throws Exception {
        Process notice = shown(xvfb.display(), asksForReason, LONG);
        xvfb.run(new byte[0], "bash", "-c", WINDOW + acts);
        return said(notice);
    }

    private static String said(Process notice) throws Exception {
        String said = new String(notice.getInputStream().readAllBytes(), UTF_8);
        assertThat(notice.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return notice.exitValue() + " " + said;
    }

    @Test
    void theReasonThatIsTypedIsGiven() throws Exception {
        assertThat(said(true, FIELD + "xdotool type --delay 30 'maps for the survey'; " + FIRST_BUTTON))
                .isEqualTo("0 maps for the survey");
    }

    @Test
    void nothingTypedIsNoReason() throws Exception {
        assertThat(said(true, FIELD + FIRST_BUTTON + FIELD + "xdotool type --delay 30 x; " + FIRST_BUTTON))
                .isEqualTo("0 x");
    }

    @Test
    void whoDeclinesGivesNone() throws Exception {
        assertThat(said(true, FIELD + "xdotool type --delay 30 'never mind'; " + LAST_BUTTON))
                .isEqualTo("3 ");
    }

    @Test
    void aNoticeIsClosed() throws Exception {
        assertThat(said(false, LAST_BUTTON)).isEqualTo("0 ");
    }

    @Test
    void whoDoesNotAnswerGivesNone() throws Exception {
        assertThat(said(shown(xvfb.display(), true, 1))).isEqualTo("3 ");
    }

    /** None that is named, and none that is there. */
    @ParameterizedTest
    @ValueSource(strings = {"", ":4711"})
    void withoutADisplayNobodyHasDeclined(String display) throws Exception {
        assertThat(said(shown(display, true, LONG))).isEqualTo("1 ");
    }

    @Test
    void aWindowsProcessThatFailsIsNoAnswer() throws Exception {
        CompletionStage<String> answer =
                new NoticeWindows(scratch, "org.sekisho.agent.NoSuchProgram").show(notice(true, LONG));

        assertThat(answer.toCompletableFuture())
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withMessageContaining("exit code 1");
    }
}
