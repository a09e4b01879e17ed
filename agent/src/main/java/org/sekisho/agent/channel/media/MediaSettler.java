package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.MediaClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one device as the decisions about it want it, and has them recorded and told. Under the guard's lock. */
final class MediaSettler {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSettler.class);

    private final MediaParts parts;
    private final MediaRulings rulings;
    private final MediaRecords records;
    private final MediaAdmissions admissions;
    private final MediaVolumes volumes;
    private final MediaPeople people;
    private boolean enforcing;

    /** What the guard may do to devices. */
    enum Hands {
        /** Nothing. */
        OFF,
        /** Let in what is shut out, and nothing else. */
        LET_IN,
        ON
    }

    MediaSettler(EventLoop loop, MediaParts parts, MediaRulings.HubRules hubs, Runnable reconsider) {
        this.parts = parts;
        this.rulings = new MediaRulings(parts.desk(), parts.register(), hubs);
        this.records = new MediaRecords(loop, parts);
        this.admissions = new MediaAdmissions(parts.bus(), records);
        this.volumes = new MediaVolumes(parts, records, admissions);
        this.people = new MediaPeople(parts.people(), reconsider);
    }

    /** Devices are shut out by default from now on. */
    void enforcing() {
        enforcing = true;
    }

    boolean wasEnforcing() {
        return enforcing;
    }

    void tampered(String what, String detail) {
        records.tampered(what, detail);
    }

    /** The device is gone. */
    void departed(Standing standing) {
        volumes.withdraw(standing);
    }

    /** The device was there, shut out by default, and is gone: nothing is left but to record it. */
    void passed(RemovableDevice device, DesktopSession person, Hands hands) {
        Standing standing = new Standing(device, Set.of());
        List<ClassRuling> decided = decide(standing, person, hands);
        records.record(new Matter(standing, person, decided), decided);
    }

    /** Decides, carries out, reads back, records, tells and asks. */
    void settle(Standing standing, DesktopSession person, Hands hands) {
        try {
            List<DeviceBus.Volume> there = standing.stores() ? parts.bus().volumes(standing.asRead()) : List.of();
            look(standing, there);
            if (hands == Hands.ON) {
                admissions.look(standing);
            }
            Matter matter = new Matter(standing, person, decide(standing, person, hands));
            switch (hands) {
                case OFF -> records.record(matter, matter.decided());
                case LET_IN -> {
                    records.record(matter, matter.decided());
                    if (!matter.functions().isEmpty()) {
                        parts.bus().admit(standing.asRead(), matter.functions());
                    }
                    standing.enforced = Optional.empty();
                }
                case ON -> carryOut(matter, there);
            }
            standing.failure = "";
        } catch (IOException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(standing.failure)) {
                LOG.warn("{} is not as it should be: {}", standing.asRead().instance(), failure);
            }
            standing.failure = failure;
        }
        people.tell(standing, person);
    }

    private List<ClassRuling> decide(Standing standing, DesktopSession person, Hands hands) {
        return rulings.rule(
                standing.device(),
                person,
                new Known(
                        standing.encryption,
                        standing.suspicions(),
                        standing.answers,
                        people.reaches(person),
                        hands != Hands.ON));
    }

    /** What only shows once a disk is there: that it turns discs, and whether it is encrypted. */
    private void look(Standing standing, List<DeviceBus.Volume> there) throws IOException {
        if (standing.turnsOutOptical(there)) {
            LOG.info("{} turns out to be an optical drive", standing.asRead().instance());
        }
        List<String> now = there.stream()
                .map(volume -> volume.name() + " " + volume.incarnation() + " " + volume.sectors())
                .toList();
        // What was found holds on when the device is shut out because of it.
        if (!there.isEmpty() && !now.equals(standing.probed)) {
            standing.encryption = parts.bus().encryption(there).orElse(Encryption.ENCRYPTION_UNSPECIFIED);
            standing.probed = now;
        }
    }

    private void carryOut(Matter matter, List<DeviceBus.Volume> there) throws IOException {
        Standing standing = matter.standing();
        Set<String> target = matter.functions();
        Access storage = MediaVolumes.access(matter, target);
        boolean readOnly = storage == Access.READ_ONLY || storage == Access.PROBE;
        boolean told = storage == Access.READ_ONLY || storage == Access.IN;
        volumes.withdraw(standing, volume -> !told || volume.readOnly() != readOnly);

        Set<MediaClass> unrecorded = records.beforeLettingIn(matter);
        if (!unrecorded.isEmpty()) {
            target = without(unrecorded, matter).functions();
            volumes.withdraw(standing);
        }
        admit(matter, target);
        if (!unrecorded.isEmpty()) {
            throw new IOException("it stays shut out, for letting it in could not be recorded");
        }
        if (storage.binds()) {
            volumes.settle(matter, storage, there);
        }
        records.record(
                matter, matter.those(ruling -> ruling.access() != Access.PROBE && ruling.access() != Access.READ_ONLY));
        people.ask(matter);
    }

    private static Matter without(Set<MediaClass> types, Matter matter) {
        return new Matter(
                matter.standing(),
                matter.person(),
                matter.decided().stream()
                        .map(ruling ->
                                types.contains(ruling.type()) ? ruling.shutOut("it could not be recorded") : ruling)
                        .toList());
    }

    private void admit(Matter matter, Set<String> target) throws IOException {
        Standing standing = matter.standing();
        try {
            admissions.admit(standing, target);
        } catch (IOException e) {
            standing.enforced = Optional.empty();
            records.notEnforced(matter, matter.decided(), e);
            throw e;
        }
    }
}
