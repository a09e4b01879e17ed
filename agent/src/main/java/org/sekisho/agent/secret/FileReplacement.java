package org.sekisho.agent.secret;

import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinDef.DWORD;
import com.sun.jna.platform.win32.WinError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.os.windows.Win32Failure;

/**
 * Puts one file durably in another's place on Windows, which replaces no file that anybody has open. Scanners and backups
 * open what is new for a moment, and Windows tells nobody when a stranger's last handle is closed: so it is tried again on
 * a timer, for a second at the most. For one thread.
 */
final class FileReplacement {
    /** {@code MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH}: returns when the rename is on the disk. */
    private static final DWORD REPLACE_DURABLY = new DWORD(0x1 | 0x8);
    /** A scanner has a small file open for milliseconds. */
    private static final long PAUSE_MILLIS = 20;
    /** Together one second; whoever still holds the file then will not let it go by itself. */
    private static final int TRIES = 50;

    private final Path file;
    private final Path draft;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int tries;

    private FileReplacement(Path file, Path draft) {
        this.file = file;
        this.draft = draft;
    }

    /**
     * Replaces {@code file} by {@code draft}, which is gone then.
     *
     * @throws IOException names both and the OS's error; {@code file} is as it was
     */
    static void replace(Path file, Path draft) throws IOException {
        FileReplacement replacement = new FileReplacement(file, draft);
        replacement.attempt();
        if (!replacement.done.isDone()) {
            try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
                var attempts = timer.scheduleWithFixedDelay(
                        replacement::attempt, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                replacement.await();
                attempts.cancel(false);
            }
        }
        replacement.await();
    }

    private void attempt() {
        if (done.isDone()) {
            return;
        }
        tries++;
        if (Kernel32.INSTANCE.MoveFileEx(draft.toString(), file.toString(), REPLACE_DURABLY)) {
            done.complete(null);
            return;
        }
        Win32Failure failure = Win32Failure.last("MoveFileEx of %s to %s".formatted(draft, file));
        boolean held =
                failure.code() == WinError.ERROR_ACCESS_DENIED || failure.code() == WinError.ERROR_SHARING_VIOLATION;
        if (!held || tries == TRIES) {
            done.completeExceptionally(failure);
        }
    }

    private void await() throws IOException {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + file + " was to be replaced");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }
}
