package org.sekisho.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.RegisteredMedium;

/** Whether a media register says what the contract lets it say. Pure, safe for all threads. */
public final class MediaRegisterCheck {
    /** The contract's bound: at 200 bytes each they fit into what may be signed. */
    public static final int MAX_MEDIA = 20_000;

    private MediaRegisterCheck() {}

    /** What is wrong with it, in English; empty: nothing. */
    public static List<String> faults(MediaRegister register) {
        List<String> faults = new ArrayList<>();
        if (register.getMediaCount() > MAX_MEDIA) {
            faults.add("it has " + register.getMediaCount() + " media, and the most is " + MAX_MEDIA);
        }
        Set<String> ids = new HashSet<>();
        for (RegisteredMedium medium : register.getMediaList()) {
            if (medium.getId().isEmpty() || !ids.add(medium.getId())) {
                faults.add("medium " + Excerpt.of(medium.getId()) + " has no id of its own");
            }
            if (!Devices.isWhole(medium.getDevice())) {
                faults.add("medium " + Excerpt.of(medium.getId()) + " names no device");
            }
        }
        return List.copyOf(faults);
    }
}
