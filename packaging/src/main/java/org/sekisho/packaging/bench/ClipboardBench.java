package org.sekisho.packaging.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sekisho.packaging.rig.Installation;
import org.sekisho.packaging.rig.VirtualDisplay;
import org.sekisho.packaging.rig.XSink;
import org.sekisho.packaging.rig.XSource;

/**
 * How long a copy waits for its verdict. On a guarded display, from the moment that a program claims the CLIPBOARD: until
 * the helper owns it (the window in which others could still ask the program itself), until a paste by a program that asks
 * as soon as the helper owns it is refused, and until that of a clean text is delivered; then, at a person's pace, also how
 * long a program still gets the text that asks for it without a pause. The window is longer than that, by the moment that the
 * display stands still while the source is looked at. The peer is the same copy and paste
 * on a display that nobody guards, in turn with each round. What ought to be refused and is delivered, or the reverse, ends
 * the run. {@code ratio_p50_to_unguarded} compares like with like: clean text delivered, guarded to unguarded.
 */
public final class ClipboardBench {
    private static final int WARM_UP = 50;
    /** On the unguarded display: what copies and pastes here is to be compiled before it measures a helper that is not. */
    private static final int WARM_UP_OF_THE_BENCH = 1_000;
    /** So that the 99th percentile has some measurements above it. */
    private static final int ROUNDS = 300;
    /** Nobody copies faster; without it a round would also measure the events that the round before left to be stored. */
    private static final Duration BETWEEN = Duration.ofMillis(25);
    /** A person's pace: a helper that was hot no longer is. */
    private static final Duration AT_REST = Duration.ofSeconds(2);

    private static final int ROUNDS_AT_REST = 20;
    /** Copy to verdict, 99th percentile. */
    private static final double AIM_MS = 20;

    private ClipboardBench() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("sekisho-bench-clipboard");
        try (Installation installation = Installation.start(folder, null);
                VirtualDisplay open = VirtualDisplay.start(folder.resolve("unguarded"))) {
            while (!installation.guardsTheClipboard()) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
            try (XSource source = new XSource(installation.display());
                    XSink sink = new XSink(installation.display());
                    XSource openSource = new XSource(open);
                    XSink openSink = new XSink(open)) {
                Figures figures = new Figures("clipboard");
                for (int round = 0; round < WARM_UP_OF_THE_BENCH; round++) {
                    unguarded(openSource, openSink, "個人番号 1234-5678-9018 (その" + round + ")");
                }
                System.out.printf("%d copies, each after %d s of rest%n", 3 * ROUNDS_AT_REST, AT_REST.toSeconds());
                atRest(figures, source, sink, openSource, openSink);
                System.out.printf("%d rounds to warm up, then %d%n", WARM_UP, ROUNDS);
                measure(figures, source, sink, openSource, openSink);
            }
        }
    }

    /**
     * Single copies at a person's pace, before anything else has run on the guarded display: nothing of the helper is warm but
     * by its own doing. Asleep are also the processors and the X servers; the peer tells what that costs.
     */
    private static void atRest(Figures figures, XSource source, XSink sink, XSource openSource, XSink openSink)
            throws Exception {
        double[] window = new double[ROUNDS_AT_REST];
        double[] exposed = new double[ROUNDS_AT_REST];
        double[] unguarded = new double[ROUNDS_AT_REST];
        for (int round = 0; round < ROUNDS_AT_REST; round++) {
            String text = "個人番号 1234-5678-9018 (休んだ後" + round + ")";
            TimeUnit.NANOSECONDS.sleep(AT_REST.toNanos());
            window[round] = guarded(source, sink, text, false).window();
            TimeUnit.NANOSECONDS.sleep(AT_REST.toNanos());
            exposed[round] = exposed(source, sink, text);
            TimeUnit.NANOSECONDS.sleep(AT_REST.toNanos());
            unguarded[round] = unguarded(openSource, openSink, text);
        }
        put(figures, "window_at_rest", window);
        put(figures, "exposed_at_rest", exposed);
        put(figures, "unguarded_at_rest", unguarded);
    }

    /** From the claim to the last question that a program got the text for, of one that asks without a pause; 0 if it never did. */
    private static double exposed(XSource source, XSink sink, String text) throws IOException {
        long start = System.nanoTime();
        source.copy(text);
        sink.awaitOwner(owner -> owner == source.window());
        double last = 0;
        double asked = millisecondsSince(start);
        while (sink.paste().isPresent()) {
            last = asked;
            asked = millisecondsSince(start);
        }
        return last;
    }

    private static void measure(Figures figures, XSource source, XSink sink, XSource openSource, XSink openSink)
            throws Exception {
        double[] window = new double[ROUNDS];
        double[] enforced = new double[ROUNDS];
        double[] allowed = new double[ROUNDS];
        double[] unguarded = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            // Each text is new, so that no two pastes share a ruling.
            int number = round + WARM_UP;
            Times stopped = guarded(source, sink, "個人番号 1234-5678-9018 (その" + number + ")", false);
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
            Times passed = guarded(source, sink, "会議の議事録 (その" + number + ")", true);
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
            double peer = unguarded(openSource, openSink, "会議の議事録 (その" + number + ")");
            if (round >= 0) {
                window[round] = stopped.window();
                enforced[round] = stopped.answered();
                allowed[round] = passed.answered();
                unguarded[round] = peer;
            }
        }
        put(figures, "enforced", enforced);
        put(figures, "window", window);
        put(figures, "allowed", allowed);
        put(figures, "unguarded", unguarded);
        figures.put("ratio_p99_to_aim", Figures.percentile(enforced, 99) / AIM_MS)
                .put("ratio_p50_to_unguarded", Figures.median(allowed) / Figures.median(unguarded))
                .print();
    }

    private static void put(Figures figures, String name, double[] milliseconds) {
        figures.put(name + "_p50_ms", Figures.median(milliseconds))
                .put(name + "_p99_ms", Figures.percentile(milliseconds, 99));
        System.out.printf(
                "%-9s p50 %.2f ms, p99 %.2f ms, slowest %.2f ms%n",
                name,
                Figures.median(milliseconds),
                Figures.percentile(milliseconds, 99),
                Figures.percentile(milliseconds, 100));
    }

    /** Milliseconds from the claim: until the helper owned the selection, until the paste was answered. */
    private record Times(double window, double answered) {}

    private static Times guarded(XSource source, XSink sink, String text, boolean clean) throws IOException {
        long start = System.nanoTime();
        source.copy(text);
        sink.awaitOwner(owner -> owner == source.window());
        sink.awaitOwner(owner -> owner != source.window() && owner != 0);
        double window = millisecondsSince(start);
        Optional<String> pasted = sink.paste();
        double answered = millisecondsSince(start);
        if (!pasted.equals(clean ? Optional.of(text) : Optional.empty())) {
            throw new IllegalStateException(
                    clean ? "a clean text was not delivered as it was copied" : "what is blocked was delivered");
        }
        return new Times(window, answered);
    }

    private static double unguarded(XSource source, XSink sink, String text) throws IOException {
        long start = System.nanoTime();
        source.copy(text);
        sink.awaitOwner(owner -> owner == source.window());
        Optional<String> pasted = sink.paste();
        double answered = millisecondsSince(start);
        if (!pasted.equals(Optional.of(text))) {
            throw new IllegalStateException("the unguarded display did not deliver what was copied");
        }
        return answered;
    }

    private static double millisecondsSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
