package org.sekisho.cli.rest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass between tries and polls. */
@FunctionalInterface
public interface Pause {
    /** Really waits. */
    Pause REAL = duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());

    /** Returns after about {@code duration}. */
    void last(Duration duration) throws InterruptedException;
}
