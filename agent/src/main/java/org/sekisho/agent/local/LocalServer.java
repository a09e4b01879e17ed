package org.sekisho.agent.local;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.ServiceMessage;
import org.sekisho.v1.StatusAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives whoever connects on this terminal, and lets each do what it may: anybody may ask how the agent stands; a helper
 * that runs under the right account and shows the right ticket is handed on to what guards its session. Whoever says
 * nothing in time, or anything else, is hung up on.
 */
public final class LocalServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
    /** Local peers answer in milliseconds; one that waits longer only takes a place away from others. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(5);
    /** Deep enough for a paste's way through decider and journal; JNA and Protobuf recurse little. */
    private static final long STACK_BYTES = 256 * 1024;
    /** Of desktop.proto; a helper of another one is started anew. */
    public static final int PROTOCOL_VERSION = 2;

    /** What guards a helper's session. */
    @FunctionalInterface
    public interface Door {

        /** Serves a helper that has proven who it is, on the calling thread, until it hangs up. */
        void serve(DesktopSession session, LocalConnection connection) throws IOException;
    }

    private final LocalListener listener;
    private final EventLoop loop;
    private final Tickets tickets;
    private final Predicate<Peer> mayHelp;
    private final Door door;
    private final Function<Peer, StatusAnswer> status;
    private final Set<LocalConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A server that does nothing until {@link #start}.
     *
     * @param mayHelp whether a peer runs under the account that helpers are started under
     * @param status what a peer may know of how the agent stands
     */
    public LocalServer(
            LocalListener listener,
            EventLoop loop,
            Tickets tickets,
            Predicate<Peer> mayHelp,
            Door door,
            Function<Peer, StatusAnswer> status) {
        this.listener = requireNonNull(listener, "listener is null");
        this.loop = requireNonNull(loop, "loop is null");
        this.tickets = requireNonNull(tickets, "tickets is null");
        this.mayHelp = requireNonNull(mayHelp, "mayHelp is null");
        this.door = requireNonNull(door, "door is null");
        this.status = requireNonNull(status, "status is null");
    }

    /** Begins to accept. Once. */
    public void start() {
        daemon("local-accept", this::accept).start();
    }

    /** Hangs up on all. */
    @Override
    public void close() {
        closed = true;
        listener.close();
        open.forEach(LocalConnection::close);
    }

    private void accept() {
        while (!closed) {
            try {
                LocalConnection connection = listener.accept();
                open.add(connection);
                daemon("local-" + connection.peer().pid(), () -> receive(connection))
                        .start();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.error("no more local connections: {} failed", listener.address(), e);
                return;
            }
        }
    }

    private void receive(LocalConnection connection) {
        EventLoop.Timer hangUp = loop.after(FIRST_WORD, connection::close);
        try (connection) {
            Optional<DesktopMessage> first = Frames.read(connection.in(), DesktopMessage.parser());
            hangUp.cancel();
            if (first.isPresent()) {
                dispatch(connection, first.get());
            }
        } catch (ClosedChannelException e) {
            LOG.debug("hung up on process {}", connection.peer().pid());
        } catch (IOException e) {
            LOG.info("local connection of {} ended: {}", connection.peer(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("local connection of {} failed", connection.peer(), e);
        } finally {
            hangUp.cancel();
            open.remove(connection);
        }
    }

    private void dispatch(LocalConnection connection, DesktopMessage first) throws IOException {
        switch (first.getMessageCase()) {
            case STATUS_QUERY ->
                Frames.write(
                        connection.out(),
                        ServiceMessage.newBuilder()
                                .setStatusAnswer(status.apply(connection.peer()))
                                .build());
            case HELLO -> admit(connection, first.getHello());
            case OWNER_SEEN, COPY_SEEN, PASTE_ASKED, PASTE_SEEN, PASTE_DONE, REASON_TOLD, STATE, MESSAGE_NOT_SET ->
                LOG.warn("{} sent {} first and is hung up on", connection.peer(), first.getMessageCase());
        }
    }

    private void admit(LocalConnection connection, DesktopHello hello) throws IOException {
        Optional<DesktopSession> session = tickets.check(hello.getSession(), hello.getTicket());
        if (!mayHelp.test(connection.peer())) {
            LOG.warn("{} is not the helpers' account and is hung up on", connection.peer());
        } else if (hello.getProtocolVersion() != PROTOCOL_VERSION) {
            LOG.warn(
                    "{} speaks protocol version {}, not {}",
                    connection.peer(),
                    hello.getProtocolVersion(),
                    PROTOCOL_VERSION);
        } else if (session.isEmpty()) {
            LOG.warn("{} has no ticket for the session it names and is hung up on", connection.peer());
        } else {
            door.serve(session.get(), connection);
        }
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
