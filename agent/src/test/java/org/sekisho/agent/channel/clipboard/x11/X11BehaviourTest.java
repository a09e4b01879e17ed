package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.HeldContent;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.agent.channel.clipboard.x11.ScriptedOwner.Answer;
import org.sekisho.agent.channel.clipboard.x11.ScriptedRequestor.Received;
import org.sekisho.agent.os.linux.Xcb;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ClipboardFormat;
import org.sekisho.v1.Selection;

/** What the contract doesn't say because only X11 has it, with clients that behave badly. */
@SuppressWarnings("try") // an owner does its work by being there
final class X11BehaviourTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CLIENT_MESSAGE = 33;
    /** Short enough for a test to wait for, long enough for a busy machine not to hit by chance where nothing hangs. */
    private static final X11Limits HASTY = new X11Limits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @TempDir
    private java.nio.file.Path held;

    private final TestGate gate = TestGate.allowing();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private Optional<X11Clipboard> clipboard = Optional.empty();

    @AfterEach
    void close() throws Exception {
        clipboard.ifPresent(X11Clipboard::close);
        if (clipboard.isPresent()) {
            ended.get(20, TimeUnit.SECONDS);
        }
        assertThat(held).isEmptyDirectory();
    }

    private X11Clipboard serve(X11Limits limits) {
        X11Clipboard opened = new X11Clipboard(xvfb.display(), new ContentVault(held), () -> 256L << 20, limits);
        clipboard = Optional.of(opened);
        new Thread(() -> {
                    try {
                        opened.serve(gate);
                        ended.complete("");
                    } catch (ChannelException | RuntimeException e) {
                        ended.complete(String.valueOf(e.getMessage()));
                    }
                })
                .start();
        await().atMost(SOON).until(() -> opened.state().getMode() == ChannelMode.MODE_ENFORCED);
        return opened;
    }

    private void awaitCaptures(int count) {
        await().atMost(SOON).until(() -> gate.captures().size() >= count);
    }

    @Test
    void everyFormatComesBackAsItsOwnerDeliveredIt() throws Exception {
        serve(X11Limits.DEFAULT);
        byte[] cp932 = "個人番号 １２３".getBytes(Charset.forName("windows-31j"));
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                        .text("text")
                        .answering("STRING", new Answer.Bytes("STRING", 8, cp932))
                        .answering("text/html", new Answer.Bytes("text/html", 8, "<b>x</b>".getBytes(UTF_8)))
                        .answering("x-special/gnome-copied-files", new Answer.Bytes("ATOM_PAIR", 32, new byte[8]))
                        .answering("image/png", new Answer.Bytes("image/png", 8, new byte[] {1, 2, 3}))
                        .answering("promised", new Answer.Refusal())
                        .own("CLIPBOARD");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            Capture capture = gate.captures().get(0);
            assertThat(capture.complete()).isTrue();
            assertThat(capture.contents())
                    .extracting(HeldContent::format)
                    .containsExactly(
                            ClipboardFormat.TEXT,
                            ClipboardFormat.TEXT,
                            ClipboardFormat.HTML,
                            ClipboardFormat.FILES,
                            ClipboardFormat.IMAGE);
            Received targets = requestor.convert("CLIPBOARD", "TARGETS").orElseThrow();
            assertThat(targets.type()).isEqualTo("ATOM");
            assertThat(requestor.names(targets.value()))
                    .contains("TARGETS", "MULTIPLE", "TIMESTAMP", "STRING", "image/png")
                    .doesNotContain("promised");
            Received timestamp = requestor.convert("CLIPBOARD", "TIMESTAMP").orElseThrow();
            assertThat(XWords.words(timestamp.value())[0]).isNotZero();
            assertThat(gate.pastes()).isEmpty();
            assertThat(requestor.convert("CLIPBOARD", "STRING").orElseThrow().value())
                    .isEqualTo(cp932);
            Received pair = requestor
                    .convert("CLIPBOARD", "x-special/gnome-copied-files")
                    .orElseThrow();
            assertThat(pair.type()).isEqualTo("ATOM_PAIR");
            assertThat(pair.format()).isEqualTo(32);
            assertThat(requestor.convert("CLIPBOARD", "image/bmp")).isEmpty();
            assertThat(gate.pastes()).hasSize(2);
        }
    }

    @Test
    void primaryAndDragAndDropAreGuardedToo() throws Exception {
        serve(X11Limits.DEFAULT);
        gate.answerFromNowOn(
                paste -> CompletableFuture.completedFuture(paste.capture().selection() == Selection.PRIMARY_SELECTION));
        try (ScriptedOwner marked =
                        new ScriptedOwner(xvfb.display()).text("marked").own("PRIMARY");
                ScriptedOwner dragged =
                        new ScriptedOwner(xvfb.display()).text("dragged").own("XdndSelection");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(2);
            assertThat(gate.captures())
                    .extracting(Capture::selection)
                    .containsExactlyInAnyOrder(Selection.PRIMARY_SELECTION, Selection.DRAG_AND_DROP);
            assertThat(requestor.convert("PRIMARY", "UTF8_STRING")).isPresent();
            assertThat(requestor.convert("XdndSelection", "UTF8_STRING")).isEmpty();
        }
    }

    /** The part of XDND 5 that touches the selection: the drop names the source's window, the data come from the owner. */
    @Test
    void aDropStillGetsItsContentFromWhoOwnsTheDragSelection() throws Exception {
        serve(X11Limits.DEFAULT);
        try (ScriptedOwner source = new ScriptedOwner(xvfb.display())
                        .answering("text/uri-list", new Answer.Bytes("text/uri-list", 8, "file:///a".getBytes(UTF_8)))
                        .answering("XdndDirectSave0", new Answer.Bytes("STRING", 8, "E".getBytes(UTF_8)))
                        .own("XdndSelection");
                ScriptedRequestor target = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            source.drop(target.window());
            target.await(event -> event instanceof XEvent.Other other && other.type() == CLIENT_MESSAGE);
            Received dropped = target.convert("XdndSelection", "text/uri-list").orElseThrow();
            assertThat(new String(dropped.value(), UTF_8)).isEqualTo("file:///a");
            assertThat(source.asked("XdndDirectSave0")).isZero();
            assertThat(gate.pastes().get(0).capture().selection()).isEqualTo(Selection.DRAG_AND_DROP);
        }
    }

    @Test
    void severalTargetsAtOnceAreEachAskedFor() throws Exception {
        serve(X11Limits.DEFAULT);
        gate.answerFromNowOn(
                paste -> CompletableFuture.completedFuture(paste.target().equals("STRING")));
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                        .text("secret")
                        .answering("STRING", new Answer.Bytes("STRING", 8, "plain".getBytes(UTF_8)))
                        .own("CLIPBOARD");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            int[] pairs = {
                requestor.atom("UTF8_STRING"), requestor.atom("ONE"),
                requestor.atom("STRING"), requestor.atom("TWO"),
                requestor.atom("TIMESTAMP"), requestor.atom("THREE")
            };
            requestor.write("LIST", "ATOM_PAIR", pairs);
            requestor.ask("CLIPBOARD", "MULTIPLE", "LIST");
            assertThat(requestor.told("MULTIPLE").property()).isEqualTo(requestor.atom("LIST"));
            int[] answered = XWords.words(requestor.take(requestor.atom("LIST")).value());
            assertThat(answered).containsExactly(pairs[0], 0, pairs[2], pairs[3], pairs[4], pairs[5]);
            assertThat(new String(requestor.take(pairs[3]).value(), UTF_8)).isEqualTo("plain");
            assertThat(gate.pastes()).hasSize(2);
        }
    }

    @Test
    void largeContentComesAndGoesInIncrements() throws Exception {
        serve(X11Limits.DEFAULT);
        byte[] large = new byte[3_000_001];
        new Random(1).nextBytes(large);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                        .answering("text/plain", new Answer.Incremental("text/plain", large, 50_000, -1))
                        .own("CLIPBOARD");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            assertThat(gate.captures().get(0).complete()).isTrue();
            Received received = requestor.convert("CLIPBOARD", "text/plain").orElseThrow();
            assertThat(received.incremental()).isTrue();
            assertThat(received.type()).isEqualTo("text/plain");
            assertThat(received.value()).isEqualTo(large);
        }
    }

    @Test
    void anOwnerThatNeverAnswersLosesTheSelectionAndHoldsUpNobody() throws Exception {
        serve(HASTY);
        try (ScriptedOwner hanging = new ScriptedOwner(xvfb.display()).silent().own("CLIPBOARD");
                ScriptedOwner lively =
                        new ScriptedOwner(xvfb.display()).text("lively").own("PRIMARY");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            await().atMost(SOON).until(() -> hanging.asked("TARGETS") == 1);
            awaitCaptures(1);
            assertThat(gate.captures().get(0).selection()).isEqualTo(Selection.PRIMARY_SELECTION);
            awaitCaptures(2);
            Capture nothing = gate.captures().get(1);
            assertThat(nothing.contents()).isEmpty();
            assertThat(nothing.complete()).isFalse();
            assertThat(requestor.ownerOf("CLIPBOARD")).isNotEqualTo(hanging.window());
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isEmpty();
        }
    }

    @Test
    void anOwnerThatStopsHalfwayLosesOnlyThatFormat() throws Exception {
        serve(HASTY);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                        .text("whole")
                        .answering("text/plain", new Answer.Incremental("text/plain", new byte[100_000], 10_000, 3))
                        .answering("text/html", new Answer.Silence())
                        .own("CLIPBOARD");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            Capture capture = gate.captures().get(0);
            assertThat(capture.complete()).isFalse();
            assertThat(capture.contents()).extracting(HeldContent::target).containsExactly("UTF8_STRING");
            assertThat(requestor.convert("CLIPBOARD", "text/plain")).isEmpty();
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
        }
    }

    @Test
    void anOwnerThatDiesHalfwayIsNotWaitedFor() throws Exception {
        serve(X11Limits.DEFAULT);
        ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                .answering("text/plain", new Answer.Incremental("text/plain", new byte[100_000], 10_000, 3))
                .own("CLIPBOARD");
        try (owner) {
            await().atMost(SOON).until(() -> owner.asked("text/plain") == 1);
            try (ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
                await().atMost(SOON).until(() -> requestor.ownerOf("CLIPBOARD") != owner.window());
            }
        }
        awaitCaptures(1);
        assertThat(gate.captures().get(0).complete()).isFalse();
    }

    @Test
    void whatAKilledProgramCopiedStaysAvailable() throws Exception {
        serve(X11Limits.DEFAULT);
        Process xclip = xvfb.xclip("outlives me".getBytes(UTF_8), "-selection", "clipboard");
        awaitCaptures(1);
        xclip.destroyForcibly().waitFor();
        try (ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            assertThat(new String(
                            requestor
                                    .convert("CLIPBOARD", "UTF8_STRING")
                                    .orElseThrow()
                                    .value(),
                            UTF_8))
                    .isEqualTo("outlives me");
        }
    }

    @Test
    void aRequestorThatNeverTakesHoldsUpNobodyAndIsGivenUp() throws Exception {
        serve(HASTY);
        byte[] large = new byte[600_000];
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())
                        .answering("text/plain", new Answer.Bytes("text/plain", 8, large))
                        .own("CLIPBOARD");
                ScriptedRequestor lazy = new ScriptedRequestor(xvfb.display());
                ScriptedRequestor diligent = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            lazy.ask("CLIPBOARD", "text/plain", "ANSWER");
            assertThat(lazy.told("text/plain").property()).isNotZero();
            assertThat(diligent.convert("CLIPBOARD", "text/plain").orElseThrow().value())
                    .isEqualTo(large);
            await().atMost(SOON).until(() -> gate.done().size() == 2);
            assertThat(gate.done()).anySatisfy(done -> {
                assertThat(done.failure()).contains("no progress");
                assertThat(done.bytes()).isZero();
            });
        }
    }

    @Test
    void aRequestorThatDiesIsForgotten() throws Exception {
        serve(X11Limits.DEFAULT);
        gate.answerFromNowOn(paste -> new CompletableFuture<>());
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display()).text("x").own("CLIPBOARD")) {
            awaitCaptures(1);
            try (ScriptedRequestor dying = new ScriptedRequestor(xvfb.display())) {
                dying.ask("CLIPBOARD", "UTF8_STRING", "ANSWER");
                await().atMost(SOON).until(() -> !gate.pastes().isEmpty());
            }
            await().atMost(SOON).until(() -> !gate.done().isEmpty());
            assertThat(gate.done().get(0).failure()).contains("gone");
        }
    }

    @Test
    void oneProgramCannotUseUpAllRequests() throws Exception {
        serve(X11Limits.DEFAULT);
        gate.answerFromNowOn(paste -> new CompletableFuture<>());
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display()).text("x").own("CLIPBOARD");
                ScriptedRequestor greedy = new ScriptedRequestor(xvfb.display());
                ScriptedRequestor modest = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            for (int i = 0; i <= X11Limits.REQUESTS_OF_ONE; i++) {
                greedy.ask("CLIPBOARD", "UTF8_STRING", "ANSWER_" + i);
            }
            assertThat(greedy.told("UTF8_STRING").property()).isZero();
            assertThat(gate.pastes()).hasSize(X11Limits.REQUESTS_OF_ONE);
            modest.ask("CLIPBOARD", "UTF8_STRING", "ANSWER");
            await().atMost(SOON).until(() -> gate.pastes().size() == X11Limits.REQUESTS_OF_ONE + 1);
        }
    }

    @Test
    void aStormOfCopiesEndsWithTheNewest() throws Exception {
        serve(X11Limits.DEFAULT);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display()).text("calm");
                ScriptedOwner last = new ScriptedOwner(xvfb.display()).text("newest");
                ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display())) {
            for (int i = 0; i < 1_000; i++) {
                owner.claim("CLIPBOARD");
            }
            owner.own("CLIPBOARD");
            last.own("CLIPBOARD");
            await().atMost(SOON).until(() -> gate.texts().contains("newest"));
            assertThat(gate.texts().get(gate.texts().size() - 1)).isEqualTo("newest");
            assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            assertThat(requestor.ownerOf("CLIPBOARD")).isNotEqualTo(last.window());
        }
    }

    @Test
    void anEndlessOfferIsCutShortAndSaidToBeIncomplete() throws Exception {
        serve(X11Limits.DEFAULT);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display())) {
            for (int i = 0; i < 3 * X11Limits.FORMATS; i++) {
                owner.answering("application/x-" + i, new Answer.Bytes("STRING", 8, new byte[] {1}));
            }
            owner.own("CLIPBOARD");
            awaitCaptures(1);
            assertThat(gate.captures().get(0).contents()).hasSize(X11Limits.FORMATS);
            assertThat(gate.captures().get(0).complete()).isFalse();
        }
    }

    @Test
    void aRequestForgedInTheServersNameGetsNothing() throws Exception {
        serve(X11Limits.DEFAULT);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display()).text("x").own("CLIPBOARD");
                ScriptedRequestor forger = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            int guard = forger.ownerOf("CLIPBOARD");
            byte[] event = XWords.bytes(
                    30,
                    0,
                    guard,
                    forger.window(),
                    forger.atom("CLIPBOARD"),
                    forger.atom("UTF8_STRING"),
                    forger.atom("ANSWER"),
                    0);
            event[0] = 30;
            Xcb.xcb_send_event(forger.connection().handle(), (byte) 0, guard, 0, event);
            assertThat(forger.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            assertThat(gate.pastes()).hasSize(1);
        }
    }

    @Test
    void aProgramThatDestroysTheGuardsWindowIsFoundOut() throws Exception {
        serve(X11Limits.DEFAULT);
        try (ScriptedOwner owner = new ScriptedOwner(xvfb.display()).text("x").own("CLIPBOARD");
                ScriptedRequestor vandal = new ScriptedRequestor(xvfb.display())) {
            awaitCaptures(1);
            vandal.connection().destroyWindow(vandal.ownerOf("CLIPBOARD"));
            vandal.connection().flush();
            assertThat(ended.get(20, TimeUnit.SECONDS)).contains("destroyed the window");
            assertThat(vandal.ownerOf("CLIPBOARD")).isZero();
        }
    }

    @Test
    void aDisplayThatGoesAwayEndsServingAndNotTheProcess() throws Exception {
        X11Clipboard served = serve(X11Limits.DEFAULT);
        xvfb.server().destroyForcibly().waitFor();
        assertThat(ended.get(20, TimeUnit.SECONDS)).contains(xvfb.display()).contains("XCB_CONN_ERROR");
        assertThat(served.state().getMode()).isEqualTo(ChannelMode.MODE_FAILED);
    }
}
