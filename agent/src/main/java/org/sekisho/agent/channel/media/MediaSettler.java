package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one device as the decisions about it want it, and records them. Under the guard's lock. */
final class MediaSettler {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSettler.class);
    /** A device that fails to start is plugged in anew by the kernel several times a second: that is one attempt. */
    private static final Duration BURST = Duration.ofSeconds(2);

    private static final int MOST_REMEMBERED = 1_024;
    private static final int REASON_CHARACTERS = 1_000;

    private final EventLoop loop;
    private final MediaParts parts;
    private final MediaRulings rulings;
    private final Runnable reconsider;
    /** What was recorded lately, with when. */
    private final Map<Object, Long> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private boolean enforcing;

    /** What the guard may do to devices. */
    enum Hands {
        /** Nothing. */
        OFF,
        /** Let in what is shut out, and nothing else. */
        LET_IN,
        ON
    }

    /** What makes two attempts of one class one. */
    private record Told(
            Verdict verdict,
            String rule,
            Reason reason,
            String permit,
            Enforcement enforcement,
            Set<MediaSuspicion> suspicions,
            String user) {}

    private record Burst(String instance, String identity, MediaClass type, Told told) {}

    MediaSettler(EventLoop loop, MediaParts parts, MediaRulings.HubRules hubs, Runnable reconsider) {
        this.loop = loop;
        this.parts = parts;
        this.rulings = new MediaRulings(parts.desk(), parts.register(), hubs);
        this.reconsider = reconsider;
    }

    /** Devices are shut out by default from now on. */
    void enforcing() {
        enforcing = true;
    }

    boolean wasEnforcing() {
        return enforcing;
    }

    void tampered(String what, String detail) {
        if (isNew("tampered " + what + detail)) {
            LOG.error("tampered: {}: {}", what, detail);
            parts.tampered()
                    .accept(Tampered.newBuilder()
                            .setWhat(what)
                            .setDetail(detail)
                            .build());
        }
    }

    /** The device is gone. */
    void departed(Standing standing) {
        withdraw(standing);
    }

    /** Decides, carries out, reads back, records. */
    void settle(Standing standing, DesktopSession person, Hands hands) {
        try {
            List<DeviceBus.Volume> volumes = standing.stores() ? parts.bus().volumes(standing.asRead()) : List.of();
            look(standing, volumes);
            if (hands == Hands.ON) {
                noticeHands(standing);
            }
            List<ClassRuling> decided = decide(standing, person, hands);
            switch (hands) {
                case OFF -> record(standing, person, decided);
                case LET_IN -> {
                    record(standing, person, decided);
                    Set<String> all = MediaRulings.functions(standing.device(), decided);
                    if (!all.isEmpty()) {
                        parts.bus().admit(standing.asRead(), all);
                    }
                    standing.enforced = Optional.empty();
                }
                case ON -> carryOut(standing, person, decided, volumes);
            }
            standing.failure = "";
        } catch (IOException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(standing.failure)) {
                LOG.warn("{} is not as it should be: {}", standing.asRead().instance(), failure);
            }
            standing.failure = failure;
        }
    }

    private List<ClassRuling> decide(Standing standing, DesktopSession person, Hands hands) {
        return rulings.rule(
                standing.device(),
                person,
                standing.encryption,
                standing.suspicions(),
                standing.reasons,
                hands != Hands.ON);
    }

    /** What only shows once a disk is there: that it turns discs, and whether it is encrypted. */
    private void look(Standing standing, List<DeviceBus.Volume> volumes) throws IOException {
        if (standing.turnsOutOptical(volumes)) {
            LOG.info("{} turns out to be an optical drive", standing.asRead().instance());
        }
        List<String> now = volumes.stream()
                .map(volume -> volume.name() + " " + volume.incarnation() + " " + volume.sectors())
                .toList();
        // What was found holds on when the device is shut out because of it.
        if (!volumes.isEmpty() && !now.equals(standing.probed)) {
            standing.encryption = parts.bus().encryption(volumes).orElse(Encryption.ENCRYPTION_UNSPECIFIED);
            standing.probed = now;
        }
    }

    private void carryOut(
            Standing standing, DesktopSession person, List<ClassRuling> decided, List<DeviceBus.Volume> volumes)
            throws IOException {
        Set<String> target = MediaRulings.functions(standing.device(), decided);
        Access storage = storage(standing, decided, target);
        boolean readOnly = storage == Access.READ_ONLY || storage == Access.PROBE;
        boolean told = storage == Access.READ_ONLY || storage == Access.IN;
        withdrawWhere(standing, volume -> !told || volume.readOnly() != readOnly);

        Set<MediaClass> unrecorded = recordBefore(standing, person, decided);
        if (!unrecorded.isEmpty()) {
            target = MediaRulings.functions(standing.device(), without(unrecorded, decided));
            withdraw(standing);
        }
        admit(standing, person, target, decided);
        if (!unrecorded.isEmpty()) {
            throw new IOException("it stays shut out, for letting it in could not be recorded");
        }
        if (storage.binds()) {
            volumes(standing, person, decided, storage, volumes);
        }
        record(
                standing,
                person,
                decided.stream()
                        .filter(ruling -> ruling.access() != Access.PROBE && ruling.access() != Access.READ_ONLY)
                        .toList());
        ask(standing, person, decided);
    }

    /** Records what is about to be let in; the classes that could not be recorded and may not go without. */
    private Set<MediaClass> recordBefore(Standing standing, DesktopSession person, List<ClassRuling> decided) {
        Set<MediaClass> unrecorded = new HashSet<>();
        for (ClassRuling ruling : decided) {
            boolean recorded = ruling.access() != Access.IN
                    || failedBefore(standing, person, ruling)
                    || !news(standing, person, ruling)
                    || record(standing, person, ruling);
            if (!recorded && !MediaRulings.isInput(ruling.type())) {
                unrecorded.add(ruling.type());
            }
        }
        return unrecorded;
    }

    /** This very decision was recorded as one that could not be carried out; it is tried again, and told of if it holds. */
    private static boolean failedBefore(Standing standing, DesktopSession person, ClassRuling ruling) {
        return told(standing, person, ruling.failed(standing.failure)).equals(standing.told.get(ruling.type()));
    }

    private static List<ClassRuling> without(Set<MediaClass> types, List<ClassRuling> decided) {
        return decided.stream()
                .map(ruling -> types.contains(ruling.type()) ? ruling.shutOut("it could not be recorded") : ruling)
                .toList();
    }

    private void admit(Standing standing, DesktopSession person, Set<String> target, List<ClassRuling> decided)
            throws IOException {
        try {
            standing.enforced = Optional.of(parts.bus().admit(standing.asRead(), target));
        } catch (IOException e) {
            standing.enforced = Optional.empty();
            notEnforced(standing, person, decided, e);
            throw e;
        }
    }

    private void notEnforced(Standing standing, DesktopSession person, List<ClassRuling> decided, IOException why) {
        String failure = String.valueOf(why.getMessage());
        record(
                standing,
                person,
                decided.stream()
                        .filter(ruling -> ruling.access() != Access.PROBE)
                        .map(ruling -> ruling.failed(failure))
                        .toList());
    }

    /** How the device's block devices are let in: not at all unless the function that carries them is. */
    private static Access storage(Standing standing, List<ClassRuling> decided, Set<String> target) {
        boolean bound = standing.device().functions().stream()
                .filter(function -> function.classes().stream().anyMatch(MediaRulings::isStorage))
                .anyMatch(function -> target.contains(function.id()));
        return decided.stream()
                .filter(ruling -> MediaRulings.isStorage(ruling.type()))
                .map(ClassRuling::access)
                .min(Access::compareTo)
                .filter(access -> bound)
                .orElse(Access.OUT);
    }

    /** Sets the device's block devices as decided, reads that back, records it, and only then tells of them. */
    private void volumes(
            Standing standing,
            DesktopSession person,
            List<ClassRuling> decided,
            Access storage,
            List<DeviceBus.Volume> volumes)
            throws IOException {
        boolean readOnly = storage != Access.IN;
        List<ClassRuling> readOnlies = decided.stream()
                .filter(ruling -> ruling.access() == Access.READ_ONLY)
                .toList();
        try {
            setReadOnly(standing, volumes, readOnly);
        } catch (IOException e) {
            shutOutStorage(standing);
            notEnforced(standing, person, readOnlies, e);
            throw e;
        }
        Set<String> there = volumes.stream().map(DeviceBus.Volume::name).collect(Collectors.toSet());
        withdrawWhere(standing, volume -> !there.contains(volume.name()));
        if (storage == Access.PROBE) {
            return;
        }
        if (!volumes.isEmpty() && !record(standing, person, readOnlies)) {
            shutOutStorage(standing);
            throw new IOException("it is shut out again, for letting it in read-only could not be recorded");
        }
        tell(standing, person, decided, readOnly, volumes);
    }

    private void setReadOnly(Standing standing, List<DeviceBus.Volume> volumes, boolean readOnly) throws IOException {
        for (DeviceBus.Volume volume : volumes) {
            if (volume.readOnly() == readOnly) {
                continue;
            }
            MediaVolume known = standing.volumes.get(volume.name());
            if (readOnly && known != null && known.readOnly()) {
                tampered(
                        "read-only device",
                        "%s (%s) was made writable by hand; that was taken back"
                                .formatted(volume.name(), standing.asRead().instance()));
            }
            parts.bus().setReadOnly(volume, readOnly);
        }
    }

    /** The device's other functions, such as a keyboard, stay as they are. */
    private void shutOutStorage(Standing standing) throws IOException {
        withdraw(standing);
        Set<String> others = new HashSet<>(standing.enforced.orElse(Set.of()));
        standing.device().functions().stream()
                .filter(function -> function.classes().stream().anyMatch(MediaRulings::isStorage))
                .forEach(function -> others.remove(function.id()));
        standing.enforced = Optional.of(parts.bus().admit(standing.asRead(), others));
    }

    private void tell(
            Standing standing,
            DesktopSession person,
            List<ClassRuling> decided,
            boolean readOnly,
            List<DeviceBus.Volume> volumes) {
        for (DeviceBus.Volume volume : volumes) {
            if (!standing.volumes.containsKey(volume.name()) && volume.sectors() > 0) {
                ClassRuling ruling = decided.stream()
                        .filter(one -> MediaRulings.isStorage(one.type()))
                        .findFirst()
                        .orElseThrow();
                MediaVolume appeared = new MediaVolume(
                        standing.asRead().instance(),
                        volume.name(),
                        ruling.attempt().getMedia(),
                        readOnly,
                        person);
                standing.volumes.put(volume.name(), appeared);
                parts.volumes().appeared(appeared);
            }
        }
    }

    private void withdraw(Standing standing) {
        withdrawWhere(standing, volume -> true);
    }

    /** Partitions before their disks: the listener was told of them in the other order. */
    private void withdrawWhere(Standing standing, Predicate<MediaVolume> which) {
        List<MediaVolume> known = new ArrayList<>(standing.volumes.values());
        for (MediaVolume volume : known.reversed()) {
            if (which.test(volume)) {
                standing.volumes.remove(volume.name());
                parts.volumes().withdrawn(volume);
            }
        }
    }

    /** Somebody else has let in, or shut out, what the guard had settled. */
    private void noticeHands(Standing standing) throws IOException {
        Set<String> now = parts.bus().admitted(standing.asRead());
        standing.enforced.filter(set -> !set.equals(now)).ifPresent(set -> {
            Set<String> more = new HashSet<>(now);
            more.removeAll(set);
            if (!more.isEmpty()) {
                standing.suspect(MediaSuspicion.LET_IN_BY_HAND);
            }
            tampered(
                    "device authorisation",
                    "%s was %s by hand; that was taken back"
                            .formatted(standing.asRead().instance(), more.isEmpty() ? "shut out" : "let in"));
        });
    }

    private void ask(Standing standing, DesktopSession person, List<ClassRuling> decided) {
        for (ClassRuling ruling : decided) {
            String rule = ruling.decision().getRule();
            if (ruling.access() == Access.ASK && !person.user().isEmpty() && standing.asked.add(rule)) {
                parts.people()
                        .ask(
                                person,
                                ruling.attempt().getMedia(),
                                ruling.notice(),
                                reason -> answered(standing, rule, reason));
            }
        }
    }

    private void answered(Standing standing, String rule, String reason) {
        loop.execute(() -> {
            String kept = reason.strip();
            standing.reasons.put(rule, kept.substring(0, Math.min(REASON_CHARACTERS, kept.length())));
            reconsider.run();
        });
    }

    private boolean record(Standing standing, DesktopSession person, List<ClassRuling> several) {
        boolean all = true;
        for (ClassRuling ruling : several) {
            all &= !news(standing, person, ruling) || record(standing, person, ruling);
        }
        return all;
    }

    private static boolean news(Standing standing, DesktopSession person, ClassRuling ruling) {
        boolean justAHub = ruling.type() == MediaClass.HUB && ruling.access() == Access.IN;
        return !justAHub && !told(standing, person, ruling).equals(standing.told.get(ruling.type()));
    }

    private static Told told(Standing standing, DesktopSession person, ClassRuling ruling) {
        boolean personal = ruling.access().binds() && MediaRulings.isStorage(ruling.type());
        return new Told(
                ruling.decision().getVerdict(),
                ruling.decision().getRule(),
                ruling.decision().getReason(),
                ruling.decision().getPermit(),
                ruling.enforcement(),
                Set.copyOf(standing.suspicions()),
                personal ? person.user() : "");
    }

    /** True if there is a durable record. */
    private boolean record(Standing standing, DesktopSession person, ClassRuling ruling) {
        Told told = told(standing, person, ruling);
        RemovableDevice device = standing.asRead();
        boolean out = !ruling.access().binds();
        Burst burst = new Burst(device.instance(), device.deviceHash() + device.serial(), ruling.type(), told);
        if (out && !isNew(burst)) {
            standing.told.put(ruling.type(), told);
            return true;
        }
        try {
            parts.desk()
                    .record(person, ruling.attempt(), ruling.decision(), ruling.enforcement(), ruling.justification());
            standing.told.put(ruling.type(), told);
        } catch (ChannelException e) {
            LOG.error("the decision about {} could not be recorded: {}", device.instance(), e.getMessage());
            recent.remove(burst);
            return false;
        }
        boolean say = out && ruling.access() != Access.ASK && !ruling.notice().equals(Notice.getDefaultInstance());
        if (say && !person.user().isEmpty()) {
            parts.people().tell(person, ruling.attempt().getMedia(), ruling.notice());
        }
        return true;
    }

    private boolean isNew(Object key) {
        long now = loop.nanos();
        Long before = recent.get(key);
        if (before != null && now - before < BURST.toNanos()) {
            return false;
        }
        recent.put(key, now);
        return true;
    }
}
