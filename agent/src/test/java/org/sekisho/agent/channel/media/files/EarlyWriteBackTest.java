package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EarlyWriteBackTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(10);

    private final Semaphore written = new Semaphore(0);

    private EarlyWriteBack begin(Duration quiet, Duration most) {
        EarlyWriteBack early = new EarlyWriteBack(written::release, quiet, most);
        early.start();
        return early;
    }

    private boolean writes() throws InterruptedException {
        return written.tryAcquire(50, TimeUnit.SECONDS);
    }

    @Test
    void muchIsWrittenAtOnce() throws InterruptedException {
        EarlyWriteBack early = begin(LONG, LONG);
        early.changed(EarlyWriteBack.MUCH - 1);
        early.changed(1);
        assertThat(writes()).isTrue();

        early.changed(EarlyWriteBack.MUCH);
        assertThat(writes()).as("the next time").isTrue();
        early.end();
    }

    @Test
    void littleIsWrittenWhenNothingChangesAnyMore() throws InterruptedException {
        EarlyWriteBack early = begin(SHORT, LONG);
        early.changed(0);
        assertThat(writes()).isTrue();
        early.end();
    }

    @Test
    void changesWithoutAPauseDelayItForAWhileOnly() throws InterruptedException {
        EarlyWriteBack early = begin(LONG, SHORT);
        early.changed(1);
        long changes = 1;
        while (!written.tryAcquire()) {
            early.changed(0);
            changes++;
            Thread.onSpinWait();
        }
        assertThat(changes).isGreaterThan(1);
        early.end();
    }

    @Test
    void whereLittleWasChangedAndItEndsNobodyWrites() throws InterruptedException {
        EarlyWriteBack early = begin(LONG, LONG);
        early.changed(EarlyWriteBack.MUCH - 1);
        early.end();
        assertThat(written.availablePermits()).isZero();
    }
}
