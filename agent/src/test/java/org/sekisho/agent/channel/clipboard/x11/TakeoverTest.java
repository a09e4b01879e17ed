package org.sekisho.agent.channel.clipboard.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.TestGate;

/** The moment in which a content changes hands, on a real display. */
@SuppressWarnings("try") // an owner does its work by being there
final class TakeoverTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @TempDir
    private Path held;

    @Test
    void whatIsAskedForWhileTheOwnerIsLookedAtIsDecidedByTheGate() throws Exception {
        TestGate gate = TestGate.refusing();
        CompletableFuture<Optional<ScriptedRequestor.Received>> pasted = new CompletableFuture<>();
        try (ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                Guarded guarded = new Guarded(xvfb.display(), held, gate, Guarded.lookingFor(Duration.ofSeconds(1)))) {
            gate.lookFromNowOn((pid, clients) -> {
                Thread.ofPlatform().daemon().start(() -> paste(requestor, pasted));
                // It takes as long as the clipboard bears.
                return new CompletableFuture<>();
            });
            try (ScriptedOwner owner =
                    new ScriptedOwner(xvfb.display()).text("not yet taken over").own("CLIPBOARD")) {
                assertThat(pasted.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEmpty();
                assertThat(gate.pastes()).hasSize(1);
                assertThat(owner.asked("UTF8_STRING")).isEqualTo(1);
            }
        }
    }

    @Test
    void withoutTheGuardTheOwnerAnswersThatPaste() throws Exception {
        CompletableFuture<Optional<ScriptedRequestor.Received>> pasted = new CompletableFuture<>();
        try (ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                ScriptedOwner owner =
                        new ScriptedOwner(xvfb.display()).text("not taken over").own("CLIPBOARD")) {
            paste(requestor, pasted);
            assertThat(pasted.join()).isPresent();
            assertThat(owner.asked("UTF8_STRING")).isEqualTo(1);
        }
    }

    @Test
    void aRehearsalTakesOverEachTimeAndTouchesNothingOfThePersons() throws Exception {
        TestGate gate = TestGate.allowing();
        try (ScriptedRequestor requestor = new ScriptedRequestor(xvfb.display());
                ScriptedOwner owner =
                        new ScriptedOwner(xvfb.display()).text("mine").own("CLIPBOARD")) {
            assertThat(Rehearsal.run(xvfb.display(), new ContentVault(held), X11Limits.DEFAULT))
                    .isEqualTo(Rehearsal.ROUNDS);
            assertThat(requestor.ownerOf("CLIPBOARD")).isEqualTo(owner.window());
            assertThat(owner.asked("TARGETS")).isZero();
            try (Guarded guarded = new Guarded(xvfb.display(), held, gate, X11Limits.DEFAULT)) {
                await().atMost(SOON).until(() -> gate.texts().contains("mine"));
                guarded.rehearse();
                assertThat(gate.captures()).hasSize(1);
                assertThat(requestor.convert("CLIPBOARD", "UTF8_STRING")).isPresent();
            }
        }
        assertThat(held).isEmptyDirectory();
    }

    @Test
    void aRehearsalWithoutADisplayEndsAndDoesNoHarm() {
        assertThat(Rehearsal.run(":65000", new ContentVault(held), X11Limits.DEFAULT))
                .isZero();
    }

    private static void paste(
            ScriptedRequestor requestor, CompletableFuture<Optional<ScriptedRequestor.Received>> pasted) {
        try {
            pasted.complete(requestor.convert("CLIPBOARD", "UTF8_STRING"));
        } catch (Exception e) {
            pasted.completeExceptionally(e);
        }
    }
}
