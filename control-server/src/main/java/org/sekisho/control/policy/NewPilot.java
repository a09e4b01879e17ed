package org.sekisho.control.policy;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a draft shall go to first, as it is asked for; what is absent is empty.
 *
 * @param units divisions, each with all below it
 * @param terminals single ones, by id
 * @param groups terminal groups, by id
 */
public record NewPilot(
        @Size(max = Pilot.MOST) @Nullable List<@NotBlank @Size(max = 200) String> units,
        @Size(max = Pilot.MOST) @Nullable List<@NotBlank @Size(max = 64) String> terminals,
        @Size(max = Pilot.MOST) @Nullable List<UUID> groups) {
    /** The pilot itself, in normal form, as {@link Pilot#checked} makes it. */
    Pilot pilot() {
        return new Pilot(given(units), given(terminals), given(groups)).checked();
    }

    private static <T> List<T> given(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }
}
