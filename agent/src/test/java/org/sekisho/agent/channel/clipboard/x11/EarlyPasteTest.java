package org.sekisho.agent.channel.clipboard.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.agent.channel.clipboard.x11.ScriptedOwner.Answer;

/** Pastes that come before the takeover, made certain by an owner that keeps the guard waiting. */
@SuppressWarnings("try") // an owner does its work by being there
final class EarlyPasteTest {
    /** The guard waits for one format that never comes, and takes over without it three seconds later: enough for a paste. */
    private static final X11Limits LONG_OPEN = new X11Limits(
            Guarded.SOON, Guarded.SOON, Duration.ofSeconds(3), Duration.ofSeconds(3), Guarded.SOON, Guarded.SOON);

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @RegisterExtension
    final Xvfb withoutRecord = new Xvfb("-extension", "RECORD");

    @TempDir
    private Path held;

    private final TestGate gate = TestGate.refusing();

    private static ScriptedOwner slowOwner(Xvfb on) throws Exception {
        return new ScriptedOwner(on.display()).text("open").answering("image/never", new Answer.Silence());
    }

    @Test
    void whatIsPastedBeforeTheTakeoverIsTold() throws Exception {
        try (Guarded guarded = new Guarded(xvfb.display(), held, gate, LONG_OPEN);
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                ScriptedOwner owner = slowOwner(xvfb).own("CLIPBOARD")) {
            assertThat(guarded.state().getDetail()).contains("pastes before a takeover are recorded");
            await().until(() -> owner.asked("image/never") == 1);
            assertThat(requestor.convert("CLIPBOARD", "TARGETS")).isPresent();
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            await().atMost(Guarded.SOON).until(() -> !gate.early().isEmpty());

            TestGate.Early early = gate.early().get(0);
            assertThat(early.target()).isEqualTo("UTF8_STRING");
            assertThat(early.destination().getPid())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(early.capture()).isEqualTo(gate.captures().get(0));
            assertThat(gate.texts()).containsExactly("open");
            assertThat(gate.early()).hasSize(1);
            assertThat(gate.pastes()).isEmpty();
        }
    }

    @Test
    void whatIsPastedAfterTheTakeoverIsAskedForAndNotTold() throws Exception {
        try (Guarded guarded = new Guarded(xvfb.display(), held, gate, X11Limits.DEFAULT);
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                ScriptedOwner owner =
                        new ScriptedOwner(xvfb.display()).text("closed").own("CLIPBOARD")) {
            await().atMost(Guarded.SOON).until(() -> gate.captures().size() == 1);
            for (int pastes = 0; pastes < 20; pastes++) {
                assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isEmpty();
            }
            assertThat(gate.pastes()).hasSize(20);
            assertThat(guarded.state().getDetail()).contains("pastes before a takeover are recorded");
        }
        assertThat(gate.early()).isEmpty();
    }

    @Test
    void whatIsPastedOfAContentThatANewerOneReplacesIsToldToo() throws Exception {
        try (Guarded guarded = new Guarded(xvfb.display(), held, gate, Guarded.lookingFor(Guarded.SOON));
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                ScriptedOwner owner = slowOwner(xvfb).own("CLIPBOARD")) {
            await().until(() -> owner.asked("image/never") == 1);
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            try (ScriptedOwner newer =
                    new ScriptedOwner(xvfb.display()).text("newer").own("CLIPBOARD")) {
                await().atMost(Guarded.SOON).until(() -> gate.texts().contains("newer"));
            }
            await().atMost(Guarded.SOON).until(() -> !gate.early().isEmpty());
            assertThat(gate.early().get(0).capture().complete()).isFalse();
            assertThat(gate.early().get(0).capture().contents()).isEmpty();
            assertThat(guarded.state().getDetail()).contains("taken over");
        }
    }

    @Test
    void withoutRecordingTheSamePasteIsNotSeenAndTheStateSaysSo() throws Exception {
        try (Guarded guarded = new Guarded(withoutRecord.display(), held, gate, LONG_OPEN);
                ScriptedRequestor requestor = new ScriptedRequestor(withoutRecord.display());
                ScriptedOwner owner = slowOwner(withoutRecord).own("CLIPBOARD")) {
            assertThat(guarded.state().getDetail()).contains("UNSUPPORTED: pastes before a takeover");
            await().until(() -> owner.asked("image/never") == 1);
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            await().atMost(Guarded.SOON).until(() -> gate.captures().size() == 1);
        }
        assertThat(gate.early()).isEmpty();
    }
}
