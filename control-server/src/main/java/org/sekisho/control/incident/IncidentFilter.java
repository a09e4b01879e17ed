package org.sekisho.control.incident;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.util.Collection;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.PageQuery;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Severity;

/** Which incidents to list; all that is given must hold. */
public class IncidentFilter extends PageQuery {
    @QueryParam("state")
    public IncidentView.@Nullable State state;

    @Parameter(description = "Of any state but CLOSED")
    @QueryParam("open")
    public boolean open;

    @Parameter(description = "Owned by who asks")
    @QueryParam("mine")
    public boolean mine;

    @Parameter(description = "Should have been closed, or reported to the commission, by now")
    @QueryParam("overdue")
    public boolean overdue;

    @QueryParam("terminal")
    @Size(max = 64)
    public @Nullable String terminal;

    @QueryParam("user")
    @Size(max = 256)
    public @Nullable String user;

    @QueryParam("owner")
    @Size(max = 200)
    public @Nullable String owner;

    @QueryParam("tag")
    @Size(max = 40)
    public @Nullable String tag;

    @Parameter(description = "At least as severe: LOW, MEDIUM, HIGH or CRITICAL")
    @QueryParam("severity")
    @Size(max = 64)
    public @Nullable String severity;

    @QueryParam("q")
    @Size(max = 200)
    public @Nullable String q;

    /** As conditions on {@code incident i} and {@code terminal t}, with their values. */
    void describe(String asking, Collection<String> conditions, Map<String, Object> values) {
        if (state != null) {
            add("i.state = :state", "state", state.name(), conditions, values);
        }
        if (open) {
            conditions.add("i.state <> 'CLOSED'");
        }
        if (mine) {
            add("i.owner = :asking", "asking", asking, conditions, values);
        }
        if (overdue) {
            conditions.add(IncidentRows.OVERDUE);
        }
        add("i.terminal = :terminal", "terminal", terminal, conditions, values);
        add("i.user_name = :user", "user", user, conditions, values);
        add("i.owner = :owner", "owner", owner, conditions, values);
        add(":tag = ANY (i.tags)", "tag", tag, conditions, values);
        if (severity != null) {
            int least = WireNames.parse(Severity.class, severity).getNumber();
            add("i.severity >= :severity", "severity", least, conditions, values);
        }
        add(
                "strpos(lower(concat_ws(' ', i.kind, i.terminal, t.host, i.user_name, i.rule, i.detail,"
                        + " array_to_string(i.tags, ' '))), lower(:q)) > 0",
                "q",
                q == null ? null : q.strip(),
                conditions,
                values);
        if (after != null) {
            long from = Cursor.number(Cursor.read(after, 1).getFirst());
            add("i.id < :after", "after", from, conditions, values);
        }
    }

    private static void add(
            String condition,
            String name,
            @Nullable Object value,
            Collection<String> conditions,
            Map<String, Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }
}
