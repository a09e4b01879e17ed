package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BackgroundTest {
    /** Fields of {@code /proc/PID/stat} behind the name in brackets (proc(5)). */
    private static final int NICE = 16;

    private static final Executor OWN_THREAD = Thread.ofPlatform()::start;

    @Test
    void givesWayByItselfAlone() {
        int before = nice();

        int within = CompletableFuture.supplyAsync(
                        () -> {
                            Background.begin();
                            return nice();
                        },
                        OWN_THREAD)
                .join();

        assertThat(within).isEqualTo(10);
        assertThat(nice()).as("of the thread that waited").isEqualTo(before).isLessThan(10);
    }

    private static int nice() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
