package org.sekisho.agent.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An {@link EventLoop} on a daemon thread of its own. A task that throws is logged, and the loop goes on. */
public final class ThreadLoop implements EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    /** No task of the agent's takes longer than a disk that syncs slowly; a service must stop within systemd's 90 s. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;
    private volatile Thread thread = Thread.currentThread();

    /** Starts the loop; {@code name} is the thread's. */
    public ThreadLoop(String name) {
        this(name, Thread.NORM_PRIORITY);
    }

    /**
     * Starts a loop for what people or the service manager wait for. It runs before the process's other threads where the
     * processor is short, and the JVM was told to have the OS do so ({@code -XX:ThreadPriorityPolicy}).
     */
    public static ThreadLoop urgent(String name) {
        return new ThreadLoop(name, Thread.MAX_PRIORITY);
    }

    // Nothing relies on it for being right: it says who waits where the processor is short.
    @SuppressWarnings("ThreadPriorityCheck")
    private ThreadLoop(String name, int priority) {
        this.name = requireNonNull(name, "name is null");
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            made.setPriority(priority);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        requireNonNull(task, "task is null");
        try {
            executor.execute(logged(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} is closed and runs no more tasks", name);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        requireNonNull(task, "task is null");
        try {
            Future<?> due = executor.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void close() {
        executor.shutdown();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            if (!executor.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} still runs a task after {}", name, CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a task of {} failed", name, e);
            }
        };
    }
}
