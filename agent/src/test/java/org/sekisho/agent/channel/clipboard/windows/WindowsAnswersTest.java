package org.sekisho.agent.channel.clipboard.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.TestGate;
import org.sekisho.agent.channel.clipboard.windows.WindowsAnswers.Answer;
import org.sekisho.v1.Process;
import org.sekisho.v1.Selection;

class WindowsAnswersTest {
    private static final Capture CAPTURE = capture(1);
    private static final Process READER =
            Process.newBuilder().setPid(7).setPath("C:\\reader.exe").build();
    private static final Process OTHER =
            Process.newBuilder().setPid(8).setPath("C:\\other.exe").build();
    private static final long WINDOW = 0x1234;

    private final AtomicLong clock = new AtomicLong();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    private static Capture capture(long id) {
        return new Capture(
                id, Selection.CLIPBOARD_SELECTION, Process.getDefaultInstance(), List.of(), Duration.ZERO, true);
    }

    private WindowsAnswers answers(TestGate gate) {
        return new WindowsAnswers(gate, Duration.ofMillis(20), clock::get, closing);
    }

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void oneAnswerHoldsForTheOtherFormatsOfAPaste() {
        TestGate gate = TestGate.allowing();
        WindowsAnswers answers = answers(gate);

        assertThat(answers.ask(CAPTURE, READER, WINDOW, "HTML Format").handOut())
                .isTrue();
        Answer second = answers.ask(CAPTURE, READER, WINDOW, "CF_UNICODETEXT");

        assertThat(second.handOut()).isTrue();
        assertThat(second.report()).isNull();
        assertThat(gate.pastes()).hasSize(1);
    }

    @Test
    void theSameFormatAgainIsAnotherPaste() {
        TestGate gate = TestGate.refusing();
        WindowsAnswers answers = answers(gate);
        answers.ask(CAPTURE, READER, WINDOW, "CF_UNICODETEXT");
        answers.ask(CAPTURE, READER, WINDOW, "CF_UNICODETEXT");

        assertThat(gate.pastes()).hasSize(2);
    }

    @Test
    void anotherReaderWindowContentOrTimeIsAnotherPaste() {
        TestGate gate = TestGate.allowing();
        WindowsAnswers answers = answers(gate);
        answers.ask(CAPTURE, READER, WINDOW, "a");
        answers.ask(CAPTURE, OTHER, WINDOW, "b");
        answers.ask(CAPTURE, OTHER, WINDOW + 1, "c");
        answers.ask(capture(2), OTHER, WINDOW + 1, "d");
        pass(1001);
        answers.ask(capture(2), OTHER, WINDOW + 1, "e");

        assertThat(gate.pastes()).hasSize(5);
    }

    @Test
    void aLateYesIsUsedOnceByTheReaderThatAsked() {
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        TestGate gate = TestGate.answering(paste -> late);
        WindowsAnswers answers = answers(gate);
        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
        assertThat(gate.pastes()).as("while the user is asked").hasSize(1);
        late.complete(true);
        gate.answerFromNowOn(paste -> CompletableFuture.completedFuture(false));

        Answer used = answers.ask(CAPTURE, READER, WINDOW, "t");

        assertThat(used.handOut()).isTrue();
        assertThat(used.report()).isEqualTo(gate.pastes().getFirst());
        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
    }

    @Test
    void aLateYesIsForNobodyElseAndNothingElseAndNotForEver() {
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        TestGate gate = TestGate.answering(paste -> late);
        WindowsAnswers answers = answers(gate);
        answers.ask(CAPTURE, READER, WINDOW, "t");
        late.complete(true);
        gate.answerFromNowOn(paste -> CompletableFuture.completedFuture(false));

        assertThat(answers.ask(CAPTURE, OTHER, WINDOW, "t").handOut()).isFalse();
        assertThat(answers.ask(capture(2), READER, WINDOW, "t").handOut()).isFalse();
        pass(60_000);
        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
    }

    @Test
    void saysThatALateAnswerWasOfNoUse() {
        TestGate gate = TestGate.answering(paste -> new CompletableFuture<>());
        WindowsAnswers answers = answers(gate);
        answers.ask(CAPTURE, READER, WINDOW, "t");
        assertThat(gate.done()).isEmpty();

        answers.forget();

        assertThat(gate.done()).singleElement().satisfies(done -> {
            assertThat(done.bytes()).isZero();
            assertThat(done.failure()).isNotEmpty();
        });
    }

    @Test
    void aReaderOfEachOfferIsMutedUntilItIsQuiet() {
        TestGate gate = TestGate.allowing();
        WindowsAnswers answers = answers(gate);
        for (int i = 0; i < 10 * WindowsAnswers.BURST; i++) {
            pass(5);
            answers.ask(CAPTURE, READER, WINDOW, "t");
        }
        assertThat(gate.pastes()).hasSize(WindowsAnswers.BURST);

        pass(1000);
        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isTrue();
    }

    @Test
    void aPersonWhoPastesEverySecondIsNeverMuted() {
        TestGate gate = TestGate.allowing();
        WindowsAnswers answers = answers(gate);
        for (int i = 0; i < 5 * WindowsAnswers.BURST; i++) {
            pass(1000);
            assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isTrue();
        }
    }

    @Test
    void aGateThatThrowsRefuses() {
        TestGate gate = TestGate.answering(paste -> {
            throw new IllegalStateException("no service");
        });

        assertThat(answers(gate).ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
    }

    @Test
    void closingEndsTheWait() {
        closing.complete(null);
        WindowsAnswers answers = new WindowsAnswers(
                TestGate.answering(paste -> new CompletableFuture<>()), Duration.ofDays(1), clock::get, closing);

        assertThat(answers.ask(CAPTURE, READER, WINDOW, "t").handOut()).isFalse();
    }
}
