package org.sekisho.agent.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.agent.uplink.TerminalTransport.Line;
import org.sekisho.agent.uplink.TerminalTransport.LineEnd;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.Drain;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream from Hello to its end. Everything runs on the uplink's loop; what arrives after the end is dropped.
 *
 * <p>Order: Hello goes out first. Until Welcome has come nothing else is sent, and nothing else is accepted. From then on
 * events, acknowledgements, heartbeats and the rest go their ways independently.
 */
final class UplinkStream {
    /** A server that is alive answers Hello from memory and one row; longer, and another replica may do better. */
    static final Duration WELCOME_PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(UplinkStream.class);

    /** What the stream tells its uplink. */
    interface Fate {

        void welcomed(Welcome welcome);

        /**
         * The stream is over.
         *
         * @param planned true: reconnect at once; false: it failed
         */
        void over(LineEnd end, boolean planned);
    }

    private final EventLoop loop;
    private final UplinkParts parts;
    private final Fate fate;
    private final RandomGenerator random;
    private final TerminalReport report;
    private final CertificateRenewal renewal;
    private final Heartbeats heartbeats;
    private @Nullable Line line;
    private @Nullable EventPump pump;
    private EventLoop.@Nullable Timer welcomeTimer;
    private EventLoop.@Nullable Timer drainTimer;
    private boolean newsSinceHello;
    private boolean over;

    UplinkStream(EventLoop loop, UplinkParts parts, RandomGenerator random, Fate fate) {
        this.loop = loop;
        this.parts = parts;
        this.random = random;
        this.fate = fate;
        this.report = new TerminalReport(parts);
        this.heartbeats = new Heartbeats(loop, report, this::send, this::journalFailed);
        this.renewal = new CertificateRenewal(
                loop,
                parts.identity(),
                this::send,
                () -> end(new LineEnd(LineEnd.Kind.ENDED, "reconnecting with the renewed certificate"), true));
    }

    void open() {
        TerminalMessage hello;
        try {
            hello = report.hello();
        } catch (IOException e) {
            journalFailed(e);
            return;
        }
        welcomeTimer = loop.after(
                WELCOME_PATIENCE,
                () -> end(
                        new LineEnd(
                                LineEnd.Kind.UNREACHABLE, "no welcome within " + WELCOME_PATIENCE.toSeconds() + " s"),
                        false));
        line = parts.transport().open(parts.identity().current(), new OnLoop());
        send(hello);
    }

    /** Ends the stream without telling {@link Fate}. */
    void close() {
        if (over) {
            return;
        }
        over = true;
        cancel(welcomeTimer);
        heartbeats.stop();
        cancel(drainTimer);
        renewal.stop();
        if (line != null) {
            line.close();
        }
    }

    void eventsRecorded() {
        withPump(EventPump::pump);
    }

    void statusChanged() {
        if (pump == null) {
            newsSinceHello = line != null;
        } else {
            send(report.status());
        }
    }

    private void received(ServerMessage message) {
        if (pump == null && message.getMessageCase() != ServerMessage.MessageCase.WELCOME) {
            violated("sent " + message.getMessageCase() + " before WELCOME");
            return;
        }
        switch (message.getMessageCase()) {
            case WELCOME -> welcomed(message.getWelcome());
            case POLICY -> parts.duties().policyArrived(message.getPolicy(), this::answer);
            case PERMITS -> parts.duties().permitsArrived(message.getPermits(), this::answer);
            case MEDIA_REGISTER -> parts.duties().mediaRegisterArrived(message.getMediaRegister(), this::answer);
            case EVENT_ACK ->
                withPump(p -> {
                    if (!p.acknowledged(message.getEventAck())) {
                        violated("acknowledged events that were not sent to it");
                    }
                });
            case CREDIT -> withPump(p -> p.credited(message.getCredit()));
            case COMMAND -> parts.duties().commandArrived(message.getCommand(), this::answer);
            case RENEWAL -> renewal.answered(message.getRenewal());
            case DRAIN -> drain(message.getDrain());
            case HISTORY_REQUEST -> withPump(p -> p.history(message.getHistoryRequest()));
            case MESSAGE_NOT_SET ->
                LOG.info("the server sent a message that this version does not know; it is ignored");
        }
        if (!over && line != null) {
            line.more();
        }
    }

    private void welcomed(Welcome welcome) {
        Line open = line;
        if (pump != null || open == null) {
            violated("sent a second WELCOME");
            return;
        }
        cancel(welcomeTimer);
        try {
            pump = new EventPump(parts.outbox(), open, welcome);
        } catch (IOException e) {
            journalFailed(e);
            return;
        }
        parts.duties().assigned(welcome.getOrgUnit());
        parts.duties().serverTime(welcome.getServerTimeMicros());
        fate.welcomed(welcome);
        renewal.start();
        heartbeats.start(welcome);
        if (newsSinceHello) {
            send(report.status());
        }
        withPump(EventPump::pump);
    }

    private void drain(Drain drain) {
        long from = Integer.toUnsignedLong(drain.getMinMillis());
        long until = Math.max(from, Integer.toUnsignedLong(drain.getMaxMillis()));
        Duration wait = Duration.ofMillis(random.nextLong(from, until + 1));
        cancel(drainTimer);
        drainTimer =
                loop.after(wait, () -> end(new LineEnd(LineEnd.Kind.ENDED, "the server asked to reconnect"), true));
    }

    private void answer(PolicyAck ack) {
        loop.execute(() -> send(TerminalMessage.newBuilder().setPolicyAck(ack).build()));
    }

    private void answer(CommandAck ack) {
        loop.execute(() -> send(TerminalMessage.newBuilder().setCommandAck(ack).build()));
    }

    private void answer(PermitAck ack) {
        loop.execute(() -> send(TerminalMessage.newBuilder().setPermitAck(ack).build()));
    }

    private void send(TerminalMessage message) {
        if (!over && line != null) {
            line.send(message);
        }
    }

    private void withPump(PumpStep step) {
        EventPump welcomed = pump;
        if (over || welcomed == null) {
            return;
        }
        try {
            step.on(welcomed);
        } catch (IOException e) {
            journalFailed(e);
        }
    }

    private void violated(String what) {
        end(new LineEnd(LineEnd.Kind.ENDED, "the server " + what), false);
    }

    private void journalFailed(IOException e) {
        LOG.error("the journal can't be read for sending", e);
        end(new LineEnd(LineEnd.Kind.ENDED, "the journal can't be read: " + e.getMessage()), false);
    }

    private void end(LineEnd end, boolean planned) {
        if (!over) {
            close();
            fate.over(end, planned);
        }
    }

    private static void cancel(EventLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private interface PumpStep {
        void on(EventPump pump) throws IOException;
    }

    /** Brings what the transport tells onto the loop. */
    private final class OnLoop implements TerminalTransport.Listener {
        @Override
        public void received(ServerMessage message) {
            onLoop(() -> UplinkStream.this.received(message));
        }

        @Override
        public void ready() {
            onLoop(UplinkStream.this::eventsRecorded);
        }

        @Override
        public void closed(LineEnd end) {
            onLoop(() -> end(end, drainTimer != null));
        }

        private void onLoop(Runnable task) {
            loop.execute(() -> {
                if (!over) {
                    task.run();
                }
            });
        }
    }
}
