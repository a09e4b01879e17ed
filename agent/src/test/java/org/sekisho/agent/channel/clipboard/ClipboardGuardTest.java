package org.sekisho.agent.channel.clipboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.local.Frames;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.ContentCondition;
import org.sekisho.v1.CopySeen;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.DesktopState;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Label;
import org.sekisho.v1.Notice;
import org.sekisho.v1.OwnerSeen;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.PasteAsked;
import org.sekisho.v1.PasteDone;
import org.sekisho.v1.PasteSeen;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;
import org.sekisho.v1.ReasonTold;
import org.sekisho.v1.Rule;
import org.sekisho.v1.ServiceMessage;
import org.sekisho.v1.Verdict;

/** The guard, spoken to as a helper speaks to it. */
final class ClipboardGuardTest {
    private static final DesktopSession SESSION = new DesktopSession(":7", "alice", List.of());
    private static final Notice NOTICE = Notice.newBuilder().setJa("お知らせ").build();

    private final TestDesk desk = new TestDesk();
    private final AtomicLong clock = new AtomicLong();
    private final TestPrograms programs = new TestPrograms();
    private final ClipboardGuard guard = new ClipboardGuard(desk, programs, 1_000, clock::get);
    private TestConnection helper = pair();
    private long asks;

    private TestConnection pair() {
        try {
            TestConnection[] ends = TestConnection.pair();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    guard.serve(
                            SESSION,
                            ends[0],
                            DesktopWelcome.newBuilder()
                                    .setLanguage("ja")
                                    .setFingerprintKey(ByteString.copyFrom(new byte[32]))
                                    .build());
                } catch (IOException e) {
                    ends[0].close();
                }
            });
            return ends[1];
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void greet() throws IOException {
        ServiceMessage welcome = read();
        assertThat(welcome.getWelcome().getHint().getMaxBytes()).isEqualTo(1_000);
        say(DesktopMessage.newBuilder().setState(state(ChannelMode.MODE_ENFORCED)));
        await().until(() -> guard.state().getMode() == ChannelMode.MODE_ENFORCED);
    }

    @AfterEach
    void hangUp() {
        helper.close();
        guard.close();
    }

    private ServiceMessage read() throws IOException {
        return Frames.read(helper.in(), ServiceMessage.parser()).orElseThrow();
    }

    private void say(DesktopMessage.Builder message) throws IOException {
        Frames.write(helper.out(), message.build());
    }

    private static DesktopState.Builder state(ChannelMode mode) {
        return DesktopState.newBuilder()
                .setClipboard(ChannelState.newBuilder().setMode(mode).setDetail("told " + mode));
    }

    private static Attempt attempt(int destination) {
        return Attempt.newBuilder()
                .setClipboard(ClipboardSubject.newBuilder()
                        .setSource(Process.newBuilder().setPid(1).setPath("/claimed/by/helper"))
                        .setDestination(Process.newBuilder().setPid(destination)))
                .build();
    }

    private DesktopMessage.Builder pasteAsked(long capture, int destination, Reason notInspected) {
        return DesktopMessage.newBuilder()
                .setPasteAsked(PasteAsked.newBuilder()
                        .setAsk(++asks)
                        .setCapture(capture)
                        .setAttempt(attempt(destination))
                        .setNotInspected(notInspected));
    }

    private PasteAnswer ask(long capture, int destination, Reason notInspected) throws IOException {
        say(pasteAsked(capture, destination, notInspected));
        PasteAnswer answer = read().getPasteAnswer();
        assertThat(answer.getAsk()).isEqualTo(asks);
        return answer;
    }

    private PasteAnswer ask(long capture, int destination) throws IOException {
        return ask(capture, destination, Reason.REASON_UNSPECIFIED);
    }

    private void enforce(Policy.Builder policy) throws Exception {
        guard.prepare(policy.build()).commit();
        assertThat(read().getPolicyHint().getRevision()).isEqualTo(policy.getRevision());
    }

    private void copy(long capture, int source) throws IOException {
        say(DesktopMessage.newBuilder()
                .setCopySeen(CopySeen.newBuilder()
                        .setCapture(capture)
                        .setAttempt(Attempt.newBuilder()
                                .setClipboard(ClipboardSubject.newBuilder()
                                        .setSource(Process.newBuilder().setPid(source))))));
    }

    /** Tells of an owner, and waits until it has been looked at. */
    private void see(OwnerSeen.Builder owner) throws IOException {
        say(DesktopMessage.newBuilder().setOwnerSeen(owner));
        assertThat(read().getOwnerKnown().getPid()).isEqualTo(owner.getPid());
    }

    private TestDesk.Recorded pasteBeforeTheTakeover(int destination) throws IOException {
        int before = desk.pastes().size();
        say(DesktopMessage.newBuilder()
                .setPasteSeen(PasteSeen.newBuilder().setCapture(5).setAttempt(attempt(destination))));
        await().until(() -> desk.pastes().size() == before + 1);
        return desk.pastes().get(before);
    }

    @Test
    void aPasteBeforeTheTakeoverIsRecordedAsWhatCouldNotBeStopped() throws Exception {
        desk.always(Verdict.BLOCK);
        TestDesk.Recorded blocked = pasteBeforeTheTakeover(20);
        assertThat(blocked.decision().getVerdict()).isEqualTo(Verdict.BLOCK);
        assertThat(blocked.enforcement()).isEqualTo(Enforcement.NOT_ENFORCED);
        assertThat(blocked.decision().getFailure()).contains("before the helper had taken it over");
        assertThat(blocked.attempt().getClipboard().getDestination().getPath()).isEqualTo("/usr/bin/p20");

        desk.always(Verdict.ALLOW);
        TestDesk.Recorded allowed = pasteBeforeTheTakeover(21);
        assertThat(allowed.enforcement()).isEqualTo(Enforcement.ENFORCED);
        assertThat(allowed.decision().getFailure()).isEmpty();
    }

    @Test
    void aProgramThatEndsAfterItWasSeenIsStillTheSource() throws IOException {
        see(OwnerSeen.newBuilder().setPid(1));
        assertThat(programs.identified()).contains(1);
        programs.end(1);

        copy(5, 1);
        await().until(() -> desk.copies().size() == 1);
        assertThat(desk.copies().get(0).attempt().getClipboard().getSource().getPath())
                .isEqualTo("/usr/bin/p1");
        assertThat(ask(5, 20).getHandOut()).isTrue();
        assertThat(desk.pastes().get(0).attempt().getClipboard().getSource().getPath())
                .isEqualTo("/usr/bin/p1");
    }

    @Test
    void whoGoesOnForAProgramThatHasEndedIsTheSource() throws IOException {
        programs.end(1);
        see(OwnerSeen.newBuilder().setPid(1).addClients(1));
        copy(5, 1);
        await().until(() -> desk.copies().size() == 1);

        assertThat(desk.copies().get(0).attempt().getClipboard().getSource().getPath())
                .isEqualTo("/usr/bin/heir in :7");
    }

    @Test
    void whatWasCopiedStaysItsProgramsAlsoWhenTheProcessIdIsUsedAnew() throws IOException {
        copy(5, 1);
        await().until(() -> desk.copies().size() == 1);
        programs.replace(1, "/usr/bin/another");
        see(OwnerSeen.newBuilder().setPid(1));
        copy(6, 1);

        ask(5, 20);
        ask(6, 20);
        assertThat(desk.pastes())
                .extracting(paste -> paste.attempt().getClipboard().getSource().getPath())
                .containsExactly("/usr/bin/p1", "/usr/bin/another");
    }

    @Test
    void aTakeoverFromAnEarlierHelperIsNoCopyButStaysGuarded() throws IOException {
        programs.helper(66);
        desk.always(Verdict.BLOCK);
        copy(5, 66);
        copy(6, 1);
        await().until(() -> desk.copies().size() == 1);

        assertThat(desk.copies().get(0).attempt().getClipboard().getSource().getPid())
                .isEqualTo(1);
        assertThat(ask(5, 20).getHandOut()).isFalse();
        assertThat(desk.pastes()).hasSize(1);
    }

    @Test
    void whatIsAllowedIsRecordedAndHandedOut() throws IOException {
        desk.always(Verdict.AUDIT);
        assertThat(ask(1, 20).getHandOut()).isTrue();
        TestDesk.Recorded recorded = desk.pastes().get(0);
        assertThat(recorded.enforcement()).isEqualTo(Enforcement.ENFORCED);
        assertThat(recorded.attempt().getChannel()).isEqualTo(Channel.CLIPBOARD);
        assertThat(recorded.attempt().getClipboard().getSource().getPath()).isEqualTo("/usr/bin/p1");
        assertThat(recorded.attempt().getClipboard().getDestination().getPath()).isEqualTo("/usr/bin/p20");
    }

    @Test
    void whatIsBlockedIsRecordedToldAndNotHandedOut() throws IOException {
        desk.always(Verdict.BLOCK);
        PasteAnswer answer = ask(1, 20);
        assertThat(answer.getHandOut()).isFalse();
        assertThat(answer.getNotice().getJa()).isEqualTo("止めました");
        assertThat(desk.pastes()).hasSize(1);
    }

    @Test
    void severalFormatsOfOnePasteAreOneEventAndOneNotice() throws IOException {
        desk.always(Verdict.BLOCK);
        ask(1, 20);
        PasteAnswer second = ask(1, 20);
        assertThat(second.getHandOut()).isFalse();
        assertThat(second.hasNotice()).isFalse();
        assertThat(desk.pastes()).hasSize(1);
        ask(1, 21);
        ask(2, 20);
        assertThat(desk.pastes()).hasSize(3);
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        ask(1, 20);
        assertThat(desk.pastes()).hasSize(4);
    }

    @Test
    void eachAskIsRuledAnewAlsoWithinABurst() throws IOException {
        desk.always(Verdict.ALLOW);
        assertThat(ask(1, 20).getHandOut()).isTrue();
        desk.always(Verdict.BLOCK);
        assertThat(ask(1, 20).getHandOut()).isFalse();
        assertThat(desk.pastes()).hasSize(2);
    }

    @Test
    void whatCannotBeRecordedIsNotLetThroughWhereThePolicyWantsARecord() throws IOException {
        desk.breakDown();
        desk.always(Verdict.AUDIT);
        assertThat(ask(1, 20).getHandOut()).isFalse();
        desk.always(Verdict.ALLOW);
        assertThat(ask(2, 20).getHandOut()).isTrue();
    }

    @Test
    void inAuditModeABlockIsRecordedAndLetThrough() throws IOException {
        desk.ruling(attempt -> TestDesk.auditing(Verdict.BLOCK));
        assertThat(ask(1, 20).getHandOut()).isTrue();
        assertThat(desk.pastes().get(0).enforcement()).isEqualTo(Enforcement.AUDIT_ONLY);
    }

    /** Asks for a paste that needs a reason; returns the question's number. */
    private long askedFor(long capture, int destination) throws IOException {
        say(pasteAsked(capture, destination, Reason.REASON_UNSPECIFIED));
        ServiceMessage question = read();
        assertThat(question.hasReasonAsked()).isTrue();
        assertThat(question.getReasonAsked().getNotice().getJa()).isEqualTo("止めました");
        return question.getReasonAsked().getQuestion();
    }

    private void answer(long question, String reason) throws IOException {
        say(DesktopMessage.newBuilder()
                .setReasonTold(ReasonTold.newBuilder().setQuestion(question).setJustification(reason)));
    }

    @Test
    void aReasonOpensTheWayForThatContentIntoThatProgram() throws IOException {
        desk.always(Verdict.JUSTIFY);
        long question = askedFor(1, 20);
        assertThat(desk.pastes()).isEmpty();
        answer(question, "for the audit");
        assertThat(read().getPasteAnswer().getHandOut()).isTrue();
        assertThat(desk.pastes().get(0).justification()).isEqualTo("for the audit");
        assertThat(desk.pastes().get(0).decision().getReason()).isEqualTo(Reason.JUSTIFICATION_GIVEN);
        assertThat(ask(1, 20).getHandOut()).isTrue();
        askedFor(1, 21);
        askedFor(2, 20);
    }

    @Test
    void aReasonThatComesAfterTheProgramGaveUpStillHolds() throws IOException {
        desk.always(Verdict.JUSTIFY);
        long question = askedFor(1, 20);
        say(DesktopMessage.newBuilder()
                .setPasteDone(PasteDone.newBuilder().setAsk(asks).setFailure("the program that asked is gone")));
        answer(question, "late");
        assertThat(read().getPasteAnswer().getHandOut()).isTrue();
        assertThat(ask(1, 20).getHandOut()).isTrue();
    }

    @Test
    void decliningIsRecordedAndHandsNothingOut() throws IOException {
        desk.always(Verdict.JUSTIFY);
        answer(askedFor(1, 20), " ");
        assertThat(read().getPasteAnswer().getHandOut()).isFalse();
        assertThat(desk.pastes().get(0).decision().getReason()).isEqualTo(Reason.JUSTIFICATION_REFUSED);
    }

    @Test
    void aHelperThatIsLostWithItsQuestionLeavesItShutAndTheRecordSaysSo() throws IOException {
        desk.always(Verdict.JUSTIFY);
        askedFor(1, 20);
        helper.close();
        await().until(() -> desk.pastes().size() == 1);
        assertThat(desk.pastes().get(0).decision().getReason()).isEqualTo(Reason.JUSTIFICATION_UNASKED);
    }

    @Test
    void otherChannelsTellAndAskByTheSameHelper() throws Exception {
        guard.tell(SESSION, NOTICE);
        assertThat(read().getNotice()).isEqualTo(NOTICE);

        CompletableFuture<Answer> answer = guard.askForReason(SESSION, NOTICE).toCompletableFuture();
        long question = read().getReasonAsked().getQuestion();
        assertThat(answer).isNotDone();
        answer(question, "  for the council ");
        assertThat(answer.get()).isEqualTo(new Given("for the council"));

        CompletableFuture<Answer> lost = guard.askForReason(SESSION, NOTICE).toCompletableFuture();
        helper.close();
        assertThat(lost.get()).isEqualTo(new Unasked());
        await().until(() -> !guard.reaches(SESSION));
        assertThat(guard.askForReason(SESSION, NOTICE).toCompletableFuture().get())
                .isEqualTo(new Unasked());
    }

    @Test
    void aStormOfNoticesIsNoFloodForThePerson() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            guard.tell(SESSION, NOTICE);
        }
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        guard.tell(SESSION, NOTICE);
        guard.tell(SESSION, NOTICE);
        guard.prepare(Policy.newBuilder().setRevision(4).build()).commit();

        int told = 0;
        for (ServiceMessage message = read(); !message.hasPolicyHint(); message = read()) {
            assertThat(message.getNotice()).isEqualTo(NOTICE);
            told++;
        }
        assertThat(told).isEqualTo(6);
    }

    @Test
    void whoListensHearsOfEveryArrival() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        guard.onPresence(arrived::countDown);
        assertThat(guard.reaches(SESSION)).isTrue();
        TestConnection old = helper;
        helper = pair();
        assertThat(read().hasWelcome()).isTrue();
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
        old.close();
    }

    @Test
    void whatWasNotInspectedIsRefusedWhereARuleAsksForContent() throws Exception {
        desk.always(Verdict.ALLOW);
        Rule byContent = Rule.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .addContent(ContentCondition.newBuilder().setLabel("my_number"))
                .build();
        enforce(Policy.newBuilder().setRevision(1));
        assertThat(ask(1, 20, Reason.TOO_LARGE).getHandOut()).isTrue();
        enforce(Policy.newBuilder().setRevision(2).addRules(byContent));
        PasteAnswer refused = ask(2, 20, Reason.TOO_LARGE);
        assertThat(refused.getHandOut()).isFalse();
        assertThat(refused.getDecision().getReason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused.getNotice().getJa()).contains("大きすぎ");
        assertThat(ask(3, 20).getHandOut()).isTrue();
        enforce(Policy.newBuilder().setRevision(3).addRules(byContent).setAuditOnly(true));
        assertThat(ask(4, 20, Reason.UNREADABLE).getHandOut()).isTrue();
        assertThat(desk.pastes().get(3).enforcement()).isEqualTo(Enforcement.AUDIT_ONLY);
    }

    @Test
    void copiesAreRecordedButNotTheNoiseOfMarking() throws IOException {
        for (int i = 0; i < 5; i++) {
            say(DesktopMessage.newBuilder()
                    .setCopySeen(CopySeen.newBuilder().setCapture(i).setAttempt(attempt(0))));
        }
        Attempt labelled = attempt(0).toBuilder()
                .addLabels(Label.newBuilder().setLabel("my_number").setCount(1))
                .build();
        say(DesktopMessage.newBuilder().setCopySeen(CopySeen.newBuilder().setAttempt(labelled)));
        await().until(() -> desk.copies().size() == 2);
        assertThat(desk.copies()).allSatisfy(copy -> {
            assertThat(copy.decision().getVerdict()).isEqualTo(Verdict.VERDICT_UNSPECIFIED);
            assertThat(copy.attempt().getClipboard().getCopy()).isTrue();
        });
    }

    @Test
    void theStateIsWhatHelpersReadBack() throws Exception {
        enforce(Policy.newBuilder().setRevision(1).setAuditOnly(true));
        assertThat(guard.state().getMode()).isEqualTo(ChannelMode.MODE_AUDIT_ONLY);
        say(DesktopMessage.newBuilder().setState(state(ChannelMode.MODE_FAILED)));
        await().until(() -> guard.state().getMode() == ChannelMode.MODE_FAILED);
        assertThat(guard.state().getDetail()).contains(":7").contains("told MODE_FAILED");
        assertThat(guard.silence(":7")).contains(Duration.ZERO);
        helper.close();
        await().until(() -> guard.state().getMode() == ChannelMode.MODE_INACTIVE);
        assertThat(guard.silence(":7")).isEmpty();
    }

    @Test
    void aNewHelperOfTheSameSessionReplacesTheOld() throws IOException {
        TestConnection old = helper;
        helper = pair();
        assertThat(read().hasWelcome()).isTrue();
        assertThat(old.in().read()).isEqualTo(-1);
        desk.always(Verdict.AUDIT);
        assertThat(ask(1, 20).getHandOut()).isTrue();
    }

    @Test
    void nonsenseEndsTheConnection() throws IOException {
        say(DesktopMessage.newBuilder());
        assertThat(helper.in().read()).isEqualTo(-1);
    }
}
