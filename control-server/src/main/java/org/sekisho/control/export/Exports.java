package org.sekisho.control.export;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.control.ServerSettings;

/**
 * Sees to it that each destination has a worker: starts one where there is none, and ends those whose destination has changed.
 * On each replica; which one serves is decided by the worker's lock.
 */
@Singleton
class Exports {
    /** Each has a connection to the database and a thread. */
    static final int MAX_DESTINATIONS = 16;

    private final DestinationStore destinations;
    private final ServerSettings settings;
    private final Clock clock;
    private final List<Running> running = new ArrayList<>();
    private boolean stopped;

    @Inject
    Exports(DestinationStore destinations, ServerSettings settings, Clock clock) {
        this.destinations = destinations;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        List<Destination> wanted = destinations.enabled();
        synchronized (running) {
            running.removeIf(one -> !one.thread.isAlive());
            running.stream()
                    .filter(one -> wanted.stream().noneMatch(one.worker::serves))
                    .forEach(one -> one.worker.stop());
            if (!stopped) {
                wanted.stream()
                        .filter(destination -> running.stream().noneMatch(one -> one.worker.serves(destination)))
                        .limit(MAX_DESTINATIONS)
                        .forEach(this::start);
            }
        }
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (running) {
            stopped = true;
            running.forEach(one -> {
                one.worker.stop();
                one.thread.interrupt();
            });
        }
    }

    private void start(Destination destination) {
        ExportWorker worker = new ExportWorker(destination, destinations, settings.database(), clock);
        Thread thread = Thread.ofPlatform().daemon().name("sekisho-export").start(worker);
        running.add(new Running(worker, thread));
    }

    private record Running(ExportWorker worker, Thread thread) {}
}
