package org.sekisho.packaging.bench;

import io.netty.channel.nio.NioEventLoopGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.EventStreamer;
import org.sekisho.packaging.rig.PasteEvents;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.TerminalIdentity;
import org.sekisho.v1.EventBatch;

/**
 * Durable events a second, end to end: from simulated terminals over mTLS, verified, committed, acknowledged. The peer is a
 * raw {@code COPY} of the very same rows into a table with the same indexes, on the same PostgreSQL, in turn with each round.
 */
public final class IngestBench {
    private static final int TERMINALS = 8;
    private static final int EVENTS_A_ROUND = 80_000;
    private static final int BATCH = 500;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;

    private IngestBench() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory("sekisho-bench-ingest");
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        try (ServerProcess server = ServerProcess.start(Distribution.fromSystemProperty(), data, Map.of());
                ExecutorService executor = Executors.newSingleThreadExecutor();
                Connection database = server.database()) {
            List<Source> sources = new ArrayList<>();
            for (TerminalIdentity identity : Terminals.enrol(server.rest(), TERMINALS)) {
                PasteEvents events = new PasteEvents(identity.terminal());
                sources.add(new Source(events, new EventStreamer(identity, events, loops, executor)));
            }
            double[] ours = new double[ROUNDS];
            double[] copy = new double[ROUNDS];
            int rowBytes = 0;
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double rate = ingest(sources);
                byte[] rows = newest(database);
                double peer = copy(database, rows);
                rowBytes = rows.length / EVENTS_A_ROUND;
                System.out.printf(
                        "%s %d: %,.0f events/s end to end, %,.0f rows/s by COPY%n",
                        round < 0 ? "warm-up" : "round", round < 0 ? round + WARM_UP + 1 : round + 1, rate, peer);
                if (round >= 0) {
                    ours[round] = rate;
                    copy[round] = peer;
                }
            }
            sources.forEach(source -> source.streamer.close());
            new Figures("ingest")
                    .put("events_per_second", Figures.median(ours))
                    .put("copy_rows_per_second", Figures.median(copy))
                    .put("row_bytes", rowBytes)
                    .put("ratio", Figures.median(ours) / Figures.median(copy))
                    .put("aim", 0.5)
                    .print();
        } finally {
            var unused = loops.shutdownGracefully();
        }
    }

    private static double ingest(List<Source> sources) {
        List<List<EventBatch>> work = new ArrayList<>();
        for (Source source : sources) {
            List<EventBatch> batches = new ArrayList<>();
            for (int sent = 0; sent < EVENTS_A_ROUND / TERMINALS; sent += BATCH) {
                batches.add(EventBatch.newBuilder()
                        .addAllEvents(source.events.next(BATCH))
                        .build());
            }
            work.add(batches);
        }
        long start = System.nanoTime();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            done.add(sources.get(i).streamer.send(work.get(i)));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
        return EVENTS_A_ROUND / seconds(start);
    }

    /** The rows of the round just ended, as COPY writes them. */
    private static byte[] newest(Connection database) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        manager(database)
                .copyOut(
                        "COPY (SELECT * FROM event ORDER BY received_at DESC, id DESC LIMIT " + EVENTS_A_ROUND
                                + ") TO STDOUT (FORMAT binary)",
                        rows);
        return rows.toByteArray();
    }

    private static double copy(Connection database, byte[] rows) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS bench_event (LIKE event INCLUDING ALL)");
        }
        long start = System.nanoTime();
        long copied =
                manager(database).copyIn("COPY bench_event FROM STDIN (FORMAT binary)", new ByteArrayInputStream(rows));
        double rate = copied / seconds(start);
        if (copied != EVENTS_A_ROUND) {
            throw new IllegalStateException("COPY took " + copied + " rows, not " + EVENTS_A_ROUND);
        }
        return rate;
    }

    private static CopyManager manager(Connection database) throws Exception {
        return database.unwrap(PGConnection.class).getCopyAPI();
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private record Source(PasteEvents events, EventStreamer streamer) {}
}
