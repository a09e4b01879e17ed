package org.sekisho.agent.channel.clipboard;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
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
    /** Asks that wait for a reason at once; more are declined. */
    private static final int MOST_OPEN = 64;

    private static final int MOST_KEYS = 1_024;
    private static final int REASON_CHARACTERS = 1_000;

    private final DesktopSession session;
    private final AttemptDesk desk;
    private final AttemptPrograms programs;
    private final Supplier<ClipboardPolicy> policy;
    private final RecordedBursts pasteBursts;
    private final RecordedBursts copyBursts;
    private final RecordedBursts quietCopies;
    /** Asks that wait for the user's reason, by their number. */
    private final Map<Long, Asked> open = new LinkedHashMap<>();

    private final GivenReasons reasons;

    /** An ask whose programs have been looked up. */
    private record Asked(long ask, long capture, Attempt attempt, Reason notInspected) {}

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
        this.reasons = new GivenReasons(REASON_HOLDS, MOST_OPEN, nanos);
        this.pasteBursts = new RecordedBursts(BURST, MOST_KEYS, nanos);
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

    /** Decides about a paste. */
    PasteAnswer asked(PasteAsked ask) {
        Asked asked = new Asked(
                ask.getAsk(),
                ask.getCapture(),
                programs.identified(ask.getAttempt(), ask.getCapture(), false),
                ask.getNotInspected());
        PasteRuling ruled = rule(asked);
        if (!ruled.justify()) {
            return settle(asked, ruled, "");
        }
        String reason = reasons.given(grant(asked, ruled));
        if (!reason.isEmpty()) {
            return settle(asked, ruled.justified(), reason);
        }
        synchronized (open) {
            if (open.size() < MOST_OPEN) {
                open.put(asked.ask(), asked);
                return answer(asked, ruled)
                        .setJustify(true)
                        .setNotice(ruled.notice())
                        .build();
            }
        }
        return settle(asked, ruled.declined(), "");
    }

    /** What became of a paste; an answer follows where the user was asked for a reason. */
    Optional<PasteAnswer> done(PasteDone done) {
        if (!done.getFailure().isEmpty()) {
            LOG.info("A paste in session {} ended early: {}", session.id(), done.getFailure());
        }
        if (!done.getDeclined() && done.getJustification().isEmpty()) {
            return Optional.empty();
        }
        Asked asked;
        synchronized (open) {
            asked = open.remove(done.getAsk());
        }
        if (asked == null) {
            return Optional.empty();
        }
        PasteRuling ruled = rule(asked);
        String reason = done.getJustification().strip();
        if (!ruled.justify()) {
            return Optional.of(settle(asked, ruled, ""));
        }
        if (done.getDeclined() || reason.isEmpty()) {
            return Optional.of(settle(asked, ruled.declined(), ""));
        }
        String kept = reason.substring(0, Math.min(REASON_CHARACTERS, reason.length()));
        reasons.keep(grant(asked, ruled), kept);
        return Optional.of(settle(asked, ruled.justified(), kept));
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
        return Notice.newBuilder()
                .setJa(Texts.beside(PasteDecisions.class, Locale.JAPANESE).of(key))
                .setEn(Texts.beside(PasteDecisions.class, Locale.ENGLISH).of(key))
                .build();
    }

    /** Records, unless this belongs to a burst that is recorded already, and answers. */
    private PasteAnswer settle(Asked asked, PasteRuling ruled, String reason) {
        Decision decision = ruled.decision();
        Burst burst = new Burst(
                asked.capture(),
                destination(asked),
                decision.getVerdict(),
                decision.getRule(),
                decision.getRevision(),
                decision.getReason(),
                decision.getPermit());
        RecordedBursts.Outcome outcome =
                pasteBursts.record(burst, () -> record(asked.attempt(), decision, ruled.enforcement(), reason));
        boolean letThrough = ruled.letThrough() && (outcome.recorded() || decision.getVerdict() == Verdict.ALLOW);
        PasteAnswer.Builder answer = answer(asked, ruled).setHandOut(letThrough);
        if (outcome.first() && !letThrough && !ruled.notice().equals(Notice.getDefaultInstance())) {
            answer.setNotice(ruled.notice());
        }
        return answer.build();
    }

    private static PasteAnswer.Builder answer(Asked asked, PasteRuling ruled) {
        return PasteAnswer.newBuilder().setAsk(asked.ask()).setDecision(ruled.decision());
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

    private static GivenReasons.Grant grant(Asked asked, PasteRuling ruled) {
        return new GivenReasons.Grant(
                asked.capture(),
                destination(asked),
                ruled.decision().getRule(),
                ruled.decision().getRevision());
    }
}
