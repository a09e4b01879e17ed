package org.sekisho.control.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.UUID;

/** Somebody, or some script, that operates the control server. */
public record Operator(UUID id, String name, Kind kind, Role role, Instant createdAt, boolean disabled)
        implements Principal {

    /** Whether a person signs in, or a script uses tokens. */
    public enum Kind {
        PERSON,
        SERVICE
    }

    @Override
    public String getName() {
        return name;
    }
}
