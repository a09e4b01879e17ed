package org.sekisho.agent.content;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.concurrent.TimeUnit;

/** A line on standard error that says how far a long scan has come, if somebody sits there to read it. */
final class ScanProgress {
    /** A file that is done sooner needs no progress shown. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Often enough to look alive. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long MEGABYTE = 1_000_000;

    private final PrintWriter err;
    private final String format;
    private final boolean watched;
    private String file = "";
    private long size;
    private long next;
    private boolean shown;

    ScanProgress(PrintWriter err, ResourceBundle messages) {
        this.err = err;
        this.format = messages.getString("progress");
        this.watched = isTerminal();
    }

    void begin(String shownName, long bytes) {
        file = shownName;
        size = bytes;
        next = System.nanoTime() + PATIENCE_NANOS;
        shown = false;
    }

    void at(long done) {
        long now = System.nanoTime();
        if (watched && now - next >= 0) {
            String total = size > 0 ? String.valueOf(size / MEGABYTE) : "?";
            err.print("\r" + format.formatted(file, done / MEGABYTE, total));
            err.flush();
            shown = true;
            next = now + STEP_NANOS;
        }
    }

    void end() {
        if (shown) {
            err.println();
        }
    }

    /** Linux tells through /proc (proc(5)); Java before 22 has a console only if input and output are terminals. */
    @SuppressWarnings("SystemConsoleNull") // on Windows, where this line is reached, the agent runs on Java 21
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }
}
