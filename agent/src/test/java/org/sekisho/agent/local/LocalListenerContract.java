package org.sekisho.agent.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link LocalListener} and its clients promise. A subclass says how the platform listens and connects. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LocalListenerContract {
    private static final int MAX_CONNECTIONS = 64;
    private static final int LARGE_BYTES = 3_000_000;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private LocalListener listener;

    /** An address that nobody else uses. */
    abstract String newAddress() throws Exception;

    abstract LocalListener listen(String address) throws Exception;

    abstract LocalConnection connect(String address) throws Exception;

    @BeforeEach
    final void listen() throws Exception {
        listener = listen(newAddress());
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        listener.close();
    }

    private record Pair(LocalConnection server, LocalConnection client) {}

    private Pair connected() throws Exception {
        CompletableFuture<LocalConnection> accepted = inBackground(listener::accept);
        LocalConnection client = connect(listener.address());
        opened.add(client);
        LocalConnection server = accepted.get();
        opened.add(server);
        return new Pair(server, client);
    }

    @Test
    final void passesBytesBothWays() throws Exception {
        Pair pair = connected();
        pair.client().out().write("question".getBytes(UTF_8));
        pair.client().out().flush();
        assertThat(pair.server().in().readNBytes(8)).asString(UTF_8).isEqualTo("question");

        pair.server().out().write("answer".getBytes(UTF_8));
        pair.server().out().flush();
        assertThat(pair.client().in().readNBytes(6)).asString(UTF_8).isEqualTo("answer");
    }

    @Test
    final void knowsThePeer() throws Exception {
        Pair pair = connected();
        LocalConnection.Peer client = pair.server().peer();

        assertThat(client.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(client.user()).endsWithIgnoringCase(System.getProperty("user.name"));
    }

    @Test
    final void passesMuchBothWaysAtOnce() throws Exception {
        Pair pair = connected();
        byte[] up = noise(1);
        byte[] down = noise(2);
        CompletableFuture<Void> upSent = inBackground(() -> send(pair.client(), up));
        CompletableFuture<Void> downSent = inBackground(() -> send(pair.server(), down));
        CompletableFuture<byte[]> upSeen = inBackground(() -> pair.server().in().readNBytes(LARGE_BYTES));

        assertThat(pair.client().in().readNBytes(LARGE_BYTES)).isEqualTo(down);
        assertThat(upSeen.get()).isEqualTo(up);
        upSent.get();
        downSent.get();
    }

    @Test
    final void writesWhileAReadWaits() throws Exception {
        Pair pair = connected();
        CompletableFuture<Integer> waiting =
                inBackground(() -> pair.client().in().read());
        send(pair.client(), new byte[] {1});
        assertThat(pair.server().in().read()).isEqualTo(1);
        assertThat(waiting).isNotDone();

        send(pair.server(), new byte[] {2});
        assertThat(waiting.get()).isEqualTo(2);
    }

    @Test
    final void endsWhatTheOtherEndHasClosedAfterAllWasRead() throws Exception {
        Pair pair = connected();
        send(pair.client(), new byte[] {7});
        pair.client().close();

        assertThat(pair.server().in().readAllBytes()).containsExactly(7);
    }

    @Test
    final void closingEndsAReadThatWaits() throws Exception {
        Pair pair = connected();
        CompletableFuture<Integer> waiting =
                inBackground(() -> pair.client().in().read());
        pair.client().close();

        assertThatEnded(waiting);
        pair.client().close();
    }

    @Test
    final void closingEndsAcceptThatWaits() throws Exception {
        CompletableFuture<LocalConnection> waiting = inBackground(listener::accept);
        listener.close();

        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(listener::accept).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    final void nobodyListensAfterwards() throws Exception {
        listener.close();

        assertThatThrownBy(() -> connect(listener.address())).isInstanceOf(IOException.class);
    }

    @Test
    final void listensAloneUnderItsAddress() {
        assertThatThrownBy(() -> listen(listener.address())).isInstanceOf(IOException.class);
    }

    @Test
    final void connectionsOutliveTheListener() throws Exception {
        Pair pair = connected();
        listener.close();
        send(pair.client(), new byte[] {1});

        assertThat(pair.server().in().read()).isEqualTo(1);
    }

    @Test
    final void refusesMoreThanItsBoundAndTakesTheNextWhenOneLeaves() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            pairs.add(connected());
        }
        CompletableFuture<LocalConnection> next = inBackground(listener::accept);
        assertThat(refused()).isTrue();

        pairs.getFirst().server().close();
        pairs.getFirst().client().close();

        LocalConnection late = connect(listener.address());
        opened.add(late);
        send(late, new byte[] {9});
        LocalConnection server = next.get(60, TimeUnit.SECONDS);
        opened.add(server);
        assertThat(server.in().read()).isEqualTo(9);
    }

    /** Whether one more client is turned away: it can't connect, or its connection is ended at once. */
    private boolean refused() throws Exception {
        try (LocalConnection tooMany = connect(listener.address())) {
            return tooMany.in().read() < 0;
        } catch (IOException turnedAway) {
            return true;
        }
    }

    private static void assertThatEnded(CompletableFuture<Integer> read) throws InterruptedException {
        try {
            assertThat(read.get()).isEqualTo(-1);
        } catch (ExecutionException failed) {
            assertThat(failed).hasCauseInstanceOf(IOException.class);
        }
    }

    private static Void send(LocalConnection to, byte[] bytes) throws IOException {
        to.out().write(bytes);
        to.out().flush();
        return null;
    }

    private static byte[] noise(int seed) {
        byte[] noise = new byte[LARGE_BYTES];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static <T> CompletableFuture<T> inBackground(Callable<T> act) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(act.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
