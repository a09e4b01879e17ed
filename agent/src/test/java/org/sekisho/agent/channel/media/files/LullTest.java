package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LullTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void whereNothingWasWrittenNobodyWaits() {
        assertThat(waiting(new Lull(LONG, LONG))).succeedsWithin(Duration.ofSeconds(50));
    }

    @Test
    void waitsUntilNothingIsWrittenAnyMore() {
        Lull lull = new Lull(Duration.ofMillis(50), LONG);
        lull.busy();
        long written = System.nanoTime();

        lull.await();

        assertThat(System.nanoTime() - written).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
    }

    @Test
    void whoeverWritesWithoutAPauseHoldsNobodyUpForEver() {
        Lull lull = new Lull(LONG, Duration.ofMillis(50));
        lull.busy();
        CompletableFuture<Void> waiting = waiting(lull);

        while (!waiting.isDone()) {
            lull.busy();
            Thread.onSpinWait();
        }

        assertThat(waiting).isCompleted();
    }

    @Test
    void atTheEndNobodyWaits() {
        Lull lull = new Lull(LONG, LONG);
        lull.busy();
        CompletableFuture<Void> waiting = waiting(lull);
        assertThat(waiting).isNotDone();

        lull.end();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(50));
        assertThat(waiting(lull)).as("who comes later").succeedsWithin(Duration.ofSeconds(50));
    }

    private static CompletableFuture<Void> waiting(Lull lull) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            lull.await();
            done.complete(null);
        });
        return done;
    }
}
