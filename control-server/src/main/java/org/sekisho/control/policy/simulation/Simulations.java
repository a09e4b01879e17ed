package org.sekisho.control.policy.simulation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.policy.simulation.SimulationReport.Group;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.v1.Policy;

/** Runs simulations, a few at a time, each until its reader has gone. Thread-safe. */
@Singleton
class Simulations {
    private static final Logger LOG = Logger.getLogger(Simulations.class);

    /** Each reads as fast as one core decodes; ingest must keep the other. */
    private static final int AT_ONCE = 2;

    /** Some ten seconds of work, and more than a city of 2,000 terminals records in a month. */
    private static final long MAX_ATTEMPTS = 3_000_000;

    private static final Duration TELL_EVERY = Duration.ofMillis(250);

    private final PastAttempts past;
    private final ManagedExecutor executor;
    private final Clock clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    @Inject
    Simulations(PastAttempts past, ManagedExecutor executor, Clock clock) {
        this.past = past;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * The lines of one simulation, the last of them its report. It begins when somebody reads, and ends when nobody does.
     *
     * @param against the segment's current revision; null: none
     * @throws ProblemException 503 if as many as may are running
     */
    Multi<SimulationLine> run(Policy draft, @Nullable Long against, int days) {
        if (!room.tryAcquire()) {
            throw new ProblemException(
                    503, "busy", AT_ONCE + " simulations are running; wait for one to end, and try again");
        }
        Instant to = clock.instant();
        Instant from = to.minus(Duration.ofDays(days));
        return Multi.createFrom()
                .<SimulationLine>emitter(
                        lines -> executor.execute(() -> run(draft, against, from, to, lines)),
                        BackPressureStrategy.BUFFER)
                .onTermination()
                .invoke(() -> room.release());
    }

    private void run(
            Policy draft,
            @Nullable Long against,
            Instant from,
            Instant to,
            MultiEmitter<? super SimulationLine> lines) {
        try {
            long total = Math.min(MAX_ATTEMPTS, past.count(draft.getSegment(), from, to));
            lines.emit(SimulationLine.progress(0, total));
            Comparison comparison = new Comparison(draft);
            Meter meter = new Meter(total, lines);
            past.visit(draft.getSegment(), from, to, attempt -> {
                comparison.add(attempt);
                return meter.tick(comparison.attempts());
            });
            if (!lines.isCancelled()) {
                lines.emit(SimulationLine.end(report(draft, against, from, to, comparison)));
                lines.complete();
            }
        } catch (RuntimeException e) {
            LOG.error("A simulation failed", e);
            lines.emit(SimulationLine.failed("The events could not be read; the server's log says more"));
            lines.complete();
        }
    }

    private static SimulationReport report(
            Policy draft, @Nullable Long against, Instant from, Instant to, Comparison comparison) {
        List<Group> groups = comparison.groups();
        return new SimulationReport(
                draft.getSegment().name(),
                against,
                from,
                to,
                comparison.attempts(),
                comparison.acts(),
                draft.getAuditOnly(),
                comparison.newlyStopped(),
                comparison.newlyAllowed(),
                comparison.attempts() >= MAX_ATTEMPTS,
                groups,
                comparison.actsBeyond(groups),
                comparison.rules());
    }

    /** Tells the reader how far it is, a few times a second, and whether to go on. */
    private static final class Meter {
        private final long total;
        private final MultiEmitter<? super SimulationLine> lines;
        private long told = System.nanoTime();

        Meter(long total, MultiEmitter<? super SimulationLine> lines) {
            this.total = total;
            this.lines = lines;
        }

        boolean tick(long done) {
            // Asking the clock for each attempt would cost as much as deciding it.
            if (done % 256 == 0 && System.nanoTime() - told >= TELL_EVERY.toNanos()) {
                told = System.nanoTime();
                lines.emit(SimulationLine.progress(done, Math.max(done, total)));
            }
            return done < MAX_ATTEMPTS && !lines.isCancelled();
        }
    }
}
