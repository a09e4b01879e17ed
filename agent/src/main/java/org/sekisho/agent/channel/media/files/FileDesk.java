package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.AttemptDesk.Ruling;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Given;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.FileAsked;
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files decided by the rules that decide about their medium, with what they carry, and recorded. A file that could not
 * be looked into as a whole does not pass where a rule would stop what it might carry; else it passes, and its record says
 * that nobody knows what it carried. A reason that was given for the medium holds for
 * its files; a rule that wants one for a file alone has the person asked while the file is held back and its program waits
 * in close(2). Thread-safe.
 */
final class FileDesk {
    private static final Logger LOG = LoggerFactory.getLogger(FileDesk.class);

    private final AttemptDesk desk;
    private final UnaryOperator<Process> programs;
    private final ContentRules content;
    private final PersonDesk people;
    private final FileQuestions questions;
    private final ShadowOrders shadows;

    /**
     * A decision.
     *
     * @param reason that the person gave for it; empty if none was
     * @param rule that asked for it; empty if none did
     */
    private record Judgement(Ruling ruling, String reason, String rule) {
        Judgement(Ruling ruling, String reason) {
            this(ruling, reason, ruling.decision().getRule());
        }
    }

    /**
     * @param programs adds what can be told of a process that is named by its pid
     * @param content what the running policy asks about content
     * @param people speaks with the person of a session
     * @param shadows orders copies of files
     */
    FileDesk(
            AttemptDesk desk,
            UnaryOperator<Process> programs,
            ContentRules content,
            PersonDesk people,
            ShadowOrders shadows) {
        this.desk = requireNonNull(desk, "desk is null");
        this.programs = requireNonNull(programs, "programs is null");
        this.content = requireNonNull(content, "content is null");
        this.people = requireNonNull(people, "people is null");
        this.questions = new FileQuestions(people);
        this.shadows = requireNonNull(shadows, "shadows is null");
    }

    boolean asksForContent() {
        return content.any();
    }

    /** A volume may be used from now on. */
    void begin(MediaVolume volume) {
        questions.begin(volume);
    }

    /** A volume may not be used any more: who waits for a person's answer about a file on it waits no longer. */
    void end(MediaVolume volume) {
        questions.end(volume);
    }

    /** Decides and records; on return the record is durable, or the answer is no. */
    FileRuling rule(MediaVolume volume, FileAsked asked) {
        MediaFile file = asked.getFile();
        Attempt attempt = Attempt.newBuilder()
                .setChannel(Channel.MEDIA)
                .addAllLabels(asked.getLabelsList())
                .setBytes(asked.getBytes())
                .setMedia(volume.subject().toBuilder()
                        .setFile(file.toBuilder()
                                .setProcess(programs.apply(file.getProcess()))
                                .setVolume(volume.name())))
                .build();
        Judgement judgement = judged(volume, attempt, asked);
        Ruling ruling = judgement.ruling();
        FileRuling.Builder answer = FileRuling.newBuilder().setId(asked.getId());
        if (asked.getId() != 0 && isContent(asked)) {
            shadows.order(judgement.rule(), asked.getBytes()).ifPresent(answer::setShadowCopy);
        }
        boolean held = !ruling.letThrough();
        Enforcement enforcement = held || isMild(ruling.decision()) ? Enforcement.ENFORCED : Enforcement.AUDIT_ONLY;
        try {
            desk.record(
                    volume.session(),
                    withCopy(attempt, answer.getShadowCopy().getId()),
                    ruling.decision(),
                    enforcement,
                    judgement.reason());
        } catch (ChannelException e) {
            LOG.error("What is done with a file on {} is refused: {}", volume.name(), e.getMessage());
            // The copy is kept all the same: it is the only trace.
            return answer.build();
        }
        if (held && asked.getId() != 0) {
            people.tell(volume.session(), ruling.notice());
        }
        return answer.setPermitted(!held).build();
    }

    /** Not about a name alone. */
    private static boolean isContent(FileAsked asked) {
        return !asked.getFile().getSha256().isEmpty() || asked.getNotInspected() != Reason.REASON_UNSPECIFIED;
    }

    private static Attempt withCopy(Attempt attempt, String id) {
        Attempt.Builder with = attempt.toBuilder();
        with.getMediaBuilder().getFileBuilder().setShadowCopy(id);
        return with.build();
    }

    /** Records that a volume could not be given to its person as was decided, and tells them. */
    void failed(MediaVolume volume, String failure) {
        Attempt attempt = medium(volume.subject());
        Decision decision = desk.rule(volume.session(), attempt).decision().toBuilder()
                .setFailure(failure)
                .build();
        try {
            desk.record(volume.session(), attempt, decision, Enforcement.NOT_ENFORCED, "");
        } catch (ChannelException e) {
            LOG.error("That {} can't be given to anybody could not be recorded: {}", volume.name(), e.getMessage());
        }
        people.tell(volume.session(), FileNotices.plain("volume.failed"));
    }

    private Judgement judged(MediaVolume volume, Attempt attempt, FileAsked asked) {
        Ruling ruling = desk.rule(volume.session(), attempt);
        Reason unseen = asked.getNotInspected();
        if (unseen != Reason.REASON_UNSPECIFIED && ruling.decision().getVerdict() != Verdict.BLOCK) {
            for (Attempt might : content.carrying(attempt)) {
                Ruling other = desk.rule(volume.session(), might);
                boolean differs =
                        !other.decision().getRule().equals(ruling.decision().getRule());
                if (differs && !isMild(other.decision())) {
                    return new Judgement(
                            refused(ruling, attempt, unseen, other.letThrough()),
                            "",
                            other.decision().getRule());
                }
                // What a permit lifts from what it might carry, it lifts from this; and is used.
                ruling = other.decision().getPermit().isEmpty() ? ruling : other;
            }
            ruling = said(ruling, unseen);
        }
        if (ruling.justify()) {
            return justified(volume, attempt, ruling, asked.getId() != 0);
        }
        Notice told = FileNotices.of("file.held", attempt, ruling.notice());
        return new Judgement(new Ruling(ruling.decision(), ruling.letThrough(), false, told), "");
    }

    /** @param letThrough the policy only audits */
    private static Ruling refused(Ruling ruling, Attempt attempt, Reason why, boolean letThrough) {
        Decision refused = ruling.decision().toBuilder()
                .setVerdict(Verdict.BLOCK)
                .setReason(why)
                .clearRule()
                .build();
        String key = why == Reason.TOO_LARGE ? "file.too-large" : "file.unreadable";
        return new Ruling(refused, letThrough, false, FileNotices.of(key, attempt));
    }

    /** The same decision, and that it was made without knowing what the file carries. */
    private static Ruling said(Ruling ruling, Reason why) {
        Decision decision = ruling.decision();
        if (!decision.getPermit().isEmpty()) {
            return ruling;
        }
        return new Ruling(
                decision.toBuilder().setReason(why).build(), ruling.letThrough(), ruling.justify(), ruling.notice());
    }

    /** @param waits somebody waits for the decision; what has been done already is only recorded */
    private Judgement justified(MediaVolume volume, Attempt attempt, Ruling ruling, boolean waits) {
        Decision ofMedium =
                desk.rule(volume.session(), medium(volume.subject())).decision();
        boolean givenForMedium = ofMedium.getVerdict() == Verdict.JUSTIFY
                && ofMedium.getRule().equals(ruling.decision().getRule());
        if (givenForMedium) {
            return new Judgement(answered(ruling, Reason.JUSTIFICATION_GIVEN, true, ruling.notice()), "");
        }
        Answer answer = waits
                ? questions.ask(
                        volume, attempt, ruling.decision(), FileNotices.of("file.asked", attempt, ruling.notice()))
                : new Unasked();
        return new Judgement(
                answered(ruling, answer.reason(), answer instanceof Given, FileNotices.of("file.unanswered", attempt)),
                answer.text());
    }

    private static Ruling answered(Ruling ruling, Reason reason, boolean given, Notice notice) {
        return new Ruling(ruling.decision().toBuilder().setReason(reason).build(), given, false, notice);
    }

    private static boolean isMild(Decision decision) {
        return switch (decision.getVerdict()) {
            case ALLOW, AUDIT -> true;
            case JUSTIFY -> decision.getReason() == Reason.JUSTIFICATION_GIVEN;
            case READ_ONLY, BLOCK, VERDICT_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static Attempt medium(MediaSubject subject) {
        return Attempt.newBuilder().setChannel(Channel.MEDIA).setMedia(subject).build();
    }
}
