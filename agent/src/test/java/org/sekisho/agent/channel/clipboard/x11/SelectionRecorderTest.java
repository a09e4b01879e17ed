package org.sekisho.agent.channel.clipboard.x11;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.agent.os.linux.Libc;
import org.sekisho.agent.os.linux.Xcb;
import org.sekisho.v1.Selection;

/** What a real server records of real requests. */
final class SelectionRecorderTest {
    private static final int DISABLE_CONTEXT = 6;
    private static final int XFIXES_QUERY_VERSION = 0;
    private static final int XFIXES_SELECT_SELECTION_INPUT = 2;

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    private final BlockingQueue<SelectionLog.Exposure> exposed = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    private SelectionRecorder record(XConnection guard, int selection) throws ChannelException {
        return requireNonNull(
                SelectionRecorder.start(guard, List.of(selection), exposed::add, lost::complete), "no RECORD");
    }

    /** Of a change that the server has told of, as a round trip has shown. */
    private static int claimedAt(XConnection watching, int selection) throws ChannelException {
        Takeover.owner(watching, selection);
        for (XEvent event = watching.next(); event != null; event = watching.next()) {
            if (event instanceof XEvent.SelectionChanged changed) {
                return changed.selectionTime();
            }
        }
        throw new AssertionError("XFIXES told of no change of selection " + selection);
    }

    @Test
    void tellsWhoAskedWhomForWhatAndNothingOfTheGuards() throws Exception {
        try (XConnection guard = XConnection.open(xvfb.display());
                XConnection program = XConnection.open(xvfb.display())) {
            XAtoms atoms = new XAtoms(program);
            int selection = atoms.of("CLIPBOARD");
            int text = atoms.of("UTF8_STRING");
            int owner = program.createWindow(0);
            int other = program.createWindow(0);
            int guards = guard.createWindow(0);
            Libc.free(requireNonNull(guard.xfixes().ask(XFIXES_QUERY_VERSION, 5, 0), "no XFIXES"));
            guard.xfixes().send(XFIXES_SELECT_SELECTION_INPUT, guards, selection, 1);
            assertThat(Takeover.owner(guard, selection)).as("before any claim").isZero();
            try (SelectionRecorder recorder = record(guard, selection)) {
                Xcb.xcb_set_selection_owner(program.handle(), owner, selection, 0);
                // Another selection, and another kind of request between, in one packet.
                Xcb.xcb_convert_selection(program.handle(), other, atoms.of("SECONDARY"), text, text, 0);
                Xcb.xcb_delete_property(program.handle(), other, text);
                Xcb.xcb_convert_selection(program.handle(), other, selection, text, text, 0);
                assertThat(Takeover.owner(program, selection)).isEqualTo(owner);
                SelectionLog.Exposure first = requireNonNull(exposed.poll(20, TimeUnit.SECONDS), "nothing was told");
                assertThat(first).isEqualTo(new SelectionLog.Exposure(selection, owner, first.since(), other, text));
                assertThat(claimedAt(guard, selection) - first.since())
                        .as("milliseconds from the record of a claim to the claim, as XFIXES tells it")
                        .isBetween(0, 1_000);

                Xcb.xcb_convert_selection(guard.handle(), guards, selection, text, text, 0);
                Xcb.xcb_set_selection_owner(guard.handle(), guards, selection, 0);
                assertThat(Takeover.owner(guard, selection)).isEqualTo(guards);
                Xcb.xcb_convert_selection(program.handle(), other, selection, text, text, 0);
                Xcb.xcb_set_selection_owner(program.handle(), other, selection, 0);
                Xcb.xcb_convert_selection(program.handle(), owner, selection, text, text, 0);
                program.flush();
                SelectionLog.Exposure next = requireNonNull(exposed.poll(20, TimeUnit.SECONDS), "nothing was told");
                assertThat(next)
                        .as("the next that is exposed, and not what the guard asked or was asked")
                        .isEqualTo(new SelectionLog.Exposure(selection, other, next.since(), owner, text));
                assertThat(next.since() - first.since()).isNotNegative();
                assertThat(lost).isNotDone();
                assertThat(recorder.context()).isNotZero();
            }
        }
    }

    @Test
    void aProgramThatEndsTheRecordingIsFoundOut() throws Exception {
        try (XConnection guard = XConnection.open(xvfb.display());
                XConnection program = XConnection.open(xvfb.display());
                SelectionRecorder recorder = record(guard, XAtoms.ATOM)) {
            XExtension.of(program, "RECORD").send(DISABLE_CONTEXT, recorder.context());
            program.flush();

            assertThat(lost.get(20, TimeUnit.SECONDS)).contains("another program has ended the recording");
        }
    }

    @Test
    void aGuardThatHasGoneBlindEndsWithAnError(@TempDir Path held) throws Exception {
        try (XConnection x = XConnection.open(xvfb.display());
                X11Loop loop = new X11Loop(
                        X11Session.on(x, new ContentVault(held), () -> 1, X11Limits.DEFAULT),
                        TestGate.refusing(),
                        Map.of("CLIPBOARD", Selection.CLIPBOARD_SELECTION))) {
            loop.recordingLost("as a test wants it");
            assertThatThrownBy(loop::run)
                    .isInstanceOf(ChannelException.class)
                    .hasMessage("Pastes before a takeover can't be seen any more: as a test wants it");
        }
    }
}
