package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.AttemptDesk.Ruling;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.text.Texts;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.FileAsked;
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
 * be looked into as a whole does not pass where some rule asks for content. A reason that was given for the medium holds for
 * its files; a rule that wants one for a file alone holds it back, for there is nobody to ask while a program waits in
 * close(2). Thread-safe.
 */
final class FileDesk {
    private static final Logger LOG = LoggerFactory.getLogger(FileDesk.class);

    private final AttemptDesk desk;
    private final UnaryOperator<Process> programs;
    private final BooleanSupplier asksForContent;
    private final BiConsumer<DesktopSession, Notice> notices;

    /**
     * @param programs adds what can be told of a process that is named by its pid
     * @param asksForContent whether a rule for media has a condition on content
     * @param notices tells the person of a session
     */
    FileDesk(
            AttemptDesk desk,
            UnaryOperator<Process> programs,
            BooleanSupplier asksForContent,
            BiConsumer<DesktopSession, Notice> notices) {
        this.desk = requireNonNull(desk, "desk is null");
        this.programs = requireNonNull(programs, "programs is null");
        this.asksForContent = requireNonNull(asksForContent, "asksForContent is null");
        this.notices = requireNonNull(notices, "notices is null");
    }

    boolean asksForContent() {
        return asksForContent.getAsBoolean();
    }

    /** Decides and records; on return the record is durable, or the answer is no. */
    boolean permits(MediaVolume volume, FileAsked asked) {
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
        Ruling ruling = judged(volume, attempt, asked.getNotInspected());
        boolean held = !ruling.letThrough();
        Enforcement enforcement = held || isMild(ruling.decision()) ? Enforcement.ENFORCED : Enforcement.AUDIT_ONLY;
        try {
            desk.record(volume.session(), attempt, ruling.decision(), enforcement, "");
        } catch (ChannelException e) {
            LOG.error("What is done with a file on {} is refused: {}", volume.name(), e.getMessage());
            return false;
        }
        if (held && asked.getId() != 0 && !ruling.notice().equals(Notice.getDefaultInstance())) {
            notices.accept(volume.session(), ruling.notice());
        }
        return !held;
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
        notices.accept(volume.session(), text("volume.failed"));
    }

    private Ruling judged(MediaVolume volume, Attempt attempt, Reason notInspected) {
        Ruling ruling = desk.rule(volume.session(), attempt);
        if (ruling.justify()) {
            Decision ofMedium =
                    desk.rule(volume.session(), medium(volume.subject())).decision();
            boolean given = ofMedium.getVerdict() == Verdict.JUSTIFY
                    && ofMedium.getRule().equals(ruling.decision().getRule());
            Reason reason = given ? Reason.JUSTIFICATION_GIVEN : Reason.JUSTIFICATION_REFUSED;
            Decision decision = ruling.decision().toBuilder().setReason(reason).build();
            ruling = new Ruling(decision, given, false, given ? Notice.getDefaultInstance() : text("file.justify"));
        }
        boolean unseen = notInspected != Reason.REASON_UNSPECIFIED && asksForContent();
        if (!unseen || ruling.decision().getVerdict() == Verdict.BLOCK) {
            return ruling;
        }
        Decision refused = ruling.decision().toBuilder()
                .setVerdict(Verdict.BLOCK)
                .setReason(notInspected)
                .clearRule()
                .build();
        boolean auditOnly = !isMild(ruling.decision()) && ruling.letThrough();
        return new Ruling(
                refused,
                auditOnly,
                false,
                text(notInspected == Reason.TOO_LARGE ? "file.too-large" : "file.unreadable"));
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

    private static Notice text(String key) {
        return Notice.newBuilder()
                .setJa(Texts.beside(FileDesk.class, Locale.JAPANESE).of(key))
                .setEn(Texts.beside(FileDesk.class, Locale.ENGLISH).of(key))
                .build();
    }
}
