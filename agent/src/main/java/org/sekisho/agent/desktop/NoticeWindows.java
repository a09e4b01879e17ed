package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows notices by {@code sekisho-agent notice}, with the text over standard input, where no other account can read it. */
final class NoticeWindows implements NoticeProcesses {
    /** Swing with one window needs about 30. */
    private static final int HEAP_MEGABYTES = 64;
    /** What the window's own deadline is given on top, to start and to end. */
    private static final int GRACE_SECONDS = 30;
    /** UTF-8 of {@link NoticeText#MOST_CHARACTERS}. */
    private static final int MOST_BYTES = 4_000;

    private final Path scratch;
    private final String mainClass;

    NoticeWindows(Path scratch, String mainClass) {
        this.scratch = scratch;
        this.mainClass = mainClass;
    }

    @Override
    public CompletionStage<String> show(NoticeText notice) throws IOException {
        Process process = new ProcessBuilder(OwnJvm.command(HEAP_MEGABYTES, scratch, mainClass, List.of("notice")))
                // Why a window can't be shown stands in the helper's log.
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("notice").start(() -> {
            try {
                answer.complete(talk(process, notice));
            } catch (IOException | UncheckedIOException e) {
                answer.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer.completeExceptionally(e);
            } finally {
                process.destroyForcibly();
            }
        });
        Overdue.end(process, notice.seconds() + GRACE_SECONDS);
        return answer;
    }

    private static String talk(Process process, NoticeText notice) throws IOException, InterruptedException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(notice.written().getBytes(UTF_8));
        }
        try (InputStream out = process.getInputStream()) {
            String typed = new String(out.readNBytes(MOST_BYTES), UTF_8).strip();
            int exit = process.waitFor();
            if (exit != 0 && exit != NoticeCommand.DECLINED) {
                throw new IOException("the window's process ended with exit code " + exit);
            }
            return typed;
        }
    }
}
