package org.sekisho.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.RegisteredMedium;
import org.sekisho.v1.Registration;

/** The media register, ready to be asked. Immutable, safe for all threads. */
public final class KnownMedia {
    /** Nothing is registered. */
    public static final KnownMedia NONE = new KnownMedia(MediaRegister.getDefaultInstance());

    private record Triple(String vendor, String product, String serial) {
        static Triple of(DeviceIdentity device) {
            return new Triple(device.getVendorId(), device.getProductId(), device.getSerial());
        }

        static Triple of(MediaSubject medium) {
            return new Triple(
                    CaseFold.fold(medium.getVendorId()), CaseFold.fold(medium.getProductId()), medium.getSerial());
        }
    }

    private final List<RegisteredMedium> media;
    private final Map<String, List<RegisteredMedium>> byHash = new HashMap<>();
    private final Map<Triple, List<RegisteredMedium>> byTriple = new HashMap<>();

    /** What a register says. */
    public KnownMedia(MediaRegister register) {
        this.media = register.getMediaList();
        for (RegisteredMedium medium : media) {
            DeviceIdentity device = medium.getDevice();
            if (!device.getDeviceHash().isEmpty()) {
                byHash.computeIfAbsent(device.getDeviceHash(), any -> new ArrayList<>())
                        .add(medium);
            } else {
                byTriple.computeIfAbsent(Triple.of(device), any -> new ArrayList<>())
                        .add(medium);
            }
        }
    }

    /**
     * Whether the city knows the medium: some entry names it, shows its class and has not ended, and none says that it is
     * lost.
     *
     * @param epochSecond now, by a clock that can be trusted
     */
    public Registration registration(MediaSubject medium, long epochSecond) {
        List<RegisteredMedium> entries = entries(medium);
        boolean known = entries.stream().anyMatch(entry -> isValid(entry, medium, epochSecond))
                && entries.stream().noneMatch(RegisteredMedium::getLost);
        return known ? Registration.REGISTERED : Registration.NOT_REGISTERED;
    }

    /** The next moment after {@code epochSecond} at which an entry ends, in seconds since the epoch; empty: none does. */
    public OptionalLong nextEnd(long epochSecond) {
        return media.stream()
                .mapToLong(RegisteredMedium::getExpiresAt)
                .filter(end -> end > epochSecond)
                .min();
    }

    private static boolean isValid(RegisteredMedium entry, MediaSubject medium, long epochSecond) {
        return (entry.getExpiresAt() == 0 || epochSecond < entry.getExpiresAt())
                && (entry.getMediaClass() == MediaClass.MEDIA_CLASS_UNSPECIFIED
                        || entry.getMediaClass() == medium.getMediaClass());
    }

    private List<RegisteredMedium> entries(MediaSubject medium) {
        List<RegisteredMedium> found = new ArrayList<>();
        collect(byHash.getOrDefault(CaseFold.fold(medium.getDeviceHash()), List.of()), medium, found);
        collect(byTriple.getOrDefault(Triple.of(medium), List.of()), medium, found);
        return found;
    }

    private static void collect(
            Collection<RegisteredMedium> candidates, MediaSubject medium, List<RegisteredMedium> found) {
        candidates.stream()
                .filter(entry -> Devices.matches(entry.getDevice(), medium))
                .forEach(found::add);
    }
}
