package org.sekisho.control.policy;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.ProblemException;

/**
 * Whom a revision goes to first. Somebody who comes into one of the divisions or groups while the pilot runs belongs to it.
 *
 * @param units divisions, each with all below it
 * @param terminals single ones, by id
 * @param groups terminal groups, by id
 */
@Schema(
        name = "Pilot",
        requiredProperties = {"units", "terminals", "groups"})
public record Pilot(List<String> units, List<String> terminals, List<UUID> groups) {
    /** A pilot of more divisions, groups or single terminals is no pilot. */
    static final int MOST = 200;

    /** Copied. */
    public Pilot {
        units = List.copyOf(units);
        terminals = List.copyOf(terminals);
        groups = List.copyOf(groups);
    }

    /**
     * The same in normal form.
     *
     * @throws ProblemException 400 if it names nobody, or what can't be a division
     */
    Pilot checked() {
        if (units.isEmpty() && terminals.isEmpty() && groups.isEmpty()) {
            throw ProblemException.badRequest(
                    "A pilot names at least one division, group or terminal; leave it out to publish to everybody");
        }
        return new Pilot(
                units.stream()
                        .map(unit -> OrgUnit.parse(unit).path())
                        .distinct()
                        .toList(),
                terminals.stream().distinct().toList(),
                groups.stream().distinct().toList());
    }

    /**
     * Sees to it that its groups stay until the transaction ends.
     *
     * @throws ProblemException 409 if one isn't there (any more)
     */
    void holdGroups(Handle handle) {
        int there = handle.createQuery("SELECT id FROM terminal_group WHERE id = ANY (:groups) FOR SHARE")
                .bindArray("groups", UUID.class, groups.toArray())
                .mapTo(UUID.class)
                .list()
                .size();
        if (there < groups.size()) {
            throw new ProblemException(
                    409, "no-such-group", "A group that the pilot names does not exist; choose others");
        }
    }

    /** From columns whose names begin so; null: there is none. */
    static @Nullable Pilot read(ResultSet row, String prefix) throws SQLException {
        Array found = row.getArray(prefix + "units");
        return found == null
                ? null
                : new Pilot(texts(found), texts(row.getArray(prefix + "terminals")), List.of((UUID[])
                        row.getArray(prefix + "groups").getArray()));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    String[] unitArray() {
        return units.toArray(String[]::new);
    }

    String[] terminalArray() {
        return terminals.toArray(String[]::new);
    }

    UUID[] groupArray() {
        return groups.toArray(UUID[]::new);
    }
}
