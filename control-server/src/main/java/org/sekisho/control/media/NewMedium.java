package org.sekisho.control.media;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.media.MediaResource.EventRef;

/**
 * A medium to register.
 *
 * @param segment MY_NUMBER, LGWAN or INTERNET
 * @param name what is written on its label
 * @param event an attempt with the medium: what is not stated is taken from it
 * @param mediaClass such as USB_STORAGE
 * @param owner division; absent: the whole city's
 * @param sharedIdentity true: register it although another one has the same identity
 */
public record NewMedium(
        @NotNull @Pattern(regexp = MediaResource.SEGMENTS) String segment,

        @NotNull @Size(min = 1, max = 200) @Pattern(regexp = "(?s).*\\S.*")
        String name,

        @Valid @Nullable EventRef event,
        @Valid @Nullable Device device,
        @Size(max = 40) @Nullable String mediaClass,
        @Size(max = 200) @Nullable String owner,
        @Size(max = 1_000) @Nullable String note,
        @Nullable Instant expiresAt,
        @Nullable Boolean sharedIdentity) {}
