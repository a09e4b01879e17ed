package org.sekisho.agent.channel.clipboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Selection;

/**
 * What every {@link SessionClipboard} promises. A subclass says how another program copies and pastes on its platform.
 */
public abstract class SessionClipboardContract {
    protected static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    protected Path held;

    private @Nullable SessionClipboard clipboard;
    private @Nullable Thread serving;
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    /** A clipboard that holds no more than {@code maxBytes} of one content. */
    protected abstract SessionClipboard open(ContentVault vault, long maxBytes) throws Exception;

    /** Another program copies {@code text}. */
    protected abstract void copy(String text) throws Exception;

    /** Another program asks for text; empty if it gets none. */
    protected abstract Optional<String> paste() throws Exception;

    /** How the platform's first format writes text. */
    protected Charset charset() {
        return UTF_8;
    }

    protected final SessionClipboard serve(ClipboardGate gate) throws Exception {
        return serve(gate, 256L << 20);
    }

    protected final SessionClipboard serve(ClipboardGate gate, long maxBytes) throws Exception {
        SessionClipboard opened = open(new ContentVault(held), maxBytes);
        clipboard = opened;
        Thread thread = new Thread(
                () -> {
                    try {
                        opened.serve(gate);
                        ended.complete("");
                    } catch (ChannelException | RuntimeException e) {
                        ended.complete(String.valueOf(e.getMessage()));
                    }
                },
                "clipboard under test");
        serving = thread;
        thread.start();
        await().atMost(SOON).until(() -> opened.state().getMode() != ChannelMode.MODE_INACTIVE);
        return opened;
    }

    /** Completes with why serving ended; empty if it was closed. */
    protected final CompletableFuture<String> ended() {
        return ended;
    }

    @AfterEach
    final void closeClipboard() throws Exception {
        if (clipboard != null) {
            clipboard.close();
        }
        if (serving != null) {
            serving.join(SOON);
            assertThat(serving.isAlive()).as("still serving after close").isFalse();
        }
        assertThat(held).as("what was held is wiped").isEmptyDirectory();
    }

    @Test
    final void withoutTheGuardAPasteSucceeds() throws Exception {
        copy("nobody guards this");
        // A real program may go on to the background before the OS has made it the owner.
        await().atMost(SOON).untilAsserted(() -> assertThat(paste()).contains("nobody guards this"));
    }

    @Test
    final void aCopyIsReadAndTakenOver() throws Exception {
        TestGate gate = TestGate.allowing();
        SessionClipboard served = serve(gate);
        copy("全角１２３ and ascii");
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());
        Capture capture = gate.captures().get(0);
        assertThat(gate.texts()).containsExactly("全角１２３ and ascii");
        assertThat(capture.selection()).isEqualTo(Selection.CLIPBOARD_SELECTION);
        assertThat(capture.complete()).isTrue();
        assertThat(capture.source().getPid()).isPositive();
        assertThat(capture.exposed()).isPositive();
        assertThat(served.state().getMode()).isEqualTo(ChannelMode.MODE_ENFORCED);
    }

    @Test
    final void whatIsAllowedIsHandedOut() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        copyAndAwait(gate, "allowed 全角１２３");
        assertThat(paste()).contains("allowed 全角１２３");
        await().atMost(SOON).until(() -> !gate.done().isEmpty());
        assertThat(gate.pastes().get(0).destination().getPid()).isPositive();
        assertThat(gate.done().get(0).failure()).isEmpty();
        assertThat(gate.done().get(0).bytes()).isEqualTo("allowed 全角１２３".getBytes(charset()).length);
    }

    @Test
    final void whatIsRefusedIsNotHandedOut() throws Exception {
        TestGate gate = TestGate.refusing();
        serve(gate);
        copyAndAwait(gate, "refused");
        assertThat(paste()).isEmpty();
        assertThat(gate.pastes()).isNotEmpty();
        assertThat(gate.done()).allMatch(done -> done.bytes() == 0);
    }

    @Test
    final void aGateThatFailsRefuses() throws Exception {
        TestGate gate = TestGate.answering(paste -> CompletableFuture.failedFuture(new IllegalStateException("gone")));
        serve(gate);
        copyAndAwait(gate, "nobody can decide");
        assertThat(paste()).isEmpty();
    }

    @Test
    final void aPasteIsHeldUntilItIsAnswered() throws Exception {
        CompletableFuture<Boolean> later = new CompletableFuture<>();
        TestGate gate = TestGate.answering(paste -> later);
        serve(gate);
        copyAndAwait(gate, "held back");
        CompletableFuture<Optional<String>> pasted = pasteInBackground();
        await().atMost(SOON).until(() -> !gate.pastes().isEmpty());
        assertThat(pasted).isNotDone();
        later.complete(true);
        assertThat(pasted.get(20, TimeUnit.SECONDS)).contains("held back");
    }

    @Test
    final void aPasteThatIsOpenWhenTheClipboardClosesGetsNothing() throws Exception {
        TestGate gate = TestGate.answering(paste -> new CompletableFuture<>());
        SessionClipboard served = serve(gate);
        copyAndAwait(gate, "never answered");
        CompletableFuture<Optional<String>> pasted = pasteInBackground();
        await().atMost(SOON).until(() -> !gate.pastes().isEmpty());
        served.close();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(paste()).isEmpty();
    }

    @Test
    final void theNewestCopyWins() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        copyAndAwait(gate, "first");
        copyAndAwait(gate, "second");
        assertThat(paste()).contains("second");
        assertThat(gate.captures()).extracting(Capture::id).isSorted().doesNotHaveDuplicates();
    }

    @Test
    final void whatIsClearedIsGone() throws Exception {
        TestGate gate = TestGate.allowing();
        SessionClipboard served = serve(gate);
        copyAndAwait(gate, "to be cleared");
        served.clear();
        await().atMost(SOON).until(() -> paste().isEmpty());
        assertThat(gate.captures()).hasSize(1);
    }

    @Test
    final void contentOverTheLimitIsNotHeldAndSaidToBeIncomplete() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate, 100);
        copy("x".repeat(101));
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());
        assertThat(gate.captures().get(0).complete()).isFalse();
        assertThat(paste()).isEmpty();
    }

    protected final void copyAndAwait(TestGate gate, String text) throws Exception {
        int before = gate.captures().size();
        copy(text);
        await().atMost(SOON).until(() -> gate.captures().size() > before);
    }

    private CompletableFuture<Optional<String>> pasteInBackground() {
        CompletableFuture<Optional<String>> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(paste());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
