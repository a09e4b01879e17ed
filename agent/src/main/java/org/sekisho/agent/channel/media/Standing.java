package org.sekisho.agent.channel.media;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.agent.channel.PersonDesk.Answer;
import org.sekisho.v1.Encryption;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;

/** How one plugged-in device stands with the guard. The guard's alone. */
final class Standing {
    private final RemovableDevice asRead;
    private final Set<MediaSuspicion> suspicions;
    /** What people have answered. Written by any thread. */
    final Map<Question, Answer> answers = new ConcurrentHashMap<>();
    /** What was last recorded of each class. */
    final Map<MediaClass, Object> told = new EnumMap<>(MediaClass.class);
    /** Volumes that the listener knows of, by name. */
    final Map<String, MediaVolume> volumes = new LinkedHashMap<>();
    /** Questions that are open. Written by any thread. */
    final Set<Question> asked = ConcurrentHashMap.newKeySet();
    /** What was recorded and the person has not been told of yet. */
    final List<ClassRuling> untold = new ArrayList<>();
    /** What the guard let in last; empty if it has done nothing yet. */
    Optional<DeviceBus.Admission> enforced = Optional.empty();
    /** Block devices as they were when {@link #encryption} was read. */
    List<String> probed = List.of();

    Encryption encryption = Encryption.ENCRYPTION_UNSPECIFIED;
    /** Why the last decision is not carried out; empty if it is. */
    String failure = "";

    private boolean optical;

    Standing(RemovableDevice device, Set<MediaSuspicion> suspicions) {
        this.asRead = device;
        this.suspicions = EnumSet.noneOf(MediaSuspicion.class);
        this.suspicions.addAll(suspicions);
    }

    /** The device, corrected by what showed when it was let in. */
    RemovableDevice device() {
        return optical ? asRead.asOptical() : asRead;
    }

    /** The device as it describes itself. */
    RemovableDevice asRead() {
        return asRead;
    }

    Set<MediaSuspicion> suspicions() {
        return suspicions;
    }

    void suspect(MediaSuspicion another) {
        suspicions.add(another);
    }

    /** It says that it is a disk and is a drive of discs. */
    boolean turnsOutOptical(List<DeviceBus.Volume> found) {
        boolean before = optical;
        optical |= found.stream().anyMatch(DeviceBus.Volume::optical);
        return optical && !before;
    }

    boolean stores() {
        return device().classes().stream().anyMatch(MediaRulings::isStorage);
    }
}
