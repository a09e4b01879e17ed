package org.sekisho.agent.channel.media;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;
import org.sekisho.v1.Reason;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what is decided about devices, each thing once for as long as it holds. Under the guard's lock. */
final class MediaRecords {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRecords.class);
    /**
     * A device that fails to start is plugged in anew by the kernel several times a second. Each time is recorded, which the
     * journal counts; the person is told once.
     */
    private static final Duration BURST = Duration.ofSeconds(2);

    private static final int MOST_REMEMBERED = 1_024;

    private final EventLoop loop;
    private final MediaParts parts;
    /** What was told lately, with when. */
    private final Map<Object, Long> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

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

    MediaRecords(EventLoop loop, MediaParts parts) {
        this.loop = loop;
        this.parts = parts;
    }

    /** Somebody did something to the devices behind the agent's back. */
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

    /**
     * Records what is about to be let in; the classes that could not be recorded and may not go without. Keyboards, pointers and
     * hubs go without: they are recorded when they are in, so that nobody waits for the disk to type.
     */
    Set<MediaClass> beforeLettingIn(Matter matter) {
        Set<MediaClass> unrecorded = new HashSet<>();
        for (ClassRuling ruling : matter.decided()) {
            boolean recorded = ruling.access() != Access.IN
                    || MediaRulings.isInput(ruling.type())
                    || failedBefore(matter, ruling)
                    || !news(matter, ruling)
                    || record(matter, ruling);
            if (!recorded) {
                unrecorded.add(ruling.type());
            }
        }
        return unrecorded;
    }

    /** This very decision was recorded as one that could not be carried out; it is tried again, and told of if it holds. */
    private static boolean failedBefore(Matter matter, ClassRuling ruling) {
        return told(matter, ruling.failed(matter.standing().failure))
                .equals(matter.standing().told.get(ruling.type()));
    }

    /** Records that what was decided could not be carried out. */
    void notEnforced(Matter matter, List<ClassRuling> which, Exception why) {
        String failure = String.valueOf(why.getMessage());
        record(
                matter,
                which.stream()
                        .filter(ruling -> ruling.access() != Access.PROBE)
                        .map(ruling -> ruling.failed(failure))
                        .toList());
    }

    /** Records what of these is news; false if some could not be. */
    boolean record(Matter matter, List<ClassRuling> several) {
        boolean all = true;
        for (ClassRuling ruling : several) {
            all &= !news(matter, ruling) || record(matter, ruling);
        }
        return all;
    }

    private static boolean news(Matter matter, ClassRuling ruling) {
        boolean justAHub = ruling.type() == MediaClass.HUB && ruling.access() == Access.IN;
        return !justAHub && !told(matter, ruling).equals(matter.standing().told.get(ruling.type()));
    }

    private static Told told(Matter matter, ClassRuling ruling) {
        boolean personal = ruling.access().binds() && MediaRulings.isStorage(ruling.type());
        return new Told(
                ruling.decision().getVerdict(),
                ruling.decision().getRule(),
                ruling.decision().getReason(),
                ruling.decision().getPermit(),
                ruling.enforcement(),
                Set.copyOf(ruling.attempt().getMedia().getSuspicionsList()),
                personal ? matter.person().user() : "");
    }

    /** True if there is a durable record. */
    private boolean record(Matter matter, ClassRuling ruling) {
        Told told = told(matter, ruling);
        RemovableDevice device = matter.device();
        DesktopSession person = matter.person();
        boolean out = !ruling.access().binds();
        Burst burst = new Burst(device.instance(), device.deviceHash() + device.serial(), ruling.type(), told);
        try {
            parts.desk()
                    .record(person, ruling.attempt(), ruling.decision(), ruling.enforcement(), ruling.justification());
        } catch (ChannelException e) {
            LOG.error("the decision about {} could not be recorded: {}", device.instance(), e.getMessage());
            return false;
        }
        matter.standing().told.put(ruling.type(), told);
        if (!out || isNew(burst)) {
            matter.standing().untold.add(ruling);
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
