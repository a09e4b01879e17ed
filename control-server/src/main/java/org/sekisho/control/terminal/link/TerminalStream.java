package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.ingest.Ingest;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;
import org.sekisho.v1.Command;
import org.sekisho.v1.Drain;
import org.sekisho.v1.Heartbeat;
import org.sekisho.v1.Hello;
import org.sekisho.v1.Segment;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalMessage;

/**
 * One terminal's stream. gRPC calls it with one message at a time, on a thread that may wait; answers go out through
 * the {@link Outbox} from any thread.
 *
 * <p>Order: registered first, then Hello is awaited, and nothing else is taken before it. A stream that replaces
 * another waits until the other's events are stored, and reads its position only then.
 */
final class TerminalStream implements StreamObserver<TerminalMessage> {
    private static final Logger LOG = Logger.getLogger(TerminalStream.class);
    /** A connected agent sends Hello at once. */
    private static final Duration HELLO = Duration.ofSeconds(30);

    private static final Duration PREDECESSOR = Duration.ofSeconds(10);
    /** A key made for each try is asked for once; a few more are lost answers. */
    private static final int MAX_RENEWALS = 4;

    private final Peer peer;
    private final LinkParts parts;
    private final ServerCallStreamObserver<ServerMessage> call;
    private final Outbox outbox;
    private final AtomicBoolean over = new AtomicBoolean();
    private final EventIntake intake;
    private final Greeting greeting;
    /** As it was when the stream began to serve it; before that, as at the handshake. */
    private volatile KnownTerminal known;

    private final GivenPolicies given = new GivenPolicies();

    private @Nullable TerminalStream predecessor;
    private @Nullable Future<?> helloTimer;
    private Ingest.@Nullable Session session;
    private volatile boolean welcomed;
    private int renewals;
    /** Highest number of a command that was sent on this stream. */
    private long commanded;

    TerminalStream(Peer peer, ServerCallStreamObserver<ServerMessage> call, LinkParts parts) {
        this.peer = peer;
        this.known = peer.terminal();
        this.parts = parts;
        this.call = call;
        this.outbox = new Outbox(call);
        this.intake = new EventIntake(outbox, this::end);
        this.greeting = new Greeting(parts, peer.id());
    }

    String terminal() {
        return peer.id();
    }

    Segment segment() {
        return peer.terminal().segment();
    }

    /** Whether the stream serves the terminal as what it is now. */
    boolean isFor(KnownTerminal now) {
        return known.equals(now);
    }

    /** What the server knows of the terminal has changed: it comes back at once, and is welcomed as what it is now. */
    void refresh() {
        drain(Duration.ZERO);
    }

    /** Takes the place of the terminal's stream before, if there is one, and waits for Hello. */
    void open() {
        TerminalStream before = parts.streams.put(this);
        if (before != null) {
            before.end(Supersession.REPLACED);
            predecessor = before;
        }
        helloTimer = parts.timer.after(
                HELLO,
                () -> end(Status.DEADLINE_EXCEEDED.withDescription("no Hello within " + HELLO.toSeconds() + " s")));
        call.request(1);
    }

    /** The line has room again. */
    void ready() {
        outbox.flush();
    }

    /** A policy was published. Before Hello it only waits: the answer to Hello looks for itself. */
    void offerPolicy(PushedDocument policy) {
        if (welcomed) {
            give(policy);
        }
    }

    /**
     * To an approved terminal, and never one before what it runs or was sent: it would have to refuse it, as after a pilot that was
     * stopped.
     */
    private void give(PushedDocument policy) {
        if (!known.approved()) {
            return;
        }
        if (given.isNews(policy)) {
            outbox.document(policy);
        }
    }

    /** Permits or a media register were signed. Before Hello they only wait: the answer to Hello looks for itself. */
    void offer(PushedDocument document) {
        if (welcomed && known.approved()) {
            outbox.document(document);
        }
    }

    /** Sends the commands that wait, in order; before Hello they only wait on. */
    void command() {
        if (!welcomed) {
            return;
        }
        synchronized (this) {
            for (Command command : parts.commands.open(terminal())) {
                if (command.getNumber() > commanded) {
                    commanded = command.getNumber();
                    outbox.send(ServerMessage.newBuilder().setCommand(command).build());
                }
            }
        }
    }

    /** Please come back later. */
    void drain(Duration most) {
        outbox.send(ServerMessage.newBuilder()
                .setDrain(Drain.newBuilder().setMinMillis(0).setMaxMillis(Math.toIntExact(most.toMillis())))
                .build());
    }

    /** Ends the stream from this side. */
    void end(Status status) {
        outbox.close(status);
        finished();
    }

    /** The stream ended from the other side, or with the connection. */
    void gone() {
        outbox.cancelled();
        finished();
    }

    private void finished() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        intake.close();
        Future<?> timer = helloTimer;
        if (timer != null) {
            timer.cancel(false);
        }
        if (parts.streams.remove(this) && welcomed) {
            parts.contacts.left(terminal());
        }
    }

    @Override
    public void onNext(TerminalMessage message) {
        if (over.get()) {
            return;
        }
        try {
            Ingest.Session writing = session;
            if (message.hasHello()) {
                hello(message.getHello());
            } else if (writing == null) {
                end(Status.FAILED_PRECONDITION.withDescription("Hello must come first"));
            } else {
                later(message, writing);
            }
            call.request(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(Status.UNAVAILABLE.withDescription("the server is stopping"));
        } catch (RuntimeException e) {
            LOG.errorf(e, "A message of terminal %s could not be handled", terminal());
            end(Status.UNAVAILABLE.withDescription("the server could not handle a message; try again later"));
        }
    }

    private void later(TerminalMessage message, Ingest.Session writing) throws InterruptedException {
        switch (message.getMessageCase()) {
            case HELLO -> throw new IllegalArgumentException("Hello is not a later message");
            case EVENTS -> intake.take(writing, message.getEvents());
            case POLICY_ACK -> {
                given.heard(message.getPolicyAck());
                parts.answers.heard(peer.terminal(), message.getPolicyAck());
            }
            case PERMIT_ACK -> parts.permitAnswers.heard(peer.terminal(), message.getPermitAck());
            case HEARTBEAT -> heartbeat(message.getHeartbeat());
            case RENEWAL_REQUEST -> renewal(message);
            case COMMAND_ACK -> parts.commands.answered(terminal(), message.getCommandAck());
            case STATUS -> status(message.getStatus());
            // A newer agent's message: it knows from Welcome that this server is older.
            case MESSAGE_NOT_SET -> {}
        }
    }

    private void hello(Hello hello) throws InterruptedException {
        if (session != null) {
            end(Status.FAILED_PRECONDITION.withDescription("Hello came twice"));
            return;
        }
        Optional<Status> refusal = greeting.refusal(hello);
        if (refusal.isPresent()) {
            end(refusal.get());
            return;
        }
        awaitPredecessor();
        // Again, now that the stream is registered: a revocation in between has not seen it.
        Optional<KnownTerminal> admitted = parts.admitted(peer);
        if (admitted.isEmpty()) {
            end(Supersession.REVOKED);
            return;
        }
        known = admitted.get();
        welcome(hello);
    }

    private void welcome(Hello hello) {
        Ingest.Resumption resumption = parts.ingest.resume(terminal(), hello);
        session = resumption.session();
        Future<?> timer = helloTimer;
        if (timer != null) {
            timer.cancel(false);
        }
        outbox.send(greeting.welcome(resumption, known));
        if (resumption.historyFrom() > 0) {
            intake.askHistory(resumption.historyFrom());
        }
        parts.contacts.connected(terminal(), hello.getRunningRevision(), hello.getAgentVersion(), hello.getStatus());
        parts.supersession.announce(terminal());
        given.runs(hello.getRunningRevision());
        welcomed = true;
        parts.policies.of(segment(), terminal()).ifPresent(this::give);
        bring(parts.mediaRegisters.of(segment()), hello.getMediaRegisterRevision());
        bring(parts.permits.of(terminal()), hello.getPermitsRevision());
        command();
    }

    /** Sends what is newer than what the terminal has. */
    private void bring(Optional<PushedDocument> current, long has) {
        current.filter(document -> known.approved())
                .filter(document -> Long.compareUnsigned(document.revision(), has) > 0)
                .ifPresent(outbox::document);
    }

    private void awaitPredecessor() throws InterruptedException {
        TerminalStream before = predecessor;
        predecessor = null;
        if (before != null && !before.intake.await(PREDECESSOR)) {
            LOG.warnf(
                    "Events of the stream before of terminal %s are still being written; it will have to connect again",
                    terminal());
        }
    }

    private void heartbeat(Heartbeat beat) {
        parts.contacts.heard(terminal(), beat.getRunningRevision(), beat.getBacklog(), beat.getWallClockMicros());
    }

    private void status(org.sekisho.v1.Status status) {
        Optional<Status> refusal = Greeting.refusal(status);
        if (refusal.isPresent()) {
            end(refusal.get());
            return;
        }
        parts.contacts.status(terminal(), status);
    }

    private void renewal(TerminalMessage message) {
        if (++renewals > MAX_RENEWALS) {
            end(Status.RESOURCE_EXHAUSTED.withDescription("too many certificates were asked for on one stream"));
            return;
        }
        outbox.send(ServerMessage.newBuilder()
                .setRenewal(parts.renewals.renew(terminal(), message.getRenewalRequest()))
                .build());
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    @Override
    public void onCompleted() {
        end(Status.OK);
    }
}
