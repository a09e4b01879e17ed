package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Has the block devices of what is let in as they were decided about, and tells of them. Under the guard's lock. */
final class MediaVolumes {
    private final MediaParts parts;
    private final MediaRecords records;
    private final MediaAdmissions admissions;

    MediaVolumes(MediaParts parts, MediaRecords records, MediaAdmissions admissions) {
        this.parts = parts;
        this.records = records;
        this.admissions = admissions;
    }

    /** How the device's block devices are let in: not at all unless the function that carries them is. */
    static Access access(Matter matter, Set<String> target) {
        boolean bound = matter.standing().device().functions().stream()
                .filter(MediaVolumes::stores)
                .anyMatch(function -> target.contains(function.id()));
        return matter.decided().stream()
                .filter(ruling -> MediaRulings.isStorage(ruling.type()))
                .map(ClassRuling::access)
                .min(Access::compareTo)
                .filter(access -> bound)
                .orElse(Access.OUT);
    }

    private static boolean stores(DeviceFunction function) {
        return function.classes().stream().anyMatch(MediaRulings::isStorage);
    }

    /** Sets the device's block devices as decided, reads that back, records it, and only then tells of them. */
    void settle(Matter matter, Access storage, List<DeviceBus.Volume> volumes) throws IOException {
        Standing standing = matter.standing();
        boolean readOnly = storage != Access.IN;
        List<ClassRuling> readOnlies = matter.those(ruling -> ruling.access() == Access.READ_ONLY);
        try {
            setReadOnly(standing, volumes, readOnly);
        } catch (IOException e) {
            shutOut(standing);
            records.notEnforced(matter, readOnlies, e);
            throw e;
        }
        Set<String> there = volumes.stream().map(DeviceBus.Volume::name).collect(Collectors.toSet());
        withdraw(standing, volume -> !there.contains(volume.name()));
        if (storage == Access.PROBE) {
            return;
        }
        if (!volumes.isEmpty() && !records.record(matter, readOnlies)) {
            shutOut(standing);
            throw new IOException("it is shut out again, for letting it in read-only could not be recorded");
        }
        tell(matter, readOnly, volumes);
    }

    private void setReadOnly(Standing standing, List<DeviceBus.Volume> volumes, boolean readOnly) throws IOException {
        for (DeviceBus.Volume volume : volumes) {
            if (volume.readOnly() == readOnly) {
                continue;
            }
            MediaVolume known = standing.volumes.get(volume.name());
            if (readOnly && known != null && known.readOnly()) {
                records.tampered(
                        "read-only device",
                        "%s (%s) was made writable by hand; that was taken back"
                                .formatted(volume.name(), standing.asRead().instance()));
            }
            parts.bus().setReadOnly(volume, readOnly);
        }
    }

    /** The device's other functions, such as a keyboard, stay as they are. */
    private void shutOut(Standing standing) throws IOException {
        withdraw(standing);
        Set<String> others =
                new HashSet<>(standing.enforced.map(DeviceBus.Admission::in).orElse(Set.of()));
        standing.device().functions().stream()
                .filter(MediaVolumes::stores)
                .forEach(function -> others.remove(function.id()));
        admissions.admit(standing, others);
    }

    private void tell(Matter matter, boolean readOnly, List<DeviceBus.Volume> volumes) {
        Standing standing = matter.standing();
        for (DeviceBus.Volume volume : volumes) {
            if (!standing.volumes.containsKey(volume.name()) && volume.sectors() > 0) {
                ClassRuling ruling = matter.decided().stream()
                        .filter(one -> MediaRulings.isStorage(one.type()))
                        .findFirst()
                        .orElseThrow();
                MediaVolume appeared = new MediaVolume(
                        matter.device().instance(),
                        volume.name(),
                        ruling.attempt().getMedia(),
                        readOnly,
                        matter.person());
                standing.volumes.put(volume.name(), appeared);
                parts.volumes().appeared(appeared);
            }
        }
    }

    /** None of the device's volumes is to be used any more. */
    void withdraw(Standing standing) {
        withdraw(standing, volume -> true);
    }

    /** Partitions before their disks: the listener was told of them in the other order. */
    void withdraw(Standing standing, Predicate<MediaVolume> which) {
        List<MediaVolume> known = new ArrayList<>(standing.volumes.values());
        for (MediaVolume volume : known.reversed()) {
            if (which.test(volume)) {
                standing.volumes.remove(volume.name());
                parts.volumes().withdrawn(volume);
            }
        }
    }
}
