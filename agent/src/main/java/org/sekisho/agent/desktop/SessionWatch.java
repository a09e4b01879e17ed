package org.sekisho.agent.desktop;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions.DesktopProcess;
import org.sekisho.agent.desktop.HelperRecords.Survivor;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.DesktopGap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session's helper alive. All on the loop.
 *
 * <p>A gap lasts from the moment a helper that guarded is gone until the next one is admitted; it is told when it is over,
 * and at once when it is not going to be over soon.
 */
final class SessionWatch {
    /** From the start of the process to its admission: a Java program on a loaded terminal. */
    static final Duration ADMISSION_PATIENCE = Duration.ofSeconds(60);

    /** A helper that lost its service tries to reconnect every second. */
    static final Duration REUNION_PATIENCE = Duration.ofSeconds(10);

    /** Three signs of life in a row missed; desktop.proto has one every 5 seconds. */
    static final Duration SILENCE_PATIENCE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

    private final DesktopSession session;
    private final SupervisorParts parts;
    private final EventLoop loop;
    private final RestartDelay restarts = new RestartDelay();
    private @Nullable DesktopProcess process;
    private EventLoop.@Nullable Timer timer;
    private String killedFor = "";
    private String gapCause = "";
    private boolean inGap;
    private long gapSince;
    private long connectedAt;
    private boolean guarded;
    private boolean restricted;
    private boolean over;

    SessionWatch(DesktopSession session, SupervisorParts parts) {
        this.session = session;
        this.parts = parts;
        this.loop = parts.loop();
    }

    DesktopSession session() {
        return session;
    }

    /** Empty if the session is guarded or about to be; otherwise why it is not. */
    Optional<String> unguarded() {
        return restricted
                ? Optional.of(session.id() + ": the helper can't be kept alive: " + gapCause)
                : Optional.empty();
    }

    /** Begins: with the helper that an earlier run of the service left behind, if it lives, else with a new one. */
    void begin() {
        Optional<Survivor> survivor = Optional.empty();
        try {
            survivor = parts.records().survivor(session);
        } catch (IOException e) {
            LOG.warn("the helper that guarded session {} before can't be looked up: {}", session.id(), e.getMessage());
        }
        survivor.ifPresentOrElse(this::adopt, this::start);
    }

    private void adopt(Survivor survivor) {
        LOG.info(
                "the helper of session {} is still there: process {}",
                session.id(),
                survivor.process().pid());
        parts.tickets().restore(session, survivor.ticket());
        watch(parts.sessions().adopt(session, survivor.process()), REUNION_PATIENCE);
    }

    private void start() {
        if (over) {
            return;
        }
        killedFor = "";
        try {
            byte[] ticket = parts.tickets().issue(session);
            DesktopProcess started = parts.sessions().start(session, ticket);
            watch(started, ADMISSION_PATIENCE);
            remember(started, ticket);
        } catch (IOException e) {
            LOG.error("no helper for session {}: {}", session.id(), e.getMessage());
            died(String.valueOf(e.getMessage()));
        }
    }

    private void watch(DesktopProcess helper, Duration patience) {
        process = helper;
        helper.ended()
                .whenComplete((cause, failure) ->
                        loop.execute(() -> ended(helper, String.valueOf(failure == null ? cause : failure))));
        timer = loop.after(patience, () -> kill("not connected within " + patience.toSeconds() + " s"));
    }

    private void remember(DesktopProcess started, byte[] ticket) {
        try {
            parts.records().remember(session, started.pid(), ticket);
        } catch (IOException e) {
            LOG.warn(
                    "the helper of session {} can't be remembered; should the service be killed, what it holds is lost: {}",
                    session.id(),
                    e.getMessage());
        }
    }

    void stop() {
        over = true;
        cancelTimer();
        parts.tickets().withdraw(session.id());
        DesktopProcess running = process;
        process = null;
        if (running != null) {
            running.stop();
        }
    }

    /** The helper has been admitted. */
    void admitted() {
        if (over || process == null) {
            return;
        }
        cancelTimer();
        guarded = true;
        connectedAt = loop.nanos();
        if (inGap) {
            tellGap(false);
            inGap = false;
        }
        if (restricted) {
            restricted = false;
            parts.changed().run();
        }
    }

    /** Called every few seconds. */
    void look() {
        if (!guarded || process == null) {
            return;
        }
        Optional<Duration> silence = parts.silence().apply(session.id());
        if (silence.isPresent()) {
            connectedAt = loop.nanos();
        }
        // Without a connection the time since the last one counts: a helper may reconnect.
        Duration quiet = silence.orElseGet(() -> Duration.ofNanos(loop.nanos() - connectedAt));
        if (quiet.compareTo(SILENCE_PATIENCE) >= 0) {
            kill("heartbeat missed");
        }
    }

    private void kill(String cause) {
        DesktopProcess running = process;
        if (running != null) {
            killedFor = cause;
            running.stop();
        }
    }

    private void ended(DesktopProcess which, String cause) {
        if (over || !which.equals(process)) {
            return;
        }
        process = null;
        died(killedFor.isEmpty() ? cause : killedFor);
    }

    private void died(String cause) {
        cancelTimer();
        guarded = false;
        gapCause = cause;
        if (!inGap) {
            inGap = true;
            gapSince = loop.nanos();
        }
        Duration wait = restarts.died(loop.nanos());
        LOG.warn("the helper of session {} is gone: {}; next in {} ms", session.id(), cause, wait.toMillis());
        if (restarts.tooOften() && !restricted) {
            restricted = true;
            tellGap(true);
            parts.changed().run();
        }
        timer = loop.after(wait, this::start);
    }

    private void tellGap(boolean stays) {
        parts.gaps()
                .accept(DesktopGap.newBuilder()
                        .setSession(session.id())
                        .setGapMillis(Duration.ofNanos(loop.nanos() - gapSince).toMillis())
                        .setCause(gapCause)
                        .setRestricted(stays)
                        .build());
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
