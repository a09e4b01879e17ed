package org.sekisho.control.terminal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.terminal.TerminalGroupsResource.GroupDefinition;
import org.sekisho.control.terminal.TerminalGroupsResource.TerminalGroupView;
import org.sekisho.v1.Segment;

/**
 * Groups of terminals. Whether a terminal is in one is found out when it is asked for ({@code terminal_in_group}), so that
 * a terminal that moves or is updated is in the right ones at once. Joins the caller's transaction. Thread-safe.
 */
@Singleton
public class TerminalGroups {
    private final Jdbi jdbi;

    @Inject
    TerminalGroups(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Ids of the terminals that are in the group now; empty if there is no such group. */
    public Set<String> terminals(UUID group) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT terminal FROM terminal_in_group WHERE grp = :group")
                .bind("group", group)
                .mapTo(String.class)
                .collect(Collectors.toSet()));
    }

    /** Whether there is such a group. */
    public boolean exists(UUID group) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM terminal_group WHERE id = :id)")
                        .bind("id", group)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Puts a terminal into a group by hand; one that is in it stays. */
    void put(UUID group, String terminal) {
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO terminal_group_member (grp, terminal) VALUES (?, ?) ON CONFLICT DO NOTHING",
                group,
                terminal));
    }

    /** By name, with how many terminals within reach each has. */
    List<TerminalGroupView> all(Reach reach) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(select(reach) + " ORDER BY g.name"))
                .map((row, context) -> view(row))
                .list());
    }

    Optional<TerminalGroupView> find(Reach reach, UUID id) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery(select(reach) + " WHERE g.id = :id").bind("id", id))
                .map((row, context) -> view(row))
                .findOne());
    }

    private static String select(Reach reach) {
        return "SELECT g.*, (SELECT count(*) FROM terminal_in_group i JOIN terminal t ON t.id = i.terminal"
                + " WHERE i.grp = g.id AND " + reach.condition("t.org_unit") + ") AS terminals,"
                + " ARRAY(SELECT m.terminal FROM terminal_group_member m JOIN terminal t ON t.id = m.terminal"
                + " WHERE m.grp = g.id AND " + reach.condition("t.org_unit") + " ORDER BY m.terminal) AS members"
                + " FROM terminal_group g";
    }

    /** False: there is one of that name. */
    boolean insert(UUID id, GroupDefinition group) {
        return jdbi.withHandle(
                handle -> bound(handle.createUpdate("""
                        INSERT INTO terminal_group (id, name, note, org_unit, segment, host_pattern, version_pattern, os_pattern)
                        VALUES (:id, :name, :note, :unit, :segment, :host, :version, :os) ON CONFLICT DO NOTHING"""), id, group).execute() == 1);
    }

    /** False: it isn't at this version any more. */
    boolean update(UUID id, GroupDefinition group, long version) {
        return jdbi.withHandle(handle -> {
            tellPilots(handle);
            return bound(handle.createUpdate("""
                        UPDATE terminal_group SET name = :name, note = :note, org_unit = :unit, segment = :segment, host_pattern = :host,
                               version_pattern = :version, os_pattern = :os, version = version + 1
                        WHERE id = :id AND version = :seen"""), id, group)
                            .bind("seen", version)
                            .execute()
                    == 1;
        });
    }

    /** Sets who is in it by hand; those that don't exist are left out. */
    void setMembers(UUID id, List<String> terminals) {
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM terminal_group_member WHERE grp = ?", id);
            insertMembers(handle, id, terminals);
        });
    }

    private static void insertMembers(Handle handle, UUID id, List<String> terminals) {
        handle.createUpdate("INSERT INTO terminal_group_member (grp, terminal)"
                        + " SELECT :id, t.id FROM terminal t WHERE t.id = ANY (:terminals) ON CONFLICT DO NOTHING")
                .bind("id", id)
                .bindArray("terminals", String.class, terminals.toArray())
                .execute();
    }

    /** Whether no pilot names the group; until the transaction ends none that names it is begun. */
    boolean isNoPilot(UUID id) {
        return jdbi.withHandle(handle -> {
            handle.execute("SELECT id FROM terminal_group WHERE id = ? FOR UPDATE", id);
            return handle.createQuery("SELECT NOT policy_pilot_names(:id)")
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .one();
        });
    }

    /** Has every replica look again at who gets what a pilot tries; for when terminals came into a group or division. */
    static void tellPilots(Handle handle) {
        handle.createQuery("SELECT DISTINCT segment FROM policy_stage WHERE state = 'PILOT'")
                .mapTo(String.class)
                .forEach(segment -> Notifications.tell(handle, Topic.POLICY, segment));
    }

    boolean delete(UUID id) {
        return jdbi.withHandle(handle -> handle.execute("DELETE FROM terminal_group WHERE id = ?", id) == 1);
    }

    private static <S extends SqlStatement<S>> S bound(S statement, UUID id, GroupDefinition group) {
        return statement
                .bind("id", id)
                .bind("name", group.name().strip())
                .bind("note", group.note() == null ? "" : group.note())
                .bind("unit", emptyAsNull(group.orgUnit()))
                .bind(
                        "segment",
                        group.segment() == null
                                ? null
                                : (Integer) WireNames.parse(Segment.class, group.segment())
                                        .getNumber())
                .bind("host", emptyAsNull(group.hostPattern()))
                .bind("version", emptyAsNull(group.versionPattern()))
                .bind("os", emptyAsNull(group.osPattern()));
    }

    private static @Nullable String emptyAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static TerminalGroupView view(ResultSet row) throws SQLException {
        int segment = row.getInt("segment");
        return new TerminalGroupView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("note"),
                row.getString("org_unit"),
                segment == 0 ? null : WireNames.segment(segment),
                row.getString("host_pattern"),
                row.getString("version_pattern"),
                row.getString("os_pattern"),
                List.of((String[]) row.getArray("members").getArray()),
                row.getLong("terminals"),
                row.getLong("version"));
    }
}
