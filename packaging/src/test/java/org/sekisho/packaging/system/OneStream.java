package org.sekisho.packaging.system;

import io.netty.channel.nio.NioEventLoopGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.sekisho.packaging.rig.EventStreamer;
import org.sekisho.packaging.rig.PasteEvents;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.TerminalIdentity;
import org.sekisho.v1.EventBatch;

/** One simulated terminal from enrolment to the first durable event. */
final class OneStream {
    private OneStream() {}

    /** True once the server has taken a new terminal's event to disk. */
    static boolean opens(ServerProcess server) throws Exception {
        String token = server.rest()
                .post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER"))
                .get("token")
                .asText();
        TerminalIdentity identity = TerminalIdentity.enrol(server.rest(), token, "one-stream");
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        PasteEvents events = new PasteEvents(identity.terminal());
        try (ExecutorService executor = Executors.newSingleThreadExecutor();
                EventStreamer streamer = new EventStreamer(identity, events, loops, executor)) {
            CompletableFuture<Void> durable = streamer.send(
                    List.of(EventBatch.newBuilder().addAllEvents(events.next(1)).build()));
            durable.get(20, TimeUnit.SECONDS);
            return true;
        } finally {
            var unused = loops.shutdownGracefully();
        }
    }
}
