package org.sekisho.agent.channel.media;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.agent.channel.PersonDesk.Unasked;
import org.sekisho.agent.channel.PersonDesk.Unclear;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Verdict;

/** Has every class of a device decided, and says what that comes to for each of its functions. Thread-safe. */
final class MediaRulings {
    /** What holds files on block devices: can be read-only, and encrypted. */
    private static final Set<MediaClass> STORAGE = EnumSet.of(
            MediaClass.USB_STORAGE,
            MediaClass.CARD_READER,
            MediaClass.OPTICAL,
            MediaClass.SD_CARD,
            MediaClass.THUNDERBOLT_STORAGE);

    private final AttemptDesk desk;
    private final MediaRegister register;
    private final HubRules hubs;

    /** Whether a rule means hubs by name, or only everything. */
    @FunctionalInterface
    interface HubRules {
        boolean meansHubs(String rule);
    }

    MediaRulings(AttemptDesk desk, MediaRegister register, HubRules hubs) {
        this.desk = desk;
        this.register = register;
        this.hubs = hubs;
    }

    /** Decides about every class of a device. */
    List<ClassRuling> rule(RemovableDevice device, DesktopSession session, Known known) {
        List<ClassRuling> rulings = new ArrayList<>();
        for (MediaClass type : device.classes()) {
            ClassRuling ruling = one(device, type, session, known);
            if (isStorage(type) && known.encryption() == Encryption.ENCRYPTION_UNSPECIFIED) {
                ruling = probed(ruling, device, session, known);
            }
            rulings.add(ruling);
        }
        return rulings;
    }

    /** The functions that are let in: those all of whose classes are. */
    static Set<String> functions(RemovableDevice device, List<ClassRuling> rulings) {
        Set<MediaClass> in = new HashSet<>();
        rulings.stream().filter(ruling -> ruling.access().binds()).forEach(ruling -> in.add(ruling.type()));
        Set<String> functions = new HashSet<>();
        device.functions().stream()
                .filter(function -> in.containsAll(function.classes()))
                .forEach(function -> functions.add(function.id()));
        return functions;
    }

    static boolean isStorage(MediaClass type) {
        return STORAGE.contains(type);
    }

    static boolean isInput(MediaClass type) {
        return type == MediaClass.KEYBOARD || type == MediaClass.POINTER || type == MediaClass.HUB;
    }

    /** Where it depends on encryption that is not known yet, it has to be looked at; where not, it is as decided. */
    private ClassRuling probed(ClassRuling unknown, RemovableDevice device, DesktopSession session, Known known) {
        ClassRuling encrypted = one(device, unknown.type(), session, known.with(Encryption.ENCRYPTED));
        ClassRuling plain = one(device, unknown.type(), session, known.with(Encryption.NOT_ENCRYPTED));
        if (encrypted.access() == plain.access()) {
            return unknown.access() == plain.access() ? unknown : plain;
        }
        return new ClassRuling(
                unknown.type(), unknown.attempt(), unknown.decision(), Access.PROBE, Notice.getDefaultInstance(), "");
    }

    private ClassRuling one(RemovableDevice device, MediaClass type, DesktopSession session, Known known) {
        MediaSubject.Builder subject =
                device.subject(type).setEncryption(known.encryption()).addAllSuspicions(known.suspicions());
        subject.setRegistration(register.registration(subject.buildPartial()));
        Attempt attempt =
                Attempt.newBuilder().setChannel(Channel.MEDIA).setMedia(subject).build();
        AttemptDesk.Ruling ruling = desk.rule(session, attempt);
        Decision decision = raised(ruling.decision(), known.suspicions(), type);
        if (known.observeOnly()) {
            return new ClassRuling(type, attempt, decision, Access.IN, Notice.getDefaultInstance(), "");
        }
        if (!device.flaw().isEmpty()) {
            Decision unreadable = decision.toBuilder()
                    .setVerdict(Verdict.BLOCK)
                    .setReason(Reason.UNREADABLE)
                    .build();
            return new ClassRuling(type, attempt, unreadable, Access.OUT, ruling.notice(), "");
        }
        if (ruling.letThrough()) {
            return new ClassRuling(type, attempt, decision, Access.IN, Notice.getDefaultInstance(), "");
        }
        if (type == MediaClass.HUB && !hubs.meansHubs(decision.getRule())) {
            // Keyboards are behind hubs, and every device on one is decided about for itself.
            Decision let = decision.toBuilder().setVerdict(Verdict.ALLOW).build();
            return new ClassRuling(type, attempt, let, Access.IN, Notice.getDefaultInstance(), "");
        }
        if (ruling.justify()) {
            Answer answer = known.answers().get(Question.of(decision, session));
            ClassRuling asked = new ClassRuling(type, attempt, decision, Access.ASK, ruling.notice(), "");
            return answer == null && known.reached()
                    ? asked
                    : asked.answered(answer == null ? nobody(session) : answer);
        }
        if (decision.getVerdict() == Verdict.READ_ONLY) {
            ClassRuling readOnly = new ClassRuling(type, attempt, decision, Access.READ_ONLY, ruling.notice(), "");
            return isStorage(type)
                    ? readOnly
                    : readOnly.shutOut("no device of this class can be made read-only; it was shut out altogether");
        }
        return new ClassRuling(type, attempt, decision, Access.OUT, ruling.notice(), "");
    }

    private static Answer nobody(DesktopSession session) {
        return session.equals(DesktopSession.UNCLEAR) ? new Unclear() : new Unasked();
    }

    /** A suspicion makes an attempt one of high severity, whatever the rule says. */
    private static Decision raised(Decision decision, Set<MediaSuspicion> suspicions, MediaClass type) {
        boolean grave = suspicions.stream().anyMatch(suspicion -> switch (suspicion) {
            case SECOND_KEYBOARD -> type == MediaClass.KEYBOARD;
            case STORAGE_AND_KEYBOARD, IDENTITY_CHANGED, LET_IN_BY_HAND, BROKEN_DESCRIPTORS -> true;
            case SAME_SERIAL, MEDIA_SUSPICION_UNSPECIFIED, UNRECOGNIZED -> false;
        });
        return grave && decision.getSeverityValue() < Severity.HIGH_VALUE
                ? decision.toBuilder().setSeverity(Severity.HIGH).build()
                : decision;
    }
}
