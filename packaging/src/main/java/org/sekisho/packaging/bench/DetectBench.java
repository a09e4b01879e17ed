package org.sekisho.packaging.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.agent.content.ContentInspector;
import org.sekisho.agent.content.ContentKind;
import org.sekisho.agent.content.HmacFingerprinter;
import org.sekisho.agent.content.Inspection;
import org.sekisho.v1.Grade;
import org.sekisho.v1.Label;

/**
 * How fast content is inspected, beside java.util.regex with the same meaning and ripgrep counting runs of twelve digits, on
 * the same files, from the page cache, taking turns in one run. Figures are megabytes a second of processor time (user and
 * system), because the wall clock of a shared machine measures its neighbours; each is the best of its rounds. The last line is
 * one JSON object.
 *
 * <p>Arguments: megabytes of text (default 200) and rounds (default 5).
 */
public final class DetectBench {
    private static final long MEGABYTE = 1_000_000;
    /** As the agent's own scan reads files. */
    private static final int CHUNK = 256 * 1024;

    private static final long SEED = 20_241_122;

    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

    private DetectBench() {}

    /** Runs the bench. */
    public static void main(String[] arguments) throws Exception {
        long megabytes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 200;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("sekisho-detect-bench");
        Path utf8 = folder.resolve("utf8.txt");
        Path cp932 = folder.resolve("cp932.txt");
        try {
            System.out.println("writing " + megabytes + " MB of office text in UTF-8 and CP932");
            new OfficeText(SEED).write(utf8, StandardCharsets.UTF_8, megabytes * MEGABYTE);
            new OfficeText(SEED).write(cp932, Charset.forName("windows-31j"), megabytes * MEGABYTE);
            run(utf8, cp932, rounds);
        } finally {
            Files.deleteIfExists(utf8);
            Files.deleteIfExists(cp932);
            Files.deleteIfExists(folder);
        }
    }

    private static void run(Path utf8, Path cp932, int rounds) throws Exception {
        Charset windows = Charset.forName("windows-31j");
        requireSameCounts(ours(utf8), new RegexPeer().count(utf8, StandardCharsets.UTF_8));
        requireSameCounts(ours(cp932), new RegexPeer().count(cp932, windows));
        double ours = 0;
        double oursCp932 = 0;
        double regex = 0;
        double regexCp932 = 0;
        double ripgrepLines = 0;
        double ripgrepMatches = 0;
        for (int round = 1; round <= rounds; round++) {
            ours = Math.max(ours, speed(utf8, () -> ours(utf8)));
            oursCp932 = Math.max(oursCp932, speed(cp932, () -> ours(cp932)));
            regex = Math.max(regex, speed(utf8, () -> new RegexPeer().count(utf8, StandardCharsets.UTF_8)));
            regexCp932 = Math.max(regexCp932, speed(cp932, () -> new RegexPeer().count(cp932, windows)));
            ripgrepLines = Math.max(ripgrepLines, ripgrep("-c", utf8));
            ripgrepMatches = Math.max(ripgrepMatches, ripgrep("--count-matches", utf8));
            System.out.printf(
                    Locale.ROOT,
                    "round %d of %d: so far MB/s (processor time) ours %.0f (CP932 %.0f), regex %.0f (CP932 %.0f), rg -c %.0f, rg --count-matches %.0f%n",
                    round,
                    rounds,
                    ours,
                    oursCp932,
                    regex,
                    regexCp932,
                    ripgrepLines,
                    ripgrepMatches);
        }
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"detect\",\"unit\":\"MB/s\",\"bytes\":%d,\"utf8\":%.1f,\"cp932\":%.1f,\"regex_utf8\":%.1f,\"regex_cp932\":%.1f,"
                        + "\"rg_count\":%.1f,\"rg_count_matches\":%.1f,\"ratio_regex_utf8\":%.2f,\"ratio_regex_cp932\":%.2f,"
                        + "\"ratio_rg_count\":%.2f,\"ratio_rg_count_matches\":%.2f}%n",
                Files.size(utf8),
                ours,
                oursCp932,
                regex,
                regexCp932,
                ripgrepLines,
                ripgrepMatches,
                ours / regex,
                oursCp932 / regexCp932,
                ours / ripgrepLines,
                ours / ripgrepMatches);
    }

    private static RegexPeer.Counts ours(Path file) {
        Inspection inspection =
                ContentInspector.of(new HmacFingerprinter(new byte[32])).open(ContentKind.PLAIN_BYTES);
        byte[] chunk = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(chunk);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                inspection.update(chunk, 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the text to measure with: " + file, e);
        }
        List<Label> labels = inspection.finish();
        return new RegexPeer.Counts(count(labels, Grade.LOW_CONFIDENCE), count(labels, Grade.HIGH_CONFIDENCE));
    }

    private static long count(List<Label> labels, Grade grade) {
        return labels.stream()
                .filter(label -> label.getLabel().equals("my_number") && label.getGrade() == grade)
                .mapToLong(Label::getCount)
                .sum();
    }

    private static void requireSameCounts(RegexPeer.Counts ours, RegexPeer.Counts regex) {
        System.out.println("individual numbers: ours " + ours + ", regex " + regex);
        if (ours.low() + ours.high() != regex.low() + regex.high()) {
            throw new IllegalStateException("the detector and its peer don't agree: " + ours + ", " + regex);
        }
    }

    /** Megabytes a second of the processor time that the shell has seen ripgrep use. */
    private static double ripgrep(String how, Path file) throws IOException, InterruptedException {
        // `times` prints the shell's own user and system time, then those of its children, as 0m1.234s (POSIX).
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "rg --threads 1 \"$1\" '[0-9]{12}' \"$2\" >/dev/null && times",
                        "bash",
                        how,
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        int exit = process.waitFor();
        Matcher times = TIME.matcher(printed);
        double seconds = 0;
        for (int i = 0; i < 4; i++) {
            if (exit != 0 || !times.find()) {
                throw new IOException("rg " + how + " ended with exit code " + exit + "; is ripgrep installed?");
            }
            if (i >= 2) {
                seconds += Integer.parseInt(times.group(1)) * 60 + Double.parseDouble(times.group(2));
            }
        }
        return Files.size(file) / (seconds * MEGABYTE);
    }

    private static double speed(Path file, Callable<?> work) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        work.call();
        return Files.size(file) * 1000.0 / (threads.getCurrentThreadCpuTime() - begun);
    }
}
