package org.sekisho.agent.channel.media;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSuspicion;

/** Remembers what was plugged in lately, to say what about a newcomer deserves a second look. One thread. */
final class Suspicions {
    /** A device that shows its second face does so at once; a person who fetches another keyboard takes longer. */
    private static final Duration MOMENT = Duration.ofSeconds(10);
    /** More than these within a moment is a storm, of which the latest say enough. */
    private static final int MOST = 64;

    private final Deque<Arrival> arrivals = new ArrayDeque<>();

    private record Arrival(long nanos, RemovableDevice device) {}

    /**
     * What is suspicious about a device that has just been plugged in.
     *
     * @param present all others that are plugged in now
     * @param found it was there when the agent began to look, so that nothing is known of when it came
     */
    Set<MediaSuspicion> arrived(
            RemovableDevice device, Collection<RemovableDevice> present, boolean found, long nowNanos) {
        arrivals.removeIf(arrival -> nowNanos - arrival.nanos() > MOMENT.toNanos());
        Set<MediaSuspicion> suspicions = EnumSet.noneOf(MediaSuspicion.class);
        if (!device.flaw().isEmpty()) {
            suspicions.add(MediaSuspicion.BROKEN_DESCRIPTORS);
        }
        if (!device.serial().isEmpty() && present.stream().anyMatch(other -> sameSerial(device, other))) {
            suspicions.add(MediaSuspicion.SAME_SERIAL);
        }
        boolean types = device.classes().contains(MediaClass.KEYBOARD);
        boolean stores = device.classes().stream()
                .anyMatch(type -> MediaRulings.isStorage(type) || type == MediaClass.NETWORK_ADAPTER);
        if (types && stores) {
            suspicions.add(MediaSuspicion.STORAGE_AND_KEYBOARD);
        }
        if (!found) {
            boolean withOthers = stores
                    || arrivals.stream()
                            .anyMatch(arrival -> !arrival.device().saysToBe(device)
                                    && !arrival.device().classes().equals(Set.of(MediaClass.HUB)));
            if (types
                    && withOthers
                    && present.stream().anyMatch(other -> other.classes().contains(MediaClass.KEYBOARD))) {
                suspicions.add(MediaSuspicion.SECOND_KEYBOARD);
            }
            boolean other = arrivals.stream()
                    .filter(arrival -> arrival.device().instance().equals(device.instance()))
                    .anyMatch(arrival -> !arrival.device().saysToBe(device));
            if (other) {
                suspicions.add(MediaSuspicion.IDENTITY_CHANGED);
            }
            if (arrivals.size() == MOST) {
                arrivals.removeFirst();
            }
            arrivals.add(new Arrival(nowNanos, device));
        }
        return suspicions;
    }

    /** A device that was just pulled counts as having been there in the moment before. */
    void departed(RemovableDevice device, long nowNanos) {
        if (arrivals.size() == MOST) {
            arrivals.removeFirst();
        }
        arrivals.add(new Arrival(nowNanos, device));
    }

    private static boolean sameSerial(RemovableDevice one, RemovableDevice other) {
        return one.serial().equals(other.serial())
                && one.vendorId().equals(other.vendorId())
                && one.productId().equals(other.productId());
    }
}
