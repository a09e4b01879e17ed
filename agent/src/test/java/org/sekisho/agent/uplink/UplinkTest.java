package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.v1.Drain;
import org.sekisho.v1.HistoryRequest;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.Renewal;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.Signed;
import org.sekisho.v1.TerminalMessage.MessageCase;

class UplinkTest {
    private static final int PLENTY = 1_000_000;
    private static final Duration LIFE = Duration.ofDays(9);

    private UplinkRig rig;

    @BeforeEach
    void enrolled(@TempDir Path stateDir) throws Exception {
        rig = new UplinkRig(stateDir, LIFE);
    }

    @Test
    void theServerSaysToWhichDivisionTheTerminalBelongs() {
        rig.connect(10, 1_000);
        assertThat(rig.orgUnits).containsExactly("総務部/税務課");
    }

    @Test
    void helloComesFirstAndNothingElseBeforeWelcome() {
        rig.outbox.record(10);
        rig.runningRevision = 4;
        ScriptedServer.Stream stream = rig.connect();
        rig.uplink.statusChanged();
        rig.loop.advance(Duration.ofSeconds(20));

        assertThat(stream.got).hasSize(1);
        assertThat(stream.hello().getTerminal()).isEqualTo("terminal-7");
        assertThat(stream.hello().getRunningRevision()).isEqualTo(4);
        assertThat(stream.hello().getLastSeq()).isEqualTo(1);
        assertThat(stream.hello().getAgentVersion()).isEqualTo("1.2.3");
    }

    @Test
    void eventsGoInOrderAndAreForgottenOnlyWhenDurable() throws Exception {
        rig.outbox.record(10);
        rig.outbox.record(10);
        ScriptedServer.Stream stream = rig.connect(100, PLENTY);
        rig.outbox.record(10);
        rig.loop.run();

        assertThat(stream.sequences()).containsExactly(1L, 2L, 3L);
        assertThat(rig.outbox.acked()).isZero();

        stream.ack(2);
        rig.loop.run();
        assertThat(rig.outbox.acked()).isEqualTo(2);
    }

    @Test
    void anAcknowledgementGivesNoCreditBack() throws Exception {
        for (int i = 0; i < 5; i++) {
            rig.outbox.record(10);
        }
        ScriptedServer.Stream stream = rig.connect(2, PLENTY);
        stream.ack(2);
        rig.loop.run();
        assertThat(stream.sequences()).containsExactly(1L, 2L);

        stream.credit(2, 0);
        rig.loop.run();
        assertThat(stream.sequences()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aBatchNeverExceedsTheWiresLimits() {
        for (int i = 0; i < 1_500; i++) {
            rig.outbox.record(600);
        }
        ScriptedServer.Stream stream = rig.connect(5_000, 10 * PLENTY);

        assertThat(stream.events()).hasSize(1_500);
        assertThat(stream.of(MessageCase.EVENTS)).allSatisfy(message -> {
            assertThat(message.getEvents().getEventsCount()).isLessThanOrEqualTo(EventPump.MAX_EVENTS);
            assertThat(message.getEvents().getEventsList().stream()
                            .mapToInt(event -> event.getSerializedSize())
                            .sum())
                    .isLessThanOrEqualTo(EventPump.MAX_BYTES);
        });
    }

    @Test
    void nothingIsSentIntoALineThatIsNotReady() throws Exception {
        rig.server.ready = false;
        rig.outbox.record(10);
        ScriptedServer.Stream stream = rig.connect(100, PLENTY);
        assertThat(stream.events()).isEmpty();

        rig.server.ready = true;
        stream.listener.ready();
        rig.loop.run();
        assertThat(stream.sequences()).containsExactly(1L);
    }

    @Test
    void afterAFailureItGoesOnWhereTheServersDiskEnds() throws Exception {
        for (int i = 0; i < 4; i++) {
            rig.outbox.record(10);
        }
        rig.connect(100, PLENTY).fail();
        rig.loop.advance(Duration.ofSeconds(1));
        ScriptedServer.Stream second = rig.server.latest();
        assertThat(rig.server.streams).hasSize(2);

        second.welcome(3, 100, PLENTY);
        rig.loop.run();

        assertThat(second.sequences()).containsExactly(4L);
        assertThat(rig.outbox.acked()).isEqualTo(3);
    }

    @Test
    void aServerThatLostEventsGetsThemAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            rig.outbox.record(10);
        }
        ScriptedServer.Stream stream = rig.connect(100, PLENTY);
        stream.ack(3);
        rig.loop.run();
        stream.say(ServerMessage.newBuilder()
                .setHistoryRequest(HistoryRequest.newBuilder().setFromSeq(2))
                .build());
        rig.loop.run();

        assertThat(stream.sequences()).containsExactly(1L, 2L, 3L, 2L, 3L);
    }

    @Test
    void anAcknowledgementOfWhatWasNeverSentEndsTheStream() {
        rig.outbox.record(10);
        ScriptedServer.Stream stream = rig.connect(0, 0);
        stream.ack(1);
        rig.loop.run();

        assertThat(stream.closed).isTrue();
        assertThat(rig.outbox.acked()).isZero();
        assertThat(rig.uplink.condition().lastFailure()).contains("not sent");
    }

    @Test
    void aServerThatKnowsMoreThanTheJournalIsNotBelievedToHaveWhatFollows() throws Exception {
        rig.outbox.record(10);
        ScriptedServer.Stream stream = rig.connect();
        stream.welcome(50, 100, PLENTY);
        rig.loop.run();
        stream.ack(50);
        rig.loop.run();

        assertThat(stream.sequences()).containsExactly(1L);
        assertThat(rig.outbox.acked()).isEqualTo(1);
    }

    @Test
    void aSilentServerIsLeftAfterItsPatience() {
        ScriptedServer.Stream stream = rig.connect();
        rig.loop.advance(UplinkStream.WELCOME_PATIENCE);

        assertThat(stream.closed).isTrue();
        assertThat(rig.uplink.condition().lastFailure()).contains("no welcome");
    }

    @Test
    void itTriesForAsLongAsItTakesAndNeverTwoAtOnce() {
        rig.connect().fail();
        for (int i = 0; i < 200; i++) {
            rig.loop.advance(Duration.ofMinutes(5));
            assertThat(rig.server.streams.stream().filter(stream -> !stream.closed))
                    .hasSizeLessThanOrEqualTo(1);
            rig.server.latest().fail();
            rig.loop.run();
        }

        assertThat(rig.server.streams).hasSizeGreaterThan(200);
        assertThat(rig.connected).isEmpty();
        assertThat(rig.uplink.condition().lastFailure()).isNotEmpty();
    }

    @Test
    void heartbeatsKeepTheServersPace() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        rig.loop.advance(Duration.ofSeconds(90));

        assertThat(stream.of(MessageCase.HEARTBEAT)).hasSize(4);
    }

    @Test
    void drainReconnectsAtATimeBetweenTheTwo() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        stream.say(ServerMessage.newBuilder()
                .setDrain(Drain.newBuilder().setMinMillis(5_000).setMaxMillis(9_000))
                .build());
        rig.loop.advance(Duration.ofMillis(4_999));
        assertThat(stream.closed).isFalse();
        rig.loop.advance(Duration.ofMillis(4_002));
        assertThat(stream.closed).isTrue();
        rig.loop.advance(Duration.ofSeconds(1));

        assertThat(rig.server.streams).hasSize(2);
    }

    @Test
    void statusChangesInQuickSuccessionBecomeOneMessage() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        rig.uplink.statusChanged();
        rig.uplink.statusChanged();
        rig.loop.run();

        assertThat(stream.of(MessageCase.STATUS)).hasSize(1);
    }

    @Test
    void aStatusThatChangesBeforeTheWelcomeIsSentAfterIt() {
        ScriptedServer.Stream stream = rig.connect();
        rig.uplink.statusChanged();
        rig.loop.run();
        stream.welcome(0, 1, 1);
        rig.loop.run();

        assertThat(stream.of(MessageCase.STATUS)).hasSize(1);
    }

    @Test
    void aPolicyIsHandedOnAndItsAnswersSent() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        Signed policy =
                Signed.newBuilder().setPayload(ByteString.copyFromUtf8("p")).build();
        stream.say(ServerMessage.newBuilder().setPolicy(policy).build());
        rig.loop.run();
        assertThat(rig.policies).containsExactly(policy);

        rig.answers
                .getFirst()
                .accept(PolicyAck.newBuilder()
                        .setProgress(PolicyProgress.RECEIVED)
                        .build());
        rig.loop.run();
        assertThat(stream.of(MessageCase.POLICY_ACK)).hasSize(1);

        stream.fail();
        rig.loop.run();
        rig.answers.getFirst().accept(PolicyAck.getDefaultInstance());
        rig.loop.run();
        assertThat(stream.of(MessageCase.POLICY_ACK)).hasSize(1);
    }

    @Test
    void theCertificateIsRenewedAtTwoThirdsOfItsLifeAndUsedAtOnce() throws Exception {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        byte[] firstKey = rig.identity.current().key().getEncoded();
        // Issued a day before: the life is ten days.
        rig.loop.advance(Duration.ofHours(24 * 10 * 2 / 3 - 24 - 1));
        assertThat(stream.of(MessageCase.RENEWAL_REQUEST)).isEmpty();
        rig.loop.advance(Duration.ofHours(1));
        assertThat(stream.of(MessageCase.RENEWAL_REQUEST)).hasSize(1);

        answerRenewal(stream);
        rig.loop.advance(Duration.ofSeconds(1));

        ScriptedServer.Stream second = rig.server.latest();
        assertThat(second).isNotSameAs(stream);
        Identity used = requireNonNull(second.identity);
        assertThat(used.key().getEncoded()).isNotEqualTo(firstKey);
        assertThat(rig.vault.load().orElseThrow().certificate())
                .isEqualTo(rig.identity.current().certificate())
                .isEqualTo(used.certificate());
    }

    @Test
    void aRenewalForAnotherTerminalIsRefusedAndThePresentOneStays() throws Exception {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        rig.loop.advance(LIFE.minusDays(1));
        Identity before = rig.identity.current();
        byte[] request = lastRequest(stream);
        stream.say(renewal(
                rig.authority.certify("terminal-8", request, rig.loop.now().plusSeconds(86_400))));
        rig.loop.run();

        assertThat(rig.identity.current()).isSameAs(before);
        assertThat(stream.closed).isFalse();
    }

    @Test
    void aRefusedRenewalIsAskedForAgainInTime() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        rig.loop.advance(Duration.ofDays(6));
        int asked = stream.of(MessageCase.RENEWAL_REQUEST).size();
        stream.say(ServerMessage.newBuilder()
                .setRenewal(Renewal.newBuilder().setRefusal("not now"))
                .build());
        rig.loop.advance(Duration.ofDays(2));

        assertThat(asked).isEqualTo(1);
        assertThat(stream.of(MessageCase.RENEWAL_REQUEST)).hasSizeGreaterThan(1);
    }

    @Test
    void aJournalThatCannotBeReadEndsTheStreamAndIsTriedAgain() {
        ScriptedServer.Stream stream = rig.connect(100, PLENTY);
        rig.outbox.breakDown();
        rig.outbox.record(10);
        rig.loop.run();

        assertThat(stream.closed).isTrue();
        assertThat(rig.uplink.condition().lastFailure()).contains("disk I/O error");
        assertThat(rig.loop.timers()).isEqualTo(1);
    }

    @Test
    void aMessageBeforeWelcomeEndsTheStream() {
        ScriptedServer.Stream stream = rig.connect();
        stream.credit(5, 5);
        rig.loop.run();

        assertThat(stream.closed).isTrue();
    }

    @Test
    void theServerMaySendOnlyAsFastAsItIsHeard() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        assertThat(stream.letIn).isEqualTo(1);
        stream.credit(1, 1);
        assertThat(stream.letIn).isZero();
        rig.loop.run();
        assertThat(stream.letIn).isEqualTo(1);
    }

    @Test
    void closingEndsEverything() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        rig.uplink.close();

        assertThat(stream.closed).isTrue();
        assertThat(rig.loop.timers()).isZero();
    }

    @Test
    void connectedIsToldOnceEachWay() {
        ScriptedServer.Stream stream = rig.connect(1, 1);
        assertThat(rig.uplink.condition().online()).isTrue();
        stream.fail();
        rig.loop.run();

        assertThat(rig.connected).containsExactly(true, false);
        assertThat(rig.server.streams).hasSize(1);
    }

    private void answerRenewal(ScriptedServer.Stream stream) throws Exception {
        stream.say(renewal(rig.authority.certify(
                "terminal-7", lastRequest(stream), rig.loop.now().plusSeconds(864_000 / 10))));
    }

    private static byte[] lastRequest(ScriptedServer.Stream stream) {
        return stream.of(MessageCase.RENEWAL_REQUEST)
                .getLast()
                .getRenewalRequest()
                .getCertificateRequest()
                .toByteArray();
    }

    private static ServerMessage renewal(java.security.cert.X509Certificate leaf) throws Exception {
        return ServerMessage.newBuilder()
                .setRenewal(Renewal.newBuilder().addCertificateChain(ByteString.copyFrom(leaf.getEncoded())))
                .build();
    }
}
