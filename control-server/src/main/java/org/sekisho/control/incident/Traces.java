package org.sekisho.control.incident;

import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Label;
import org.sekisho.v1.MediaSubject;

/**
 * By what two attempts can be seen to have something in common: keyed fingerprints of numbers (24 bits, never a digit of
 * the number) and devices. Pure.
 */
public final class Traces {
    /** A list of thousands of people would otherwise be one row each; so many are enough to find its like. */
    static final int MOST = 128;

    private Traces() {}

    /** One thing that incidents can share. */
    public record Trace(Kind kind, String value) {}

    /** What a trace is of. */
    public enum Kind {
        /** A fingerprint, 6 hex digits. */
        NUMBER,
        /** A device, by its hash, or by vendor, product and serial. */
        DEVICE
    }

    /** All of an attempt, at most {@value #MOST}. */
    public static Set<Trace> of(Attempt attempt) {
        Set<Trace> found = new LinkedHashSet<>();
        if (attempt.hasMedia()) {
            String device = device(attempt.getMedia());
            if (!device.isEmpty()) {
                found.add(new Trace(Kind.DEVICE, device));
            }
        }
        for (Label label : attempt.getLabelsList()) {
            for (int fingerprint : label.getFingerprintsList()) {
                if (found.size() == MOST) {
                    return found;
                }
                found.add(new Trace(Kind.NUMBER, HexFormat.of().toHexDigits(fingerprint, 6)));
            }
        }
        return found;
    }

    /** Both, at most {@value #MOST}. */
    static Set<Trace> merge(Collection<Trace> one, Collection<Trace> other) {
        Set<Trace> merged = new LinkedHashSet<>(one);
        for (Trace trace : other) {
            if (merged.size() == MOST) {
                break;
            }
            merged.add(trace);
        }
        return merged;
    }

    /** Empty for a device that can't be told from others of its make. */
    private static String device(MediaSubject media) {
        if (!media.getDeviceHash().isEmpty()) {
            return shortened("hash:" + media.getDeviceHash());
        }
        return media.getSerial().isEmpty()
                ? ""
                : shortened(media.getVendorId() + ":" + media.getProductId() + ":" + media.getSerial());
    }

    /** As the column takes it. */
    private static String shortened(String text) {
        String clean = text.replace('\0', '\uFFFD');
        return clean.length() <= 500 ? clean : clean.substring(0, 500);
    }
}
