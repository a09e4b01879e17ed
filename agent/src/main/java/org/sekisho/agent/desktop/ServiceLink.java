package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.ServiceMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The helper's connection to the service. It is made anew whenever it is lost, for as long as it takes: a helper that can't
 * reach the service goes on owning the clipboard, which keeps what is held from leaving. Thread-safe.
 */
final class ServiceLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceLink.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    /** A user notices a clipboard that does nothing; the service is on the same machine and can bear it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** A service that hangs up before its welcome doesn't know this helper's ticket; a new one starts a helper of its own. */
    private static final int REFUSALS = 3;

    private final ServiceDialer dialer;
    private final String address;
    private final DesktopHello hello;
    private final Listener listener;
    private final ServiceMail mail = new ServiceMail();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile @Nullable LocalConnection connection;
    private volatile boolean closed;

    /** What the link tells. Called on the thread that runs it, one call at a time. */
    interface Listener {
        void welcomed(DesktopWelcome welcome);

        void received(ServiceMessage message);

        /** What was asked and not answered never will be. */
        void lost();
    }

    ServiceLink(ServiceDialer dialer, String address, DesktopHello hello, Listener listener) {
        this.dialer = requireNonNull(dialer, "dialer is null");
        this.address = requireNonNull(address, "address is null");
        this.hello = requireNonNull(hello, "hello is null");
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** Keeps the connection until {@link #close}; returns false, and early, if the service refuses this helper for good. */
    boolean run() {
        int refusals = 0;
        Duration wait = FIRST_WAIT;
        while (!closed) {
            try (LocalConnection made = dialer.dial(address)) {
                if (serve(made)) {
                    refusals = 0;
                    wait = FIRST_WAIT;
                } else if (++refusals == REFUSALS) {
                    LOG.warn("The service at {} does not take this helper", address);
                    return false;
                }
            } catch (IOException e) {
                LOG.debug("No service: {}", e.getMessage());
            } finally {
                connection = null;
            }
            pause(Duration.ofMillis(RandomGenerator.getDefault().nextLong(wait.toMillis()) + 1));
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
        return true;
    }

    /** Serves one connection; false if it ended before a welcome. */
    private boolean serve(LocalConnection made) throws IOException {
        Frames.write(made.out(), DesktopMessage.newBuilder().setHello(hello).build());
        Optional<ServiceMessage> first = read(made);
        if (first.isEmpty() || !first.get().hasWelcome()) {
            return false;
        }
        connection = made;
        try {
            listener.welcomed(first.get().getWelcome());
            for (Optional<ServiceMessage> message = read(made); message.isPresent(); message = read(made)) {
                listener.received(message.get());
            }
        } catch (IOException e) {
            LOG.info("The connection to the service was lost: {}", e.toString());
        } finally {
            connection = null;
            listener.lost();
        }
        return true;
    }

    private static Optional<ServiceMessage> read(LocalConnection from) throws IOException {
        return Frames.read(from.in(), ServiceMessage.parser());
    }

    /**
     * Has {@code message} sent; doesn't wait for it. False says that the service will not get it; after true it gets it, or
     * the connection is lost and {@link Listener#lost} called.
     */
    boolean send(DesktopMessage message) {
        LocalConnection to = connection;
        return to != null && mail.post(to, message);
    }

    private void pause(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        mail.close();
        LocalConnection open = connection;
        if (open != null) {
            open.close();
        }
    }
}
