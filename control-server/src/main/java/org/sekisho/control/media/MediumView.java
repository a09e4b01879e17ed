package org.sekisho.control.media;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A medium in the register.
 *
 * @param name what is written on its label
 * @param mediaClass such as USB_STORAGE; absent: whatever it shows itself as
 * @param owner division; absent: the whole city's
 * @param expiresAt not registered from then on; absent: no end
 * @param seen where it was plugged in last; absent: never, or not yet told
 * @param warnings what makes it hard to tell from another
 */
@Schema(
        name = "Medium",
        requiredProperties = {
            "id",
            "segment",
            "name",
            "device",
            "state",
            "stateAt",
            "registeredBy",
            "registeredAt",
            "warnings",
            "version"
        })
public record MediumView(
        UUID id,
        String segment,
        String name,
        Device device,
        @Nullable String mediaClass,
        @Nullable String owner,
        @Nullable String note,
        @Nullable Instant expiresAt,
        State state,
        @Nullable String stateReason,
        Instant stateAt,
        String registeredBy,
        Instant registeredAt,
        @Nullable Sighting seen,
        List<Warning> warnings,
        long version) {

    MediumView withState(State other) {
        return new MediumView(
                id,
                segment,
                name,
                device,
                mediaClass,
                owner,
                note,
                expiresAt,
                other,
                stateReason,
                stateAt,
                registeredBy,
                registeredAt,
                seen,
                warnings,
                version);
    }

    /** How a medium stands. */
    @Schema(name = "MediumState")
    public enum State {
        /** Registered. */
        IN_USE,
        /** Missing: no device of this identity is registered, and one that turns up is an incident. */
        LOST,
        /** Not registered any more. */
        WITHDRAWN,
        /** Its time has passed: not registered any more. */
        EXPIRED
    }

    /** What makes a medium hard to tell from another. */
    @Schema(name = "MediumWarning")
    public enum Warning {
        /** Another medium in the register has the same identity. */
        SAME_IDENTITY,
        /** It has no serial number: all of its model look alike. */
        NO_SERIAL
    }

    /**
     * Where a medium was plugged in.
     *
     * @param terminal absent: outside of the operator's branch
     */
    @Schema(
            name = "MediumSighting",
            requiredProperties = {"at"})
    public record Sighting(
            Instant at,
            @Nullable String terminal,
            @Nullable String host,
            @Nullable String user) {}
}
