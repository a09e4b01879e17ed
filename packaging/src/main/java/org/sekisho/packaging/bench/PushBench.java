package org.sekisho.packaging.bench;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import io.netty.channel.nio.NioEventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.PasteEvents;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;
import org.sekisho.packaging.rig.SimulatedTerminal;
import org.sekisho.packaging.rig.TerminalIdentity;
import org.sekisho.v1.Hello;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.TerminalMessage;

/**
 * From the moment that publishing is asked for until each of 2,000 terminals has answered ENFORCED and the server has
 * recorded it. The terminals are simulated: what a real one spends on enforcing is measured by {@code clipboard}.
 */
public final class PushBench {
    private static final int TERMINALS = 2_000;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final double AIM_SLOWEST_SECONDS = 2;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final AtomicReference<Round> round = new AtomicReference<>(new Round(0));

    private PushBench() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        // Last of all, whatever the closing of thousands of connections has to say.
        new PushBench().run().print();
    }

    private Figures run() throws Exception {
        Path data = Files.createTempDirectory("sekisho-bench-push");
        List<SimulatedTerminal> open = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(Distribution.fromSystemProperty(), data, Map.of());
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Rest rest = server.rest();
            for (TerminalIdentity identity : Terminals.enrol(rest, TERMINALS)) {
                open.add(connect(identity, executor));
            }
            System.out.println(TERMINALS + " terminals have opened their streams");
            List<double[]> measured = new ArrayList<>();
            List<Double> recorded = new ArrayList<>();
            for (int i = 1; i <= WARM_UP + ROUNDS; i++) {
                double allRecorded = publish(rest, i);
                double[] seconds = requireNonNull(round.get()).seconds();
                System.out.printf(
                        "%s: median %.3f s, slowest %.3f s, all recorded %.3f s%n",
                        i <= WARM_UP ? "warm-up" : "round " + (i - WARM_UP),
                        Figures.median(seconds),
                        Figures.percentile(seconds, 100),
                        allRecorded);
                if (i > WARM_UP) {
                    measured.add(seconds);
                    recorded.add(allRecorded);
                }
            }
            double[] all =
                    measured.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
            double slowest = Figures.percentile(all, 100);
            double worstRecorded =
                    recorded.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            return new Figures("push")
                    .put("terminals", TERMINALS)
                    .put("median_seconds", Figures.median(all))
                    .put("p99_seconds", Figures.percentile(all, 99))
                    .put("slowest_seconds", slowest)
                    .put("slowest_recorded_seconds", worstRecorded)
                    .put("aim_slowest_seconds", AIM_SLOWEST_SECONDS)
                    .put("ratio_to_aim", worstRecorded / AIM_SLOWEST_SECONDS);
        } finally {
            open.forEach(SimulatedTerminal::close);
            loops.shutdownGracefully().syncUninterruptibly();
        }
    }

    private SimulatedTerminal connect(TerminalIdentity identity, ExecutorService executor) throws Exception {
        PasteEvents events = new PasteEvents(identity.terminal());
        Hello hello = Hello.newBuilder()
                .setTerminal(identity.terminal())
                .setWireVersion(1)
                .setAgentVersion("simulated")
                .setBoot(events.boot())
                .build();
        AtomicReference<SimulatedTerminal> self = new AtomicReference<>();
        CountDownLatch welcome = new CountDownLatch(1);
        SimulatedTerminal terminal = SimulatedTerminal.connect(identity, hello, loops, executor, message -> {
            if (message.hasWelcome()) {
                welcome.countDown();
            }
            answer(identity.terminal(), self, message);
        });
        self.set(terminal);
        if (!welcome.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("terminal " + identity.terminal() + " was not welcomed within 30 s");
        }
        return terminal;
    }

    private void answer(String terminal, AtomicReference<SimulatedTerminal> self, ServerMessage message) {
        if (!message.hasPolicy()) {
            return;
        }
        Signed signed = message.getPolicy();
        try {
            long revision = SignedPayload.parseFrom(signed.getPayload()).getRevision();
            ByteString hash = ByteString.copyFrom(MessageDigest.getInstance("SHA-256")
                    .digest(signed.getPayload().toByteArray()));
            for (PolicyProgress progress :
                    List.of(PolicyProgress.RECEIVED, PolicyProgress.POLICY_VERIFIED, PolicyProgress.POLICY_ENFORCED)) {
                requireNonNull(self.get())
                        .send(TerminalMessage.newBuilder()
                                .setPolicyAck(PolicyAck.newBuilder()
                                        .setRevision(revision)
                                        .setProgress(progress)
                                        .setPayloadSha256(hash))
                                .build());
            }
            requireNonNull(round.get()).enforced(terminal, revision);
        } catch (com.google.protobuf.InvalidProtocolBufferException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("the server pushed what no terminal can read", e);
        }
    }

    /** Publishes revision {@code number} and returns the seconds until the server has recorded every terminal's ENFORCED. */
    private double publish(Rest rest, int number) throws Exception {
        String yaml =
                rest.get("/api/v1/policies/templates").findValuesAsText("yaml").getFirst();
        Round next = new Round(number);
        round.set(next);
        var answer = rest.post("/api/v1/policies", Map.of("yaml", yaml, "reason", "bench " + number));
        String path = "/api/v1/policies/" + answer.get("segment").asText() + "/"
                + answer.get("revision").asLong();
        if (!next.all.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(next.all.getCount() + " terminals had no policy after 60 s");
        }
        while (true) {
            if (rest.get(path).get("rollout").get("enforced").asInt() >= TERMINALS) {
                return (System.nanoTime() - next.start) / 1e9;
            }
        }
    }

    private static final class Round {
        private final long revision;
        private final long start = System.nanoTime();
        private final Map<String, Double> seconds = new ConcurrentHashMap<>();
        private final CountDownLatch all = new CountDownLatch(TERMINALS);

        private Round(long revision) {
            this.revision = revision;
        }

        private void enforced(String terminal, long acknowledged) {
            if (acknowledged == revision && seconds.putIfAbsent(terminal, (System.nanoTime() - start) / 1e9) == null) {
                all.countDown();
            }
        }

        private double[] seconds() {
            return seconds.values().stream().mapToDouble(Double::doubleValue).toArray();
        }
    }
}
