package org.sekisho.packaging.bench;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sekisho.packaging.rig.EventStreamer;
import org.sekisho.packaging.rig.PasteEvents;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.TerminalIdentity;
import org.sekisho.v1.EventBatch;

/**
 * Simulated terminals that together send so many events a second, evenly, until they are closed. What the server has made of
 * them is seen in its database: that is where a stream that broke shows.
 */
final class LiveEvents implements AutoCloseable {
    private static final int BEATS_A_SECOND = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Source> sources = new ArrayList<>();
    private final int each;

    private LiveEvents(int each) {
        this.each = each;
    }

    /**
     * Enrols them; they send nothing yet.
     *
     * @param eventsASecond of all together; a multiple of ten times the terminals
     */
    static LiveEvents enrol(Rest rest, EventLoopGroup loops, int terminals, int eventsASecond)
            throws IOException, InterruptedException, GeneralSecurityException {
        LiveEvents live = new LiveEvents(eventsASecond / BEATS_A_SECOND / terminals);
        for (TerminalIdentity identity : Terminals.enrol(rest, terminals)) {
            PasteEvents events = new PasteEvents(identity.terminal());
            live.sources.add(new Source(events, new EventStreamer(identity, events, loops, live.clock)));
        }
        return live;
    }

    /** From now on they send. */
    void begin() {
        var unused = clock.scheduleAtFixedRate(
                this::beat, 0, TimeUnit.SECONDS.toMillis(1) / BEATS_A_SECOND, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        for (Source source : sources) {
            var unused = source.streamer.send(List.of(EventBatch.newBuilder()
                    .addAllEvents(source.events.next(each))
                    .build()));
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        sources.forEach(source -> source.streamer.close());
    }

    private record Source(PasteEvents events, EventStreamer streamer) {}
}
