package org.sekisho.control.terminal;

import java.util.Map;
import org.sekisho.control.rest.ProblemException;

/**
 * An order of terminals. Each has an expression that is never null, so that a cursor knows where it stands; the id breaks
 * ties.
 *
 * @param expression over {@link TerminalViews#ROWS}
 * @param type the expression's SQL type, to read a cursor back
 */
record TerminalSort(String expression, String type, boolean descending) {
    private static final Map<String, String[]> BY_NAME = Map.of(
            "host", text("t.host"),
            "user", text("t.user_name"),
            "orgUnit", text("coalesce(t.org_unit, '')"),
            "agentVersion", text("t.agent_version"),
            "os", text("t.os"),
            "revision", new String[] {"t.running_revision", "bigint"},
            "lastContact", time("coalesce(t.last_contact_at, '-infinity')"),
            "enrolled", time("t.enrolled_at"),
            "certificate", time("coalesce(c.expires_at, '-infinity')"));

    private static String[] text(String expression) {
        return new String[] {expression, "text"};
    }

    private static String[] time(String expression) {
        return new String[] {expression, "timestamptz"};
    }

    /**
     * By its name; a minus before it turns it round.
     *
     * @throws ProblemException 400 if there is none
     */
    static TerminalSort of(String name) {
        boolean descending = name.startsWith("-");
        String[] found = BY_NAME.get(descending ? name.substring(1) : name);
        if (found == null) {
            throw ProblemException.badRequest("Terminals can't be sorted by that");
        }
        return new TerminalSort(found[0], found[1], descending);
    }

    String order() {
        String way = descending ? " DESC" : "";
        return " ORDER BY " + expression + way + ", t.id" + way;
    }

    /** What comes after the cursor in {@code :key} and {@code :id}. */
    String behind() {
        return "(%s, t.id) %s (CAST(:key AS %s), :id)".formatted(expression, descending ? "<" : ">", type);
    }
}
