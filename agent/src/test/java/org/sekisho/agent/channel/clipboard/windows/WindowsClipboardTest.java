package org.sekisho.agent.channel.clipboard.windows;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.HeldContent;
import org.sekisho.agent.channel.clipboard.Paste;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.agent.channel.clipboard.SessionClipboardContract;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ClipboardFormat;

/** The contract and what is Windows' own, with two other processes that copy and paste. */
@EnabledOnOs(OS.WINDOWS)
final class WindowsClipboardTest extends SessionClipboardContract {
    private Duration answerWithin = Duration.ofSeconds(10);
    // Two programs for all tests: starting one takes longer than all that is asked of it.
    private static WindowsProgram source;
    private static WindowsProgram destination;

    @BeforeAll
    static void startPrograms() throws IOException {
        source = new WindowsProgram();
        destination = new WindowsProgram();
    }

    @AfterAll
    static void stopPrograms() throws IOException {
        source.close();
        destination.close();
    }

    @BeforeEach
    void emptyTheClipboard() throws IOException {
        source.expectOk("empty");
    }

    @Override
    protected SessionClipboard open(ContentVault vault, long maxBytes) {
        return new WindowsClipboard(vault, () -> maxBytes, answerWithin);
    }

    @Override
    protected void copy(String text) throws IOException {
        source.copy(text);
    }

    @Override
    protected Optional<String> paste() throws IOException {
        return destination.pasteText();
    }

    @Override
    protected Charset charset() {
        return UTF_16LE;
    }

    @Test
    void knowsSourceAndDestination() throws Exception {
        TestGate gate = TestGate.refusing();
        serve(gate);
        copyAndAwait(gate, "text");
        paste();

        Paste paste = gate.pastes().getFirst();
        assertThat(paste.capture().source().getPid()).isEqualTo((int) source.pid());
        assertThat(paste.capture().source().getPath()).endsWithIgnoringCase("java.exe");
        assertThat(paste.destination().getPid()).isEqualTo((int) destination.pid());
        assertThat(paste.destination().getPath())
                .endsWithIgnoringCase("java.exe")
                .contains(":\\");
        assertThat(paste.destination().getUser()).endsWithIgnoringCase(System.getProperty("user.name"));
        assertThat(paste.target()).isEqualTo("CF_UNICODETEXT");
    }

    @Test
    void asksAgainForTheNextDestination() throws Exception {
        TestGate gate = TestGate.answering(
                paste -> CompletableFuture.completedFuture(paste.destination().getPid() == (int) source.pid()));
        serve(gate);
        copyAndAwait(gate, "text");

        assertThat(source.pasteText()).contains("text");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(destination.pasteText()).isEmpty());
        assertThat(gate.pastes())
                .anySatisfy(paste -> assertThat(paste.destination().getPid()).isEqualTo((int) destination.pid()));
    }

    @Test
    void takesEveryFormatOverAndHandsEachOut() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        byte[] html = "Version:0.9<html>表</html>".getBytes(UTF_8);
        byte[] own = {1, 2, 3, 4};
        source.expectOk("copy CF_UNICODETEXT %s HTML_Format %s Sekisho_Test %s"
                .formatted(encoded("表\0".getBytes(UTF_16LE)), encoded(html), encoded(own)));
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());

        Capture capture = gate.captures().getFirst();
        assertThat(capture.complete()).isTrue();
        assertThat(capture.contents())
                .extracting(HeldContent::target, HeldContent::format)
                .containsExactly(
                        tuple("CF_UNICODETEXT", ClipboardFormat.TEXT),
                        tuple("HTML Format", ClipboardFormat.HTML),
                        tuple("Sekisho Test", ClipboardFormat.OTHER_FORMAT));
        assertThat(destination.paste("HTML_Format").orElseThrow()).startsWith(html);
        assertThat(destination.paste("Sekisho_Test").orElseThrow()).startsWith(own);
        assertThat(paste()).contains("表");
    }

    @Test
    void asksOnceForTheFormatsOfOnePaste() throws Exception {
        TestGate gate = TestGate.refusing();
        serve(gate);
        source.expectOk("copy CF_UNICODETEXT %s HTML_Format QUJD".formatted(encoded("表\0".getBytes(UTF_16LE))));
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());

        assertThat(destination.say("pasteall HTML_Format CF_UNICODETEXT")).isEqualTo("nothing nothing");

        assertThat(gate.pastes()).hasSize(1);
    }

    @Test
    void readsTextThatWasCopiedAsAnsi() throws Exception {
        TestGate gate = TestGate.refusing();
        serve(gate);
        source.copy("CF_TEXT", "plain\0".getBytes(UTF_8));
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());

        assertThat(gate.texts()).containsExactly("plain");
        assertThat(destination.paste("CF_TEXT")).isEmpty();
        assertThat(paste()).isEmpty();
    }

    @Test
    void keepsWhatTheKilledSourceHadCopied() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        try (WindowsProgram killed = new WindowsProgram()) {
            killed.copy("bleibt");
            await().atMost(SOON).until(() -> !gate.captures().isEmpty());
            killed.kill();
        }

        assertThat(paste()).contains("bleibt");
    }

    @Test
    void seesTheLastOfAStorm() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        source.expectOk("storm 300");

        await().atMost(SOON).until(() -> gate.texts().contains("storm 300"));
        assertThat(paste()).contains("storm 300");
    }

    @Test
    void givesALateAnswerToTheNextRequest() throws Exception {
        answerWithin = Duration.ofMillis(200);
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        TestGate gate = TestGate.answering(paste -> answer);
        serve(gate);
        copyAndAwait(gate, "text");
        assertThat(paste()).isEmpty();

        answer.complete(true);

        assertThat(paste()).contains("text");
        assertThat(gate.pastes()).hasSize(1);
    }

    @Test
    void holdsLargeContents() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        byte[] large = new byte[8 << 20];
        new Random(1).nextBytes(large);
        source.copy("Sekisho_Test", large);
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());

        assertThat(destination.paste("Sekisho_Test").orElseThrow()).isEqualTo(large);
    }

    @Test
    void takesOverWhatLayThereBefore() throws Exception {
        copy("von vorher");
        TestGate gate = TestGate.refusing();
        serve(gate);
        await().atMost(SOON).until(() -> !gate.captures().isEmpty());

        assertThat(gate.texts()).containsExactly("von vorher");
        assertThat(paste()).isEmpty();
    }

    @Test
    void waitsForAProgramThatHoldsTheClipboardOpen() throws Exception {
        TestGate gate = TestGate.refusing();
        SessionClipboard served = serve(gate);
        source.expectOk("copyandhold CF_UNICODETEXT " + encoded("held\0".getBytes(UTF_16LE)));
        assertThat(gate.captures()).isEmpty();
        source.expectOk("release");

        await().atMost(SOON).until(() -> !gate.captures().isEmpty());
        assertThat(paste()).isEmpty();
        assertThat(served.state().getMode()).isEqualTo(ChannelMode.MODE_ENFORCED);
    }

    @Test
    void raisesNothingForItsOwnOffers() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        copyAndAwait(gate, "text");
        for (int i = 0; i < 5; i++) {
            assertThat(paste()).contains("text");
        }

        assertThat(gate.captures()).hasSize(1);
    }

    @Test
    void doesNotLetAReaderOfEachOfferGoOnForEver() throws Exception {
        TestGate gate = TestGate.allowing();
        serve(gate);
        copyAndAwait(gate, "text");
        assertThat(destination.say("watch 2000")).matches("read [0-9]+");

        assertThat(gate.pastes()).hasSizeBetween(1, WindowsAnswers.BURST);
    }

    @Test
    void doesNotKnowAReaderWithoutAWindow() throws Exception {
        TestGate gate = TestGate.refusing();
        serve(gate);
        copyAndAwait(gate, "text");
        try (WindowsProgram windowless = new WindowsProgram("windowless")) {
            assertThat(windowless.pasteText()).isEmpty();
        }

        assertThat(gate.pastes())
                .singleElement()
                .satisfies(paste -> assertThat(paste.destination().getPid()).isZero());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
