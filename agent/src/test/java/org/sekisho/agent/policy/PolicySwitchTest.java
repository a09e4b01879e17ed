package org.sekisho.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.Event;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.Verdict;

class PolicySwitchTest {
    private final ManualLoop loop = new ManualLoop();
    private final ScriptedGuard clipboard = new ScriptedGuard(Channel.CLIPBOARD);
    private final ScriptedGuard media = new ScriptedGuard(Channel.MEDIA);
    private final List<Event> events = new ArrayList<>();
    private final List<PolicyAck> acks = new ArrayList<>();
    private Policies policies;
    private SecretStore secrets;
    private Path folder;
    private PolicySwitch room;
    private int switched;

    @BeforeEach
    void start(@TempDir Path stateDir) throws Exception {
        policies = new Policies(loop.now());
        secrets = SecretStore.forPlatform(stateDir);
        folder = stateDir.resolve("policy");
        room = restarted();
    }

    @Test
    void withoutAPolicyEverythingIsDenied() {
        assertThat(room.running()).isEqualTo(RunningPolicy.NONE);
        assertThat(clipboard.enforced).containsExactly(0L);
        assertThat(events).isEmpty();
    }

    @Test
    void isolationClosesEverythingWhateverThePolicyUntilReleased() throws Exception {
        send(policies.signed(3));
        var closing = room.isolate(true);
        loop.run();

        assertThat(closing.get()).extracting(state -> state.getMode()).containsOnly(ChannelMode.MODE_ENFORCED);
        assertThat(room.running()).isEqualTo(RunningPolicy.ISOLATED);
        assertThat(room.revision()).isEqualTo(3);
        assertThat(clipboard.enforced.getLast()).isZero();

        // A newer policy is taken, and opens nothing.
        send(policies.signed(4));
        assertThat(room.revision()).isEqualTo(4);
        assertThat(clipboard.enforced.getLast()).isZero();
        assertThat(room.running()).isEqualTo(RunningPolicy.ISOLATED);

        var opening = room.isolate(false);
        loop.run();
        opening.get();
        assertThat(room.running().revision()).isEqualTo(4);
        assertThat(clipboard.enforced.getLast()).isEqualTo(4L);
    }

    @Test
    void isolationOutlivesTheService() throws Exception {
        send(policies.signed(3));
        var unused = room.isolate(true);
        loop.run();
        room = restarted();

        assertThat(room.isIsolated()).isTrue();
        assertThat(room.running()).isEqualTo(RunningPolicy.ISOLATED);
        assertThat(clipboard.enforced.getLast()).isZero();

        unused = room.isolate(false);
        loop.run();
        room = restarted();
        assertThat(room.running().revision()).isEqualTo(3);
    }

    @Test
    void aPolicyIsReceivedVerifiedAndEnforced() {
        Signed signed = policies.signed(3);
        send(signed);

        assertThat(progress())
                .containsExactly(
                        PolicyProgress.RECEIVED, PolicyProgress.POLICY_VERIFIED, PolicyProgress.POLICY_ENFORCED);
        assertThat(acks.getLast().getChannelsList())
                .extracting(state -> state.getMode())
                .containsExactly(ChannelMode.MODE_ENFORCED, ChannelMode.MODE_ENFORCED);
        assertThat(acks)
                .extracting(PolicyAck::getPayloadSha256)
                .containsOnly(room.running().payloadSha256());
        assertThat(room.running().revision()).isEqualTo(3);
        assertThat(clipboard.enforced).endsWith(3L);
        assertThat(media.enforced).endsWith(3L);
        assertThat(switched).isEqualTo(1);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getPolicyApplied().getRevision()).isEqualTo(3);
            assertThat(event.getPolicyApplied().getPreviousRevision()).isZero();
        });
    }

    @Test
    void theSamePolicyAgainSwitchesNothing() {
        Signed signed = policies.signed(3);
        send(signed);
        send(signed);

        assertThat(acks.getLast().getProgress()).isEqualTo(PolicyProgress.POLICY_ENFORCED);
        assertThat(clipboard.enforced).containsExactly(0L, 3L);
        assertThat(events).hasSize(1);
    }

    @Test
    void aGuardThatCannotPrepareKeepsThePolicyOutOfAll() {
        send(policies.signed(1));
        media.refusesToPrepare = 2;
        send(policies.signed(2));

        assertRefused(Refusal.CHANNEL_FAILED, "MEDIA");
        assertThat(clipboard.abandoned).containsExactly(2L);
        assertThat(clipboard.enforced).containsExactly(0L, 1L);
        assertThat(room.running().revision()).isEqualTo(1);
    }

    @Test
    void aGuardThatFailsWhileCommittingTakesAllBack() {
        send(policies.signed(1));
        media.throwsOnCommit = 2;
        send(policies.signed(2));

        assertRefused(Refusal.CHANNEL_FAILED, "EIO");
        assertThat(clipboard.enforced).containsExactly(0L, 1L, 2L, 1L);
        assertThat(media.enforced).containsExactly(0L, 1L, 1L);
        assertThat(room.running().revision()).isEqualTo(1);
    }

    @Test
    void aGuardThatReadsBackOtherwiseTakesAllBack() throws IOException {
        send(policies.signed(1));
        clipboard.doesNotHold = 2;
        send(policies.signed(2));

        assertRefused(Refusal.CHANNEL_FAILED, "read back");
        assertThat(media.abandoned).containsExactly(2L);
        assertThat(restarted().running().revision()).isEqualTo(1);
    }

    @Test
    void aChannelThatHadFailedBeforeDoesNotKeepAPolicyOut() {
        clipboard.failOnItsOwn();
        send(policies.signed(1));

        assertThat(room.running().revision()).isEqualTo(1);
        assertThat(acks.getLast().getChannels(0).getMode()).isEqualTo(ChannelMode.MODE_FAILED);
    }

    /** Each document differs from a good one in one thing. */
    enum Bad {
        FORGED(Refusal.WRONG_SIGNATURE),
        OTHER_KEY(Refusal.UNKNOWN_KEY),
        OTHER_TENANT(Refusal.WRONG_TENANT),
        OTHER_AUDIENCE(Refusal.WRONG_AUDIENCE),
        EARLY(Refusal.NOT_YET_VALID),
        LATE(Refusal.EXPIRED),
        OLD(Refusal.ROLLED_BACK),
        EMPTY(Refusal.MALFORMED);

        final Refusal refusal;

        Bad(Refusal refusal) {
            this.refusal = refusal;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotToBeTrustedIsKeptOut(Bad bad) throws Exception {
        send(policies.signed(5));
        send(document(bad));

        assertRefused(bad.refusal, "");
        assertThat(room.running().revision()).isEqualTo(5);
        assertThat(clipboard.enforced).containsExactly(0L, 5L);
        assertThat(restarted().running().revision()).isEqualTo(5);
    }

    @Test
    void theSameBadDocumentIsOneEvent() throws Exception {
        send(document(Bad.FORGED));
        send(document(Bad.FORGED));

        assertThat(acks)
                .filteredOn(ack -> ack.getProgress() == PolicyProgress.POLICY_REFUSED)
                .hasSize(2);
        assertThat(events).hasSize(1);
    }

    @Test
    void theLastGoodPolicyRunsAfterARestartEvenWhenItHasExpired() throws IOException {
        send(policies.signed(4));
        loop.advance(Duration.ofDays(30));

        PolicySwitch again = restarted();
        assertThat(again.running().revision()).isEqualTo(4);
        assertThat(clipboard.enforced).endsWith(4L);
        assertThat(events).extracting(Event::getBodyCase).doesNotContain(Event.BodyCase.TAMPERED);
    }

    @Test
    void theFloorSurvivesARestart() throws IOException {
        send(policies.signed(9));
        room = restarted();
        send(policies.signed(8));

        assertRefused(Refusal.ROLLED_BACK, "floor 9");
    }

    @Test
    void anOldPolicyFilePutBackIsNoticedAndNotRun() throws IOException {
        send(policies.signed(1));
        byte[] old = Files.readAllBytes(folder.resolve("0a").resolve("policy.sealed"));
        send(policies.signed(2));
        Files.write(folder.resolve("0a").resolve("policy.sealed"), old);

        assertThat(restarted().running()).isEqualTo(RunningPolicy.NONE);
        assertTampered("policy file");
    }

    @Test
    void aChangedPolicyFileIsNoticedAndNotRun() throws IOException {
        send(policies.signed(1));
        Path file = folder.resolve("0a").resolve("policy.sealed");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(restarted().running()).isEqualTo(RunningPolicy.NONE);
        assertTampered("policy file");
    }

    @Test
    void aPolicyFileThatIsGoneIsNoticed() throws IOException {
        send(policies.signed(1));
        Files.delete(folder.resolve("0a").resolve("policy.sealed"));

        assertThat(restarted().running()).isEqualTo(RunningPolicy.NONE);
        assertTampered("policy file");
    }

    @Test
    void aForgedFloorIsNoticedAndThePolicySetsIt() throws IOException {
        send(policies.signed(6));
        byte[] floor = secrets.read("floor-0a");
        floor[7] = 1;
        secrets.write("floor-0a", floor);

        room = restarted();
        assertThat(room.running().revision()).isEqualTo(6);
        assertTampered("revision floor");
        send(policies.signed(5));
        assertRefused(Refusal.ROLLED_BACK, "");
    }

    @Test
    void thePolicyIsNotReadableOnTheDisk() throws IOException {
        send(policies.sign(policies.payload(Policies.policy(1, Verdict.BLOCK, false).toBuilder()
                .setDescription("税務課のひみつ")
                .build())));

        assertThat(ByteString.copyFrom(Files.readAllBytes(folder.resolve("0a").resolve("policy.sealed")))
                        .toString(java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("ひみつ");
    }

    @Test
    void ofManyPoliciesThatArriveAtOnceTheLatestIsTaken() {
        for (int revision = 1; revision <= 50; revision++) {
            room.arrived(policies.signed(revision), acks::add);
        }
        loop.run();

        assertThat(clipboard.enforced).containsExactly(0L, 50L);
    }

    @Test
    void aPolicyThatCannotBeKeptIsNotEnforced() throws IOException {
        Files.createDirectories(
                folder.resolve("0a").resolve("policy.sealed.next").resolve("in the way"));
        send(policies.signed(1));

        assertRefused(Refusal.CHANNEL_FAILED, "kept on disk");
        assertThat(clipboard.abandoned).containsExactly(1L);
        assertThat(room.running()).isEqualTo(RunningPolicy.NONE);
    }

    private void send(Signed signed) {
        room.arrived(signed, acks::add);
        loop.run();
    }

    private PolicySwitch restarted() throws IOException {
        PolicySwitch made = new PolicySwitch(
                loop,
                new PolicyStore(folder, "0a", secrets),
                new IsolationFile(secrets, "test"),
                policies.verifier(),
                List.of(clipboard, media),
                event -> events.add(event.build()),
                () -> switched++);
        made.start();
        return made;
    }

    private Signed document(Bad bad) throws Exception {
        SignedPayload.Builder good = policies.payload(Policies.policy(7, Verdict.ALLOW, false));
        long now = loop.now().getEpochSecond();
        return switch (bad) {
            case FORGED ->
                policies.sign(good).toBuilder()
                        .setPayload(good.setExpiresAt(now + 999_999).build().toByteString())
                        .build();
            case OTHER_KEY -> new Policies(loop.now()).sign(good);
            case OTHER_TENANT -> policies.sign(good.setTenant("tenant-2"));
            case OTHER_AUDIENCE -> policies.sign(good.setAudience("terminal:terminal-8"));
            case EARLY -> policies.sign(good.setNotBefore(now + 60));
            case LATE -> policies.sign(good.setNotBefore(now - 60).setExpiresAt(now));
            case OLD -> policies.signed(4);
            case EMPTY -> policies.sign(good.clearPolicy());
        };
    }

    private List<PolicyProgress> progress() {
        return acks.stream().map(PolicyAck::getProgress).toList();
    }

    private void assertRefused(Refusal refusal, String detail) {
        assertThat(acks.getLast().getProgress()).isEqualTo(PolicyProgress.POLICY_REFUSED);
        assertThat(acks.getLast().getRefusal()).isEqualTo(refusal);
        assertThat(acks.getLast().getDetail()).contains(detail);
        assertThat(events.getLast().getPolicyRefused().getRefusal()).isEqualTo(refusal);
    }

    private void assertTampered(String what) {
        assertThat(events)
                .filteredOn(Event::hasTampered)
                .extracting(event -> event.getTampered().getWhat())
                .containsExactly(what);
    }
}
