package org.sekisho.agent.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.UnsupportedChannel;
import org.sekisho.agent.local.Tickets;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.DesktopGap;

class DesktopSupervisorTest {
    private final ManualLoop loop = new ManualLoop();
    private final Sessions sessions = new Sessions();
    private final Map<String, Duration> silences = new HashMap<>();
    private final List<DesktopGap> gaps = new ArrayList<>();
    private final Tickets tickets = new Tickets();
    private int changes;
    private DesktopSupervisor supervisor;

    @BeforeEach
    void supervise() {
        supervisor = new DesktopSupervisor(new SupervisorParts(
                loop,
                sessions,
                tickets,
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
            StartedProcess helper = new StartedProcess(session.id(), ticket);
            started.add(helper);
            if (dieAtOnce) {
                helper.die("exit 3");
            }
            return helper;
        }

        @Override
        public void close() {}
    }

    private static final class StartedProcess implements DesktopSessions.DesktopProcess {
        private final String session;
        private final byte[] ticket;
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        boolean stopped;

        StartedProcess(String session, byte[] ticket) {
            this.session = session;
            this.ticket = ticket;
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
            return 1;
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
