package org.sekisho.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.clipboard.ProgramLookup;
import org.sekisho.agent.desktop.DesktopSessions;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.agent.local.LocalEnds;
import org.sekisho.agent.local.LocalServer;
import org.sekisho.agent.policy.Policies;
import org.sekisho.agent.posture.ServiceQuery;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.agent.uplink.Identity;
import org.sekisho.agent.uplink.IdentityVault;
import org.sekisho.agent.uplink.TestAuthority;
import org.sekisho.agent.uplink.TestLink;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.DesktopHello;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopState;
import org.sekisho.v1.Event;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.PasteAsked;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.ServiceMessage;
import org.sekisho.v1.StatusAnswer;
import org.sekisho.v1.Verdict;

/** The whole agent in one process: real journal, socket and mutual TLS; only the desktop is a fake one. */
@EnabledOnOs(OS.LINUX)
class AgentTest {
    private final Instant now = Instant.now();
    private final Desktops desktops = new Desktops();
    private TestAuthority authority;
    private Policies policies;
    private TestLink server;
    private AgentConfig config;
    private String address;

    @BeforeEach
    void enrolled(@TempDir Path folder) throws Exception {
        authority = new TestAuthority(now);
        policies = new Policies(authority.policyKey(), now);
        server = new TestLink(authority);
        config = AgentConfig.load(
                java.util.Map.of(
                        "sekisho.state-dir",
                        folder.resolve("state").toString(),
                        "sekisho.runtime-dir",
                        folder.resolve("run").toString(),
                        "sekisho.uplink.backoff-first-millis",
                        "100",
                        "sekisho.uplink.backoff-cap-millis",
                        "200"),
                java.util.Map.of(),
                java.util.Map.of());
        address = LocalEnds.address(config.runtimeDir());
        Files.createDirectories(config.stateDir());
        Identity identity = authority.identity("terminal-7", server.target(), now.plusSeconds(86_400));
        new IdentityVault(SecretStore.forPlatform(config.stateDir())).save(identity, now);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aPasteIsBlockedRecordedAndHeardOfAtTheServer() throws Exception {
        Agent agent = start();
        try {
            server.push(policies.sign(policies.payload(Policies.policy(1, Verdict.BLOCK, false))));
            await().untilAsserted(() -> assertThat(server.progress())
                    .containsExactly(
                            PolicyProgress.RECEIVED, PolicyProgress.POLICY_VERIFIED, PolicyProgress.POLICY_ENFORCED));
            try (LocalConnection helper = helper()) {
                assertThat(paste(helper, 1).getHandOut()).isFalse();
                server.push(policies.sign(policies.payload(Policies.policy(2, Verdict.AUDIT, false))));
                await().until(() -> agent.status().getRunningRevision() == 2);
                assertThat(paste(helper, 2).getHandOut()).isTrue();
                server.push(policies.sign(policies.payload(Policies.policy(3, Verdict.BLOCK, true))));
                await().until(() -> agent.status().getRunningRevision() == 3);
                assertThat(paste(helper, 3).getHandOut()).isTrue();
            }
        } finally {
            agent.stop("test");
        }
        await().untilAsserted(() -> assertThat(server.events())
                .filteredOn(Event::hasAttempt)
                .extracting(event -> event.getAttempt().getDecision().getVerdict())
                .containsExactly(Verdict.BLOCK, Verdict.AUDIT, Verdict.BLOCK));
        assertThat(server.events())
                .extracting(Event::getBodyCase)
                .contains(Event.BodyCase.ENROLLED, Event.BodyCase.AGENT_STARTED, Event.BodyCase.POLICY_APPLIED);
        assertThat(server.events()).extracting(Event::getSeq).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void withoutAPolicyAndAServerItDeniesAndSaysSo() throws Exception {
        server.close();
        Agent agent = start();
        try (LocalConnection helper = helper()) {
            assertThat(paste(helper, 1).getHandOut()).isFalse();
            StatusAnswer status = ServiceQuery.ask(address);
            assertThat(status.getConnected()).isFalse();
            assertThat(status.getRunningRevision()).isZero();
            assertThat(status.getBacklog()).isPositive();
            assertThat(status.getChannelsList())
                    .extracting(ChannelState::getMode)
                    .contains(ChannelMode.MODE_UNSUPPORTED);
        } finally {
            agent.stop("test");
        }
    }

    @Test
    void afterARestartTheLastPolicyRunsAndTheChainGoesOn() throws Exception {
        Agent first = start();
        server.push(policies.signed(4));
        await().until(() -> first.status().getRunningRevision() == 4);
        first.stop("test");

        Agent second = start();
        try {
            assertThat(second.status().getRunningRevision()).isEqualTo(4);
            await().untilAsserted(() -> assertThat(server.events())
                    .filteredOn(Event::hasAgentStopped)
                    .hasSize(1));
            await().untilAsserted(() -> assertThat(server.events())
                    .filteredOn(Event::hasAgentStarted)
                    .extracting(
                            event -> event.getAgentStarted().getRevision(),
                            event -> event.getAgentStarted().getAfterCrash())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(0L, false),
                            org.assertj.core.groups.Tuple.tuple(4L, false)));
        } finally {
            second.stop("test");
        }
    }

    @Test
    void aSecondServiceOnTheSameStateIsRefused() throws Exception {
        Agent agent = start();
        try {
            assertThatThrownBy(this::start).isInstanceOf(AgentException.class).hasMessageContaining("stop it first");
        } finally {
            agent.stop("test");
        }
    }

    @Test
    void aTerminalThatIsNotEnrolledIsToldSo(@TempDir Path empty) throws Exception {
        AgentConfig fresh = AgentConfig.load(
                java.util.Map.of(
                        "sekisho.state-dir", empty.resolve("s").toString(), "sekisho.runtime-dir", empty.toString()),
                java.util.Map.of(),
                java.util.Map.of());

        assertThatThrownBy(() -> Agent.start(fresh, platform(), address))
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.notEnrolled()).isTrue());
    }

    @Test
    void theSelfTestFindsWhatIsWrong() throws Exception {
        Agent agent = start();
        try {
            await().until(() -> agent.status().getConnected());
            assertThat(new SelfTest(config).run())
                    .allSatisfy(result -> assertThat(result.passed())
                            .as("%s: %s", result.check(), result.detail())
                            .isTrue());
        } finally {
            agent.stop("test");
        }
        assertThat(new SelfTest(config).run())
                .filteredOn(result -> !result.passed())
                .extracting(SelfTest.Result::check)
                .containsExactly("service");
    }

    private Agent start() throws AgentException {
        return Agent.start(config, platform(), address);
    }

    private AgentPlatform platform() {
        String self = System.getProperty("user.name");
        return new AgentPlatform(
                desktops,
                ProgramLookup.asSeen(),
                peer -> peer.user().equals(self),
                AgentPlatform.Devices.none("no devices in this test"));
    }

    private LocalConnection helper() throws IOException {
        await().until(() -> !desktops.tickets.isEmpty());
        LocalConnection connection = LocalEnds.connect(address);
        Frames.write(
                connection.out(),
                DesktopMessage.newBuilder()
                        .setHello(DesktopHello.newBuilder()
                                .setSession(":5")
                                .setProtocolVersion(LocalServer.PROTOCOL_VERSION)
                                .setTicket(ByteString.copyFrom(desktops.tickets.getLast())))
                        .build());
        ServiceMessage welcome = read(connection);
        assertThat(welcome.getWelcome().getFingerprintKey().size()).isEqualTo(32);
        Frames.write(
                connection.out(),
                DesktopMessage.newBuilder()
                        .setState(DesktopState.newBuilder()
                                .setClipboard(ChannelState.newBuilder()
                                        .setChannel(Channel.CLIPBOARD)
                                        .setMode(ChannelMode.MODE_ENFORCED)))
                        .build());
        return connection;
    }

    private static PasteAnswer paste(LocalConnection helper, long ask) throws IOException {
        Frames.write(
                helper.out(),
                DesktopMessage.newBuilder()
                        .setPasteAsked(PasteAsked.newBuilder()
                                .setAsk(ask)
                                .setCapture(ask)
                                .setAttempt(Attempt.newBuilder()
                                        .setChannel(Channel.CLIPBOARD)
                                        .setClipboard(ClipboardSubject.getDefaultInstance())))
                        .build());
        ServiceMessage message = read(helper);
        while (!message.hasPasteAnswer()) {
            message = read(helper);
        }
        return message.getPasteAnswer();
    }

    private static ServiceMessage read(LocalConnection from) throws IOException {
        Optional<ServiceMessage> message = Frames.read(from.in(), ServiceMessage.parser());
        return message.orElseThrow(() -> new IOException("the service hung up"));
    }

    /** One session whose helper is the test itself. */
    private static final class Desktops implements DesktopSessions {
        final List<byte[]> tickets = new CopyOnWriteArrayList<>();

        @Override
        public List<DesktopSession> current() {
            return List.of(new DesktopSession(":5", "hanako", List.of("zeimu")));
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public DesktopProcess start(DesktopSession session, byte[] ticket) {
            tickets.add(ticket);
            CompletableFuture<String> ended = new CompletableFuture<>();
            return new DesktopProcess() {
                @Override
                public long pid() {
                    return ProcessHandle.current().pid();
                }

                @Override
                public CompletionStage<String> ended() {
                    return ended;
                }

                @Override
                public void stop() {
                    ended.complete("exit 0");
                }
            };
        }

        @Override
        public DesktopProcess adopt(DesktopSession session, ProcessHandle helper) {
            throw new AssertionError("no helper can have outlived another run in this test");
        }

        @Override
        public void close() {}
    }
}
