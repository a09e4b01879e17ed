package org.sekisho.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.schedule.ThreadLoop;
import org.sekisho.agent.service.ServiceNotifier;
import org.sekisho.agent.service.windows.ServiceBody;

/** One run of the service, whoever controls it. Thread-safe. */
final class AgentRun implements ServiceBody {
    private final AgentConfig config;
    private final ServiceNotifier notifier;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile String cause = "";
    private volatile @Nullable Agent agent;

    AgentRun(AgentConfig config, ServiceNotifier notifier) {
        this.config = config;
        this.notifier = notifier;
    }

    @Override
    public void run(Runnable started) throws AgentException {
        try (ThreadLoop watchdog = ThreadLoop.urgent("watchdog")) {
            Agent running = Agent.start(config);
            agent = running;
            started.run();
            notifier.ready();
            notifier.status("terminal " + running.terminal());
            notifier.watchdog().ifPresent(every -> watch(watchdog, running, every));
            awaitStop();
            notifier.stopping();
            running.stop(cause);
        } finally {
            done.countDown();
        }
    }

    @Override
    public void stop(String asker) {
        synchronized (asked) {
            if (cause.isEmpty()) {
                cause = asker;
            }
        }
        asked.countDown();
    }

    /** As {@link #stop}, and waits until the run is over. */
    void stopAndWait(String asker) {
        stop(asker);
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void sessionsChanged() {
        Optional.ofNullable(agent).ifPresent(Agent::sessionsChanged);
    }

    private void watch(ThreadLoop watchdog, Agent running, Duration every) {
        running.ifAlive(notifier::alive);
        watchdog.after(every, () -> watch(watchdog, running, every));
    }

    private void awaitStop() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop("interrupted");
        }
    }
}
