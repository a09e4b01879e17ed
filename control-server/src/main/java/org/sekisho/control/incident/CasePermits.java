package org.sekisho.control.incident;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sekisho.v1.Event;

/** Tells which permit an attempt was made under. Whoever keeps permits implements it; until then there are none. */
public interface CasePermits {
    /** The permit that was used, or empty: there was none. */
    Optional<CasePermit> of(Event attempt);

    /**
     * A permit as far as an incident needs it.
     *
     * @param id its number
     * @param state such as {@code IN_FORCE}
     */
    @Schema(
            name = "CasePermit",
            requiredProperties = {"id", "state"})
    record CasePermit(String id, String state) {}
}
