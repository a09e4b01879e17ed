package org.sekisho.control.identity;

import java.security.Principal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.sekisho.control.store.Times;

/** Somebody, or some script, that operates the control server. */
record Operator(UUID id, String name, Kind kind, Grants grants, Instant createdAt, boolean disabled)
        implements Principal {

    /** Whether a person signs in, or a script uses tokens. */
    enum Kind {
        PERSON,
        SERVICE
    }

    /** From a row of the table {@code operator}. */
    static Operator of(ResultSet row) throws SQLException {
        return new Operator(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Kind.valueOf(row.getString("kind")),
                Grants.read(row, "grants"),
                Times.instant(row, "created_at"),
                row.getObject("disabled_at") != null);
    }

    @Override
    public String getName() {
        return name;
    }
}
