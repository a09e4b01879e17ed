package org.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.SetMatch;

/**
 * The device's USB interfaces, as a set.
 *
 * @param match {@code ANY_OF}: some interface is wanted; {@code ALL_OF}: everything wanted is there; {@code EXACTLY}:
 *     everything wanted is there, and nothing else
 */
record InterfaceCriterion(List<Triple> wanted, SetMatch match) implements Criterion {

    /** Class, subclass and protocol, each 0..255; -1 for any. */
    record Triple(int type, int subtype, int protocol) {
        private static final int ANY = -1;
        /** Two hex digits. */
        private static final int DIGITS = 2;

        /** Null when the text is no triple. */
        static @Nullable Triple parse(String text) {
            String[] parts = text.split(":", -1);
            if (parts.length != 3) {
                return null;
            }
            int[] bytes = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                bytes[i] = parts[i].equals("*") ? ANY : IpAddress.number(parts[i], 16, DIGITS);
                if (!parts[i].equals("*") && (parts[i].length() != DIGITS || bytes[i] < 0)) {
                    return null;
                }
            }
            return new Triple(bytes[0], bytes[1], bytes[2]);
        }

        boolean covers(Triple other) {
            return covers(type, other.type) && covers(subtype, other.subtype) && covers(protocol, other.protocol);
        }

        private static boolean covers(int mine, int theirs) {
            return mine == ANY || mine == theirs;
        }
    }

    @Override
    public boolean holds(Case attempted) {
        List<Triple> present = new ArrayList<>();
        boolean readable = true;
        for (String text : attempted.attempt().getMedia().getInterfacesList()) {
            Triple triple = Triple.parse(text);
            readable &= triple != null;
            if (triple != null) {
                present.add(triple);
            }
        }
        return switch (match) {
            case ANY_OF -> present.stream().anyMatch(this::isWanted);
            case ALL_OF -> hasAll(present);
            case EXACTLY -> readable && hasAll(present) && present.stream().allMatch(this::isWanted);
            case SET_MATCH_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private boolean isWanted(Triple present) {
        return wanted.stream().anyMatch(pattern -> pattern.covers(present));
    }

    private boolean hasAll(List<Triple> present) {
        return wanted.stream().allMatch(pattern -> present.stream().anyMatch(pattern::covers));
    }

    @Override
    public boolean covers(Criterion other) {
        if (!(other instanceof InterfaceCriterion that)) {
            return false;
        }
        return switch (match) {
            case ANY_OF ->
                that.match == SetMatch.ANY_OF
                        ? that.wanted.stream().allMatch(this::isWanted)
                        : that.wanted.stream().anyMatch(this::isWanted);
            case ALL_OF ->
                wanted.stream()
                        .allMatch(pattern -> that.match == SetMatch.ANY_OF
                                ? that.wanted.stream().allMatch(pattern::covers)
                                : that.wanted.stream().anyMatch(pattern::covers));
            case EXACTLY ->
                that.match == SetMatch.EXACTLY
                        && that.wanted.stream().allMatch(this::isWanted)
                        && wanted.stream()
                                .allMatch(pattern -> that.wanted.stream().anyMatch(pattern::covers));
            case SET_MATCH_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    @Override
    public boolean excludes(Criterion other) {
        return false;
    }
}
