package org.sekisho.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What checking a pack came to.
 *
 * @param manifest what it says it holds; null if that can't be read
 * @param held the checks that hold, in order
 * @param failure the first thing that doesn't; null: all of it holds
 * @param remarks what holds, but proves less than one may think
 */
public record EvidenceReport(
        @Nullable PackManifest manifest,
        List<EvidenceCheck> held,
        @Nullable Failure failure,
        List<Remark> remarks) {
    /** Copied. */
    public EvidenceReport {
        held = List.copyOf(held);
        remarks = List.copyOf(remarks);
    }

    /** Whether nothing was found that doesn't hold. */
    public boolean holds() {
        return failure == null;
    }

    /**
     * What doesn't hold.
     *
     * @param detail what, where; English
     */
    public record Failure(EvidenceCheck check, String detail) {}

    /** A limit of what is proven. */
    public record Remark(Kind kind, String detail) {
        /** Which limit. */
        public enum Kind {
            /** No authority was given to compare with; the detail is the fingerprint of the pack's own. */
            AUTHORITY_UNPROVEN,
            /** Events after a terminal's last checkpoint rest on the manifest alone. */
            NOT_YET_SIGNED,
            /** A run begins without a checkpoint, because the terminal's chain had broken there. */
            BEGINS_UNSIGNED,
            /** A checkpoint's time lies outside of its certificate's. */
            CERTIFICATE_TIME,
            /** The incident has more events than the pack. */
            OMITTED,
            /** A policy that decided isn't in the pack. */
            POLICY_MISSING
        }
    }
}
