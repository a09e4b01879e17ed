package org.sekisho.agent.uplink;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;

/** One stream's heartbeats, from Welcome to its end. For the uplink's loop. */
final class Heartbeats {
    // terminal.proto, Welcome.heartbeat_seconds: 5..3600
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 3_600;

    private final EventLoop loop;
    private final TerminalReport report;
    private final Consumer<TerminalMessage> line;
    private final Consumer<IOException> failed;
    private EventLoop.@Nullable Timer next;

    /**
     * @param line takes them
     * @param failed told when the journal can't be read, which ends them
     */
    Heartbeats(EventLoop loop, TerminalReport report, Consumer<TerminalMessage> line, Consumer<IOException> failed) {
        this.loop = loop;
        this.report = report;
        this.line = line;
        this.failed = failed;
    }

    /** Sends one at once, and then as often as the server wants them. */
    void start(Welcome welcome) {
        beat(Duration.ofSeconds(
                Math.clamp(Integer.toUnsignedLong(welcome.getHeartbeatSeconds()), LEAST_SECONDS, MOST_SECONDS)));
    }

    private void beat(Duration every) {
        TerminalMessage heartbeat;
        try {
            heartbeat = report.heartbeat(loop.now());
        } catch (IOException e) {
            failed.accept(e);
            return;
        }
        next = loop.after(every, () -> beat(every));
        line.accept(heartbeat);
    }

    void stop() {
        if (next != null) {
            next.cancel();
        }
    }
}
