package org.sekisho.agent.journal;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.sekisho.v1.Verdict;

/** Records as fast as it can from four threads until it is killed, and says each number that it was given. */
final class CrashChild {
    private CrashChild() {}

    public static void main(String[] arguments) {
        String run = arguments[1];
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 64), true, StandardCharsets.US_ASCII);
        Journal journal = Journal.open(Path.of(arguments[0]), Fixtures.setup(CrashTest.LIMITS));
        journal.opening().damage().ifPresent(damage -> out.println("damage " + damage));
        out.println("open");
        AtomicLong next = new AtomicLong();
        for (int t = 0; t < 4; t++) {
            Thread.ofPlatform().start(() -> {
                for (; ; ) {
                    long number = next.incrementAndGet();
                    String name = run + "-" + number;
                    if (number % 3 == 0) {
                        journal.ackedThrough(Math.max(0, journal.head().seq() - 300));
                    }
                    Recorded recorded = number % 2 == 0
                            ? journal.record(Fixtures.stopped(name), Importance.MUST_KEEP)
                            : journal.record(Fixtures.attempt(Verdict.AUDIT, name), Importance.ORDINARY);
                    if (recorded instanceof Recorded.Durable durable) {
                        out.println(durable.seq() + " " + name + " durable");
                    }
                }
            });
        }
    }
}
