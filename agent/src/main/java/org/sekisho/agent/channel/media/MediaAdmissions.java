package org.sekisho.agent.channel.media;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sekisho.v1.MediaSuspicion;

/**
 * Lets devices in and shuts them out, and notices what somebody else has let in or shut out since. Under the guard's lock.
 */
final class MediaAdmissions {
    private final DeviceBus bus;
    private final MediaRecords records;

    MediaAdmissions(DeviceBus bus, MediaRecords records) {
        this.bus = bus;
        this.records = records;
    }

    /** Looks for hands before it is decided what to do about the device. */
    void look(Standing standing) throws IOException {
        if (standing.enforced.isPresent()) {
            compare(standing, bus.admission(standing.asRead()));
        }
    }

    /** Carries out; a hand that came after {@link #look} is noticed here. */
    void admit(Standing standing, Set<String> functions) throws IOException {
        DeviceBus.Admitted done = bus.admit(standing.asRead(), functions);
        compare(standing, done.found());
        standing.enforced = Optional.of(done.now());
    }

    /** A device that is leaving neither lets in nor shuts out. */
    private void compare(Standing standing, Optional<DeviceBus.Admission> found) {
        if (standing.enforced.isEmpty() || found.isEmpty()) {
            return;
        }
        DeviceBus.Admission set = standing.enforced.get();
        DeviceBus.Admission now = found.get();
        standing.enforced = found;
        Set<String> taken = new HashSet<>(set.in());
        taken.retainAll(now.out());
        boolean letIn = (!set.device() && now.device()) || !set.in().containsAll(now.in());
        boolean shutOut = (set.device() && !now.device()) || !taken.isEmpty();
        if (letIn) {
            standing.suspect(MediaSuspicion.LET_IN_BY_HAND);
        }
        if (letIn || shutOut) {
            records.tampered(
                    "device authorisation",
                    "%s was %s by hand; that was taken back"
                            .formatted(standing.asRead().instance(), letIn ? "let in" : "shut out"));
        }
    }
}
