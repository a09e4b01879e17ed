package org.sekisho.control.media;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change; what is absent stays.
 *
 * @param owner empty: the whole city's
 * @param noEnd true: it has no end any more, whatever expiresAt says
 * @param reason of a change of state
 * @param version as last seen
 */
public record MediumChange(
        MediumView.@Nullable State state,
        @Size(max = 1_000) @Nullable String reason,

        @Size(min = 1, max = 200) @Pattern(regexp = "(?s).*\\S.*") @Nullable
        String name,

        @Size(max = 200) @Nullable String owner,
        @Size(max = 1_000) @Nullable String note,
        @Nullable Instant expiresAt,
        @Nullable Boolean noEnd,
        @Min(1) long version) {}
