package org.sekisho.agent.desktop;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions.DesktopProcess;
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

    void start() {
        if (over) {
            return;
        }
        killedFor = "";
        try {
            DesktopProcess started =
                    parts.sessions().start(session, parts.tickets().issue(session));
            process = started;
            started.ended()
                    .whenComplete((cause, failure) ->
                            loop.execute(() -> ended(started, String.valueOf(failure == null ? cause : failure))));
            timer = loop.after(
                    ADMISSION_PATIENCE, () -> kill("not connected within " + ADMISSION_PATIENCE.toSeconds() + " s"));
        } catch (IOException e) {
            LOG.error("no helper for session {}: {}", session.id(), e.getMessage());
            died(String.valueOf(e.getMessage()));
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
