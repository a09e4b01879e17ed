package org.sekisho.control.organisation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.rest.ProblemException;

/**
 * The divisions that people have drawn. A division's path is its identity everywhere (terminals, tokens, groups, the
 * branches of operators' roles), so renaming one changes it in all of these at once. Joins the caller's transaction.
 * Thread-safe.
 */
@Singleton
public class OrganisationTree {
    /** A prefecture's government has some two thousand; beyond that somebody has made a mistake. */
    private static final int MOST = 5_000;

    /** Where one division is named. */
    private static final List<String> COLUMNS = List.of(
            "terminal.org_unit",
            "enrolment_token.org_unit",
            "terminal_group.org_unit",
            "medium.owner",
            "report.org_unit");
    /** Where roles for branches are held, each as {@code role:path}. */
    private static final List<String> GRANTS = List.of("operator", "operator_token", "invitation", "device_request");

    private final Jdbi jdbi;

    @Inject
    OrganisationTree(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Adds divisions, and those above them; what is there already stays. */
    public void add(List<OrgUnit> units) {
        TreeSet<String> paths = new TreeSet<>();
        units.forEach(unit -> addWithThoseAbove(unit.path(), paths));
        jdbi.useHandle(handle -> {
            handle.createUpdate("INSERT INTO org_unit (path) SELECT unnest(:paths) ON CONFLICT DO NOTHING")
                    .bindArray("paths", String.class, paths.toArray())
                    .execute();
            if (count(handle, "SELECT count(*) FROM org_unit", "") > MOST) {
                throw ProblemException.badRequest("An organisation has at most " + MOST + " divisions");
            }
        });
    }

    private static void addWithThoseAbove(String path, Set<String> to) {
        for (String next = path; !next.isEmpty(); next = next.substring(0, Math.max(next.lastIndexOf('/'), 0))) {
            to.add(next);
        }
    }

    /**
     * Gives a branch another path: renamed, or put elsewhere, with all that is below it.
     *
     * @return ids of the terminals that are in it
     * @throws ProblemException 404 if there is no such division, 409 if the new path is taken, 400 if it lies below the old one
     */
    public List<String> rename(OrgUnit from, OrgUnit to) {
        if (from.contains(to.path())) {
            throw ProblemException.badRequest("A division can't be put below itself");
        }
        return jdbi.withHandle(handle -> {
            if (!isKnown(handle, from)) {
                throw ProblemException.notFound("division", from.path());
            }
            if (isKnown(handle, to)) {
                throw ProblemException.stale("There is a division " + to.path() + " already");
            }
            handle.execute("INSERT INTO org_unit (path) VALUES (?) ON CONFLICT DO NOTHING", from.path());
            replace(handle, "org_unit", "path", from, to);
            TreeSet<String> above = new TreeSet<>();
            addWithThoseAbove(to.path(), above);
            handle.createUpdate("INSERT INTO org_unit (path) SELECT unnest(:paths) ON CONFLICT DO NOTHING")
                    .bindArray("paths", String.class, above.toArray())
                    .execute();
            for (String column : COLUMNS) {
                String[] parts = column.split("\\.", 2);
                replace(handle, parts[0], parts[1], from, to);
            }
            moveCounts(handle, from, to);
            GRANTS.forEach(table -> replaceGrants(handle, table, from, to));
            return handle.createQuery("SELECT id FROM terminal WHERE revoked_at IS NULL AND "
                            + within("org_unit").replace(":from", ":to"))
                    .bind("to", to.path())
                    .mapTo(String.class)
                    .list();
        });
    }

    /**
     * Takes a branch out of the tree.
     *
     * @throws ProblemException 404 if there is no such division, 409 while something belongs to it
     */
    public void remove(OrgUnit unit) {
        jdbi.useHandle(handle -> {
            if (count(
                            handle,
                            "SELECT count(*) FROM terminal WHERE revoked_at IS NULL AND " + within("org_unit"),
                            unit.path())
                    > 0) {
                throw ProblemException.stale("There are terminals in " + unit.path() + "; move them first");
            }
            if (handle.createUpdate("DELETE FROM org_unit WHERE " + within("path"))
                            .bind("from", unit.path())
                            .execute()
                    == 0) {
                throw ProblemException.notFound("division", unit.path());
            }
        });
    }

    /** All that were drawn. */
    public List<String> drawn() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT path FROM org_unit ORDER BY path")
                .mapTo(String.class)
                .list());
    }

    private static boolean isKnown(Handle handle, OrgUnit unit) {
        return count(handle, "SELECT count(*) FROM org_unit WHERE " + within("path"), unit.path())
                        + count(handle, "SELECT count(*) FROM terminal WHERE " + within("org_unit"), unit.path())
                > 0;
    }

    private static long count(Handle handle, String sql, String from) {
        var query = handle.createQuery(sql);
        if (!from.isEmpty()) {
            query.bind("from", from);
        }
        return query.mapTo(Long.class).one();
    }

    private static String within(String column) {
        return "(" + column + " = :from OR starts_with(" + column + ", :from || '/'))";
    }

    private static void replace(Handle handle, String table, String column, OrgUnit from, OrgUnit to) {
        handle.createUpdate("UPDATE " + table + " SET " + column + " = :to || substr(" + column
                        + ", length(:from) + 1) WHERE " + within(column))
                .bind("from", from.path())
                .bind("to", to.path())
                .execute();
    }

    /** There may be counts of an earlier division that had the new path; a figure is then the sum of both. */
    private static void moveCounts(Handle handle, OrgUnit from, OrgUnit to) {
        handle.createUpdate("WITH moved AS (DELETE FROM attempt_count WHERE " + within("org_unit") + " RETURNING *)"
                        + " INSERT INTO attempt_count (hour, org_unit, channel, verdict, attempts)"
                        + " SELECT hour, :to || substr(org_unit, length(:from) + 1), channel, verdict, attempts FROM moved"
                        + " ON CONFLICT (hour, org_unit, channel, verdict)"
                        + " DO UPDATE SET attempts = attempt_count.attempts + excluded.attempts")
                .bind("from", from.path())
                .bind("to", to.path())
                .execute();
    }

    /** A role's name has no colon, so the first one begins the path. */
    private static void replaceGrants(Handle handle, String table, OrgUnit from, OrgUnit to) {
        String path = "substr(g, strpos(g, ':') + 1)";
        handle.createUpdate("UPDATE " + table + " SET grants = ARRAY(SELECT CASE WHEN strpos(g, ':') > 0 AND "
                        + within(path)
                        + " THEN left(g, strpos(g, ':')) || :to || substr(" + path + ", length(:from) + 1) ELSE g END"
                        + " FROM unnest(grants) AS g)"
                        + " WHERE EXISTS (SELECT 1 FROM unnest(grants) AS g WHERE strpos(g, ':') > 0 AND "
                        + within(path) + ")")
                .bind("from", from.path())
                .bind("to", to.path())
                .execute();
    }
}
