package org.sekisho.agent.channel.clipboard;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.sekisho.v1.Process;

/** A gate that notes what it is told, and answers as the test says. */
public final class TestGate implements ClipboardGate {
    /** What became of a paste. */
    public record Done(Paste paste, long bytes, String failure) {}

    /** A paste past the guard. */
    public record Early(Capture capture, Process destination, String target) {}

    private final List<Capture> captures = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<Paste> pastes = new CopyOnWriteArrayList<>();
    private final List<Early> early = new CopyOnWriteArrayList<>();
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private volatile Function<Paste, CompletionStage<Boolean>> answer;
    private volatile BiFunction<Integer, Set<Integer>, CompletionStage<Void>> looking =
            (pid, clients) -> CompletableFuture.completedFuture(null);

    private TestGate(Function<Paste, CompletionStage<Boolean>> answer) {
        this.answer = answer;
    }

    public static TestGate allowing() {
        return new TestGate(paste -> CompletableFuture.completedFuture(true));
    }

    public static TestGate refusing() {
        return new TestGate(paste -> CompletableFuture.completedFuture(false));
    }

    public static TestGate answering(Function<Paste, CompletionStage<Boolean>> answer) {
        return new TestGate(answer);
    }

    public void answerFromNowOn(Function<Paste, CompletionStage<Boolean>> next) {
        answer = next;
    }

    /** What is done about each program whose content is about to be taken over. */
    public void lookFromNowOn(BiFunction<Integer, Set<Integer>, CompletionStage<Void>> next) {
        looking = next;
    }

    @Override
    public CompletionStage<Void> identify(int pid, Set<Integer> clients) {
        return looking.apply(pid, clients);
    }

    @Override
    public void exposed(Capture capture, Process destination, String target) {
        early.add(new Early(capture, destination, target));
    }

    @Override
    public void copied(Capture capture) {
        texts.add(textOf(capture));
        captures.add(capture);
    }

    @Override
    public CompletionStage<Boolean> asked(Paste paste) {
        pastes.add(paste);
        return answer.apply(paste);
    }

    @Override
    public void done(Paste paste, long bytes, String failure) {
        done.add(new Done(paste, bytes, failure));
    }

    public List<Capture> captures() {
        return captures;
    }

    /** The first format of each capture, as text, at most 1,000 bytes of it. */
    public List<String> texts() {
        return texts;
    }

    public List<Paste> pastes() {
        return pastes;
    }

    public List<Early> early() {
        return early;
    }

    public List<Done> done() {
        return done;
    }

    private static String textOf(Capture capture) {
        if (capture.contents().isEmpty()) {
            return "";
        }
        try (InputStream in = capture.contents().get(0).open()) {
            boolean wide = capture.contents().get(0).target().equals("CF_UNICODETEXT");
            return new String(in.readNBytes(1_000), wide ? UTF_16LE : UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
