package org.sekisho.agent.channel.clipboard;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.GivenReasons;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.agent.text.NoticeTexts;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.CopySeen;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.Notice;
import org.sekisho.v1.OwnerSeen;
import org.sekisho.v1.PasteAnswer;
import org.sekisho.v1.PasteAsked;
import org.sekisho.v1.PasteDone;
import org.sekisho.v1.PasteSeen;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions about one session's clipboard.
 *
 * <p>Every single ask has its own ruling by the policy of that moment. Recording is what bursts share: programs ask for one
 * paste in several formats within milliseconds, which is one event; another verdict, rule, revision, program or content is
 * another. Thread-safe.
 */
final class PasteDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(PasteDecisions.class);
    /** Toolkits ask for their formats within some 100 ms; a person can't paste the same content twice on purpose faster. */
    private static final Duration BURST = Duration.ofSeconds(2);
    /** Marking text with the mouse claims PRIMARY many times a second. */
    private static final Duration COPY_NOISE = Duration.ofSeconds(10);
    /** A program that gave up waiting while the user typed must find the way open when the user pastes again. */
    private static final Duration REASON_HOLDS = Duration.ofMinutes(2);

    private static final int MOST_REASONS = 64;
    private static final int MOST_KEYS = 1_024;

    private final DesktopSession session;
    private final AttemptDesk desk;
    private final AttemptPrograms programs;
    private final Supplier<ClipboardPolicy> policy;
    private final RecordedBursts pasteBursts;
    private final RecordedBursts earlyBursts;
    private final RecordedBursts copyBursts;
    private final RecordedBursts quietCopies;
    private final GivenReasons reasons;

    /** For who reads the event. */
    private static final String PASTED_EARLY =
            "the program asked who copied it, before the helper had taken it over; the window is some milliseconds";

    /** An ask whose programs have been looked up. */
    private record Asked(long ask, long capture, Attempt attempt, Reason notInspected) {}

    /** What a reason was given for: this content, into this program, by this rule of this revision. */
    private record Grant(long capture, int pid, String rule, long revision) {}

    /** What makes two asks one paste. */
    private record Burst(
            long capture, int pid, Verdict verdict, String rule, long revision, Reason reason, String permit) {}

    PasteDecisions(
            DesktopSession session,
            AttemptDesk desk,
            ProgramLookup programs,
            Supplier<ClipboardPolicy> policy,
            LongSupplier nanos) {
        this.session = session;
        this.desk = desk;
        this.programs = new AttemptPrograms(session.id(), programs);
        this.policy = policy;
        this.reasons = new GivenReasons(REASON_HOLDS, MOST_REASONS, nanos);
        this.pasteBursts = new RecordedBursts(BURST, MOST_KEYS, nanos);
        this.earlyBursts = new RecordedBursts(BURST, MOST_KEYS, nanos);
        this.copyBursts = new RecordedBursts(BURST, MOST_KEYS, nanos);
        this.quietCopies = new RecordedBursts(COPY_NOISE, MOST_KEYS, nanos);
    }

    /** A program has taken a selection. What is returned looks at it, and is to be run at once, off the reading thread. */
    Runnable seen(OwnerSeen owner) {
        return programs.seen(owner);
    }

    /** Records a copy. Nothing is decided about it: the content is held, and decided when somebody asks for it. */
    void copied(CopySeen copy) {
        if (programs.isTakeover(copy)) {
            LOG.info("The helper of session {} took over what an earlier helper held", session.id());
            return;
        }
        Attempt attempt = programs.identified(copy.getAttempt(), copy.getCapture(), true);
        ClipboardSubject subject = attempt.getClipboard();
        boolean noteworthy = attempt.getLabelsCount() > 0 || copy.getNotInspected() != Reason.REASON_UNSPECIFIED;
        Decision undecided = Decision.newBuilder()
                .setRevision(policy.get().revision())
                .setReason(copy.getNotInspected())
                .build();
        Object key = noteworthy
                ? attempt
                : subject.getSelection() + "/" + subject.getSource().getPid();
        (noteworthy ? copyBursts : quietCopies)
                .record(key, () -> record(attempt, undecided, Enforcement.ENFORCEMENT_UNSPECIFIED, ""));
    }

    /**
     * Decides about a paste, and answers; late where the person has to give a reason first.
     *
     * @param person asks for a reason
     * @param answer takes the answer, on this thread or on that which has the reason
     */
    void asked(PasteAsked ask, Function<Notice, CompletionStage<Answer>> person, Consumer<PasteAnswer> answer) {
        Asked asked = new Asked(
                ask.getAsk(),
                ask.getCapture(),
                programs.identified(ask.getAttempt(), ask.getCapture(), false),
                ask.getNotInspected());
        PasteRuling ruled = rule(asked);
        String reason = ruled.justify() ? reasons.given(grant(asked, ruled)) : "";
        if (ruled.justify() && reason.isEmpty()) {
            var told = person.apply(ruled.notice()).thenAccept(said -> answer.accept(answered(asked, said)));
            requireNonNull(told, "told is null");
        } else {
            answer.accept(settle(asked, ruled.justify() ? ruled.answered(new Given(reason)) : ruled, reason));
        }
    }

    /** The person has answered, which takes its time: it is decided anew. */
    private PasteAnswer answered(Asked asked, Answer said) {
        PasteRuling ruled = rule(asked);
        if (!ruled.justify()) {
            return settle(asked, ruled, "");
        }
        // The reason would hold for any program if it is not known which one asks.
        if (said instanceof Given given && destination(asked) != 0) {
            reasons.keep(grant(asked, ruled), given.text());
        }
        return settle(asked, ruled.answered(said), said.text());
    }

    /** Records what was pasted before the helper had taken it over, with what should have become of it. */
    void pastedEarly(PasteSeen seen) {
        Asked asked = new Asked(
                0,
                seen.getCapture(),
                programs.identified(seen.getAttempt(), seen.getCapture(), false),
                seen.getNotInspected());
        PasteRuling ruled = rule(asked);
        Enforcement enforcement = ruled.letThrough() ? ruled.enforcement() : Enforcement.NOT_ENFORCED;
        Decision decision = ruled.letThrough()
                ? ruled.decision()
                : ruled.decision().toBuilder().setFailure(PASTED_EARLY).build();
        earlyBursts.record(burst(asked, decision), () -> record(asked.attempt(), decision, enforcement, ""));
    }

    /** What became of a paste. */
    void done(PasteDone done) {
        if (!done.getFailure().isEmpty()) {
            LOG.info("A paste in session {} ended early: {}", session.id(), done.getFailure());
        }
    }

    private PasteRuling rule(Asked asked) {
        AttemptDesk.Ruling ruling = desk.rule(session, asked.attempt());
        ClipboardPolicy running = policy.get();
        boolean unseen = asked.notInspected() != Reason.REASON_UNSPECIFIED && running.asksForContent();
        if (!unseen || ruling.decision().getVerdict() == Verdict.BLOCK) {
            return new PasteRuling(ruling.decision(), ruling.letThrough(), ruling.justify(), ruling.notice());
        }
        Decision refused = ruling.decision().toBuilder()
                .setVerdict(Verdict.BLOCK)
                .setReason(asked.notInspected())
                .clearRule()
                .build();
        return new PasteRuling(refused, running.auditOnly(), false, notInspected(asked.notInspected()));
    }

    private static Notice notInspected(Reason reason) {
        String key = reason == Reason.TOO_LARGE ? "paste.too-large" : "paste.unreadable";
        return NoticeTexts.both(
                language -> Texts.beside(PasteDecisions.class, language).of(key));
    }

    /** Records, unless this belongs to a burst that is recorded already, and answers. */
    private PasteAnswer settle(Asked asked, PasteRuling ruled, String reason) {
        Decision decision = ruled.decision();
        RecordedBursts.Outcome outcome = pasteBursts.record(
                burst(asked, decision), () -> record(asked.attempt(), decision, ruled.enforcement(), reason));
        boolean letThrough = ruled.letThrough() && (outcome.recorded() || decision.getVerdict() == Verdict.ALLOW);
        PasteAnswer.Builder answer = PasteAnswer.newBuilder()
                .setAsk(asked.ask())
                .setDecision(decision)
                .setHandOut(letThrough);
        if (outcome.first() && !letThrough && !ruled.notice().equals(Notice.getDefaultInstance())) {
            answer.setNotice(ruled.notice());
        }
        return answer.build();
    }

    private static Burst burst(Asked asked, Decision decision) {
        return new Burst(
                asked.capture(),
                destination(asked),
                decision.getVerdict(),
                decision.getRule(),
                decision.getRevision(),
                decision.getReason(),
                decision.getPermit());
    }

    private boolean record(Attempt attempt, Decision decision, Enforcement enforcement, String reason) {
        try {
            desk.record(session, attempt, decision, enforcement, reason);
            return true;
        } catch (ChannelException e) {
            LOG.error("An attempt in session {} could not be recorded: {}", session.id(), e.getMessage());
            return false;
        }
    }

    private static int destination(Asked asked) {
        return asked.attempt().getClipboard().getDestination().getPid();
    }

    private static Grant grant(Asked asked, PasteRuling ruled) {
        return new Grant(
                asked.capture(),
                destination(asked),
                ruled.decision().getRule(),
                ruled.decision().getRevision());
    }
}
