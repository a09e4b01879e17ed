package org.sekisho.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.UnsupportedChannel;
import org.sekisho.agent.local.Tickets;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.DesktopGap;

class DesktopSupervisorTest {
    private ManualLoop loop = new ManualLoop();
    private final Sessions sessions = new Sessions();
    private final Map<String, Duration> silences = new HashMap<>();
    private final List<DesktopGap> gaps = new ArrayList<>();
    private Tickets tickets = new Tickets();
    private int changes;
    private SecretStore secrets;
    private DesktopSupervisor supervisor;

    @TempDir
    Path folder;

    @BeforeEach
    void supervise() throws IOException {
        secrets = SecretStore.forPlatform(folder);
        superviseAnew();
    }

    /** As after the service was killed: nothing is known but what is on disk. */
    private void superviseAnew() {
        loop = new ManualLoop();
        tickets = new Tickets();
        supervisor = new DesktopSupervisor(new SupervisorParts(
                loop,
                sessions,
                tickets,
                new HelperRecords(secrets),
                session -> Optional.ofNullable(silences.get(session)),
                gaps::add,
                () -> changes++));
        supervisor.start();
    }

    @Test
    void eachSessionGetsOneHelperWithAGoodTicket() {
        sessions.open(":1");
        sessions.open(":2");
        tick(3);

        assertThat(sessions.started).extracting(StartedProcess::session).containsExactlyInAnyOrder(":1", ":2");
        assertThat(sessions.started)
                .allSatisfy(helper -> assertThat(tickets.check(
                                helper.session(), com.google.protobuf.ByteString.copyFrom(helper.ticket())))
                        .isPresent());
        assertThat(supervisor.sessions()).containsExactly(":1", ":2");
        assertThat(supervisor.unguarded()).isEmpty();
    }

    @Test
    void aHelperThatDiesIsBackAtOnceAndTheGapIsAnEvent() {
        StartedProcess first = guarded(":1");
        loop.advance(Duration.ofMinutes(10));
        first.die("killed by signal 9");
        loop.run();
        loop.advance(Duration.ZERO);

        assertThat(sessions.started).hasSize(2);
        assertThat(gaps).isEmpty();
        loop.advance(Duration.ofMillis(700));
        supervisor.admitted(":1");
        loop.run();
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.getSession()).isEqualTo(":1");
            assertThat(gap.getGapMillis()).isEqualTo(700);
            assertThat(gap.getCause()).isEqualTo("killed by signal 9");
            assertThat(gap.getRestricted()).isFalse();
        });
    }

    @Test
    void aSilentHelperIsReplaced() {
        StartedProcess first = guarded(":1");
        silences.put(":1", Duration.ofSeconds(14));
        tick(1);
        assertThat(first.stopped).isFalse();
        silences.put(":1", Duration.ofSeconds(15));
        tick(1);

        assertThat(first.stopped).isTrue();
        assertThat(sessions.started).hasSize(2);
        silences.put(":1", Duration.ZERO);
        supervisor.admitted(":1");
        loop.run();
        assertThat(gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.getCause()).isEqualTo("heartbeat missed"));
    }

    @Test
    void aHelperThatLostItsConnectionHasTimeToReconnect() {
        StartedProcess first = guarded(":1");
        tick(1);
        silences.remove(":1");
        tick(14);
        assertThat(first.stopped).isFalse();
        tick(2);
        assertThat(first.stopped).isTrue();
    }

    @Test
    void aHelperThatNeverConnectsIsReplaced() {
        sessions.open(":1");
        tick(1);
        loop.advance(SessionWatch.ADMISSION_PATIENCE);
        tick(1);

        assertThat(sessions.started).hasSizeGreaterThanOrEqualTo(2);
        assertThat(sessions.started.getFirst().stopped).isTrue();
    }

    @Test
    void aSessionWhoseHelperKeepsDyingIsReportedUntilItLives() {
        sessions.open(":1");
        sessions.dieAtOnce = true;
        tick(20);

        assertThat(gaps)
                .singleElement()
                .satisfies(gap -> assertThat(gap.getRestricted()).isTrue());
        assertThat(supervisor.unguarded()).singleElement().asString().contains(":1", "exit 3");
        assertThat(changes).isEqualTo(1);
        int tries = sessions.started.size();
        assertThat(tries).as("it backs off").isLessThan(15);

        sessions.dieAtOnce = false;
        tick(15);
        assertThat(sessions.started).hasSizeGreaterThan(tries);
        supervisor.admitted(":1");
        tick(1);
        assertThat(supervisor.unguarded()).isEmpty();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void aSessionThatCannotBeStartedCountsAsDying() {
        sessions.refuse = true;
        sessions.open(":1");
        tick(20);

        assertThat(supervisor.unguarded()).singleElement().asString().contains("EPERM");
    }

    @Test
    void whereASessionIsNotGuardedTheChannelHasFailed() {
        ChannelGuard guard = new SupervisedGuard(new UnsupportedChannel(Channel.CLIPBOARD, "x"), supervisor::unguarded);
        assertThat(guard.state().getMode()).isEqualTo(ChannelMode.MODE_UNSUPPORTED);
        sessions.open(":1");
        sessions.dieAtOnce = true;
        tick(20);

        assertThat(guard.state().getMode()).isEqualTo(ChannelMode.MODE_FAILED);
        assertThat(guard.state().getDetail()).contains(":1");
    }

    @Test
    void aSessionThatIsGoneTakesItsHelperAlong() {
        StartedProcess helper = guarded(":1");
        sessions.open.clear();
        tick(1);

        assertThat(helper.stopped).isTrue();
        assertThat(sessions.started).hasSize(1);
        assertThat(gaps).isEmpty();
        assertThat(tickets.check(":1", com.google.protobuf.ByteString.copyFrom(helper.ticket())))
                .isEmpty();
    }

    @Test
    void aSessionThatChangesHandsGetsAnotherHelper() {
        StartedProcess helper = guarded(":1");
        sessions.open.put(":1", new DesktopSession(":1", "taro", List.of()));
        tick(1);

        assertThat(helper.stopped).isTrue();
        assertThat(sessions.started).hasSize(2);
    }

    @Test
    void closingEndsAllHelpers() {
        StartedProcess helper = guarded(":1");
        supervisor.close();

        assertThat(helper.stopped).isTrue();
        assertThat(loop.timers()).isZero();
    }

    @Test
    void aHelperThatOutlivedItsServiceIsTakenOverAndNotReplaced() throws Exception {
        try (Living process = new Living()) {
            sessions.pid = process.pid();
            StartedProcess helper = guarded(":1");
            superviseAnew();
            tick(1);

            assertThat(sessions.adopted).containsExactly(process.pid());
            assertThat(sessions.started).containsExactly(helper);
            assertThat(tickets.check(":1", com.google.protobuf.ByteString.copyFrom(helper.ticket())))
                    .isPresent();
            supervisor.admitted(":1");
            tick(1);
            assertThat(gaps).isEmpty();
            assertThat(supervisor.unguarded()).isEmpty();
        }
    }

    @Test
    void aSurvivorThatDoesNotReconnectIsEndedAndReplaced() throws Exception {
        try (Living process = new Living()) {
            sessions.pid = process.pid();
            StartedProcess before = guarded(":1");
            superviseAnew();
            tick(1);
            sessions.pid = 0;
            loop.advance(SessionWatch.REUNION_PATIENCE);
            loop.runUntil(() -> sessions.started.size() == 2);

            assertThat(sessions.adopted).hasSize(1);
            assertThat(process.isAlive()).isFalse();
            assertThat(tickets.check(":1", com.google.protobuf.ByteString.copyFrom(before.ticket())))
                    .isEmpty();
        }
    }

    @Test
    void aHelperOfAnotherPersonOrADeadOneIsNotTakenOver() throws Exception {
        try (Living process = new Living()) {
            sessions.pid = process.pid();
            guarded(":1");
            sessions.open.put(":1", new DesktopSession(":1", "taro", List.of()));
            superviseAnew();
            tick(1);
            assertThat(sessions.adopted).isEmpty();
            assertThat(sessions.started).hasSize(2);
        }
        superviseAnew();
        tick(1);
        assertThat(sessions.adopted).isEmpty();
        assertThat(sessions.started).hasSize(3);
    }

    private StartedProcess guarded(String session) {
        sessions.open(session);
        tick(1);
        silences.put(session, Duration.ZERO);
        supervisor.admitted(session);
        loop.run();
        return sessions.started.getLast();
    }

    private void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            loop.advance(Duration.ofSeconds(1));
        }
    }

    private static final class Sessions implements DesktopSessions {
        final Map<String, DesktopSession> open = new HashMap<>();
        final List<StartedProcess> started = new ArrayList<>();
        final List<Long> adopted = new ArrayList<>();
        long pid;
        boolean dieAtOnce;
        boolean refuse;

        void open(String id) {
            open.put(id, new DesktopSession(id, "hanako", List.of()));
        }

        @Override
        public List<DesktopSession> current() {
            return List.copyOf(open.values());
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException {
            if (refuse) {
                throw new IOException("setpriv: EPERM (1)");
            }
            StartedProcess helper = new StartedProcess(session.id(), ticket, pid);
            started.add(helper);
            if (dieAtOnce) {
                helper.die("exit 3");
            }
            return helper;
        }

        @Override
        public DesktopProcess adopt(DesktopSession session, ProcessHandle helper) {
            adopted.add(helper.pid());
            return HelperProcess.survivor(helper, () -> {});
        }

        @Override
        public void close() {}
    }

    /** A real process that does nothing, for as long as it is not ended. */
    private static final class Living implements AutoCloseable {
        private final Process process;

        Living() throws IOException {
            process = new ProcessBuilder("cat").start();
        }

        long pid() {
            return process.pid();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    private static final class StartedProcess implements DesktopSessions.DesktopProcess {
        private final String session;
        private final byte[] ticket;
        private final long pid;
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        boolean stopped;

        StartedProcess(String session, byte[] ticket, long pid) {
            this.session = session;
            this.ticket = ticket;
            this.pid = pid;
        }

        String session() {
            return session;
        }

        byte[] ticket() {
            return ticket;
        }

        void die(String cause) {
            ended.complete(cause);
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public CompletionStage<String> ended() {
            return ended;
        }

        @Override
        public void stop() {
            stopped = true;
            ended.complete("exit 0");
        }
    }
}
