package org.sekisho.packaging.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.ServerProcess;

/**
 * How soon the console's main pages are ready in a real Chromium, and whether they keep their frames, over 5,000 terminals and a
 * million events of 35 days while 500 events a second arrive. Ready: from the start of navigation, with nothing cached, until a
 * frame is drawn that has what the page is for. Server, terminals and browser share the machine.
 */
public final class ConsoleBench {
    private static final int EVENTS = 1_000_000;
    private static final int TERMINALS = 5_000;
    private static final int LIVE_TERMINALS = 10;
    private static final int EVENTS_A_SECOND = 500;
    /** Of what was sent; less would be another load than the one that is named. */
    private static final double LEAST_ARRIVED = 0.95;

    private static final double AIM_READY_MS = 2_000;
    private static final double AIM_FRAME_MS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private ConsoleBench() {}

    /** {@code --events N}: fewer, for trying. */
    public static void main(String[] args) throws Exception {
        int events = args.length == 2 && args[0].equals("--events") ? Integer.parseInt(args[1]) : EVENTS;
        Path data = Files.createTempDirectory("sekisho-bench-console");
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        try (ServerProcess server = ServerProcess.start(Distribution.fromSystemProperty(), data, Map.of());
                Connection database = server.database()) {
            new PastEvents(database, TERMINALS).load(events);
            JsonNode measured;
            double rate;
            try (LiveEvents live = LiveEvents.enrol(server.rest(), loops, LIVE_TERMINALS, EVENTS_A_SECOND)) {
                live.begin();
                Instant start = Instant.now();
                long before = received(database, start);
                measured = browse(server);
                rate = (received(database, start) - before)
                        * 1_000.0
                        / Duration.between(start, Instant.now()).toMillis();
            }
            if (rate < EVENTS_A_SECOND * LEAST_ARRIVED) {
                throw new IllegalStateException("only " + Math.round(rate) + " events a second arrived");
            }
            report(events, rate, measured);
        } finally {
            var unused = loops.shutdownGracefully();
        }
    }

    private static long received(Connection database, Instant since) throws SQLException {
        try (PreparedStatement count = database.prepareStatement("SELECT count(*) FROM event WHERE received_at >= ?")) {
            count.setTimestamp(1, Timestamp.from(since));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static JsonNode browse(ServerProcess server) throws IOException, InterruptedException {
        Path script =
                Path.of(System.getProperty("sekisho.basedir"), "../control-server/src/main/webui/browser/bench.mjs");
        Command browsed = Command.run(
                LIMIT,
                Map.of(),
                new byte[0],
                "node",
                script.toString(),
                "--setup-link",
                Files.readString(server.data().resolve("setup-link")).strip(),
                "--ca",
                server.data().resolve("ca.pem").toString());
        if (browsed.exit() != 0) {
            throw new IOException("the browser ended with " + browsed.exit() + ": " + browsed.text() + browsed.err());
        }
        return new ObjectMapper().readTree(browsed.out());
    }

    private static void report(int events, double rate, JsonNode measured) throws IOException {
        Figures figures = new Figures("console")
                .put("terminals", TERMINALS)
                .put("events", events)
                .put("live_events_per_second", rate);
        double slowestReady = 0;
        double longestFrame = 0;
        for (Map.Entry<String, JsonNode> page : measured.properties()) {
            double[] ready = StreamSupport.stream(page.getValue().get("ready").spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
            double longest = page.getValue().get("longestFrame").asDouble();
            int frames = page.getValue().get("frames").asInt();
            System.out.printf(
                    "%-10s ready: median %5.0f ms, slowest %5.0f ms; %,d frames, longest %4.0f ms%n",
                    page.getKey(), Figures.median(ready), Figures.percentile(ready, 100), frames, longest);
            figures.put(page.getKey() + "_ready_ms", Figures.median(ready));
            figures.put(page.getKey() + "_longest_frame_ms", longest);
            slowestReady = Math.max(slowestReady, Figures.percentile(ready, 100));
            longestFrame = Math.max(longestFrame, longest);
        }
        figures.put("slowest_ready_ms", slowestReady)
                .put("longest_frame_ms", longestFrame)
                .put("aim_ready_ms", AIM_READY_MS)
                .put("aim_frame_ms", AIM_FRAME_MS)
                .put("ratio_ready", slowestReady / AIM_READY_MS)
                .put("ratio_frame", longestFrame / AIM_FRAME_MS)
                .print();
    }
}
