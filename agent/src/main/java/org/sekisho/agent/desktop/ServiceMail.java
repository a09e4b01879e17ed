package org.sekisho.agent.desktop;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.DesktopMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to the service one after another, on a thread of its own: a service that takes its time, or hangs, must not keep the
 * clipboard's thread from taking over what has just been copied. Thread-safe.
 */
final class ServiceMail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMail.class);
    /** More than all requests and captures that can be open at once; a service this far behind hangs. */
    static final int MOST_WAITING = 1_024;
    /** What is underway when the helper ends says what became of pastes that it answered. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final ThreadPoolExecutor sender =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "service mail");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Has {@code message} sent by {@code to}, which is closed if that fails; what waits for a closed one is dropped.
     *
     * @return false if too much is waiting already
     */
    boolean post(LocalConnection to, DesktopMessage message) {
        try {
            sender.execute(() -> send(to, message));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void send(LocalConnection to, DesktopMessage message) {
        try {
            Frames.write(to.out(), message);
        } catch (IOException e) {
            LOG.debug("The service can't be told: {}", e.toString());
            to.close();
        }
    }

    /** Waits for what is underway, but not long. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.info(
                        "The service has not taken {} last messages",
                        sender.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
