package org.sekisho.control.media;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Segment;

/** A medium that is to be registered; everything in its one normal form. */
record MediumDraft(
        Segment segment,
        String name,
        DeviceIdentity device,
        MediaClass mediaClass,
        @Nullable String owner,
        String note,
        @Nullable Instant expiresAt) {}
