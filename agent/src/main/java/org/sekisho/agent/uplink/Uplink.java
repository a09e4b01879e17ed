package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.agent.uplink.TerminalTransport.LineEnd;
import org.sekisho.v1.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the one stream to the control server: connects, and after any end connects again, for as long as it takes.
 *
 * <p>At most one stream is open. A planned end (drain, renewed certificate) is followed by the next stream at once, a
 * failure by the time that {@link Backoff} says. All state is the loop's; public methods may be called on any thread.
 */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    /** A server that asks to reconnect on each stream must not make the agent spin. */
    private static final Duration PLANNED_PAUSE = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final UplinkParts parts;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final AtomicBoolean pumpDue = new AtomicBoolean();
    private final AtomicBoolean statusDue = new AtomicBoolean();
    private @Nullable UplinkStream stream;
    private EventLoop.@Nullable Timer reconnect;
    private long welcomedAt;
    private boolean closed;
    private volatile Condition condition;

    /**
     * An uplink that does nothing until {@link #start}.
     *
     * @param loop its own; closed with it
     */
    public Uplink(EventLoop loop, UplinkParts parts, Backoff backoff, RandomGenerator random) {
        this.loop = requireNonNull(loop, "loop is null");
        this.parts = requireNonNull(parts, "parts is null");
        this.backoff = requireNonNull(backoff, "backoff is null");
        this.random = requireNonNull(random, "random is null");
        this.condition = new Condition(false, loop.now(), "");
    }

    /** Begins to connect. Once. */
    public void start() {
        parts.outbox().onRecorded(this::recorded);
        loop.execute(this::connect);
    }

    /** Sends how the terminal stands, if a server is there to hear it. Calls in quick succession become one. */
    public void statusChanged() {
        if (statusDue.compareAndSet(false, true)) {
            loop.execute(() -> {
                statusDue.set(false);
                current().ifPresent(UplinkStream::statusChanged);
            });
        }
    }

    /** How the connection stands. */
    public Condition condition() {
        return condition;
    }

    /** Ends the stream and all tries. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            if (reconnect != null) {
                reconnect.cancel();
            }
            current().ifPresent(UplinkStream::close);
            stream = null;
        });
        loop.close();
    }

    private void recorded() {
        if (pumpDue.compareAndSet(false, true)) {
            loop.execute(() -> {
                pumpDue.set(false);
                current().ifPresent(UplinkStream::eventsRecorded);
            });
        }
    }

    private void connect() {
        if (closed || stream != null) {
            return;
        }
        UplinkStream opened = new UplinkStream(loop, parts, random, new Watch());
        stream = opened;
        opened.open();
    }

    private Optional<UplinkStream> current() {
        return Optional.ofNullable(stream);
    }

    private void connectAfter(Duration wait) {
        if (!closed) {
            reconnect = loop.after(wait, this::connect);
        }
    }

    /**
     * How the connection stands.
     *
     * @param online a server has welcomed this terminal, and the stream is open
     * @param since when this began
     * @param lastFailure why the last stream ended; empty if none has failed since the agent started
     */
    public record Condition(boolean online, Instant since, String lastFailure) {}

    private final class Watch implements UplinkStream.Fate {
        private boolean welcomed;

        @Override
        public void welcomed(Welcome welcome) {
            welcomed = true;
            welcomedAt = loop.nanos();
            condition = new Condition(true, loop.now(), "");
            LOG.info(
                    "connected to {}, server version {}",
                    parts.identity().current().grpcTarget(),
                    welcome.getServerVersion());
            parts.duties().connected(true);
        }

        @Override
        public void over(LineEnd end, boolean planned) {
            stream = null;
            condition = new Condition(false, loop.now(), end.detail());
            if (welcomed) {
                backoff.ended(Duration.ofNanos(loop.nanos() - welcomedAt));
                parts.duties().connected(false);
            }
            Duration wait = planned ? PLANNED_PAUSE : backoff.failed();
            LOG.info("{}; next try in {} ms", end.detail(), wait.toMillis());
            connectAfter(wait);
        }
    }
}
