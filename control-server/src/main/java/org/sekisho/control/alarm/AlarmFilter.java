package org.sekisho.control.alarm;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.PageQuery;

/** Which alarms to list; all that is given must hold. */
public class AlarmFilter extends PageQuery {
    /** Whether it still holds. */
    @Schema(name = "AlarmState")
    public enum State {
        OPEN("a.cleared_at IS NULL"),
        CLEARED("a.cleared_at IS NOT NULL");

        private final String condition;

        State(String condition) {
            this.condition = condition;
        }
    }

    @Parameter(description = "OPEN: what still holds; CLEARED: what has ended; absent: both")
    @QueryParam("state")
    public @Nullable State state;

    @QueryParam("kind")
    public @Nullable AlarmKind kind;

    @Parameter(description = "A terminal's id")
    @QueryParam("terminal")
    @Size(max = 64)
    public @Nullable String terminal;

    @Parameter(description = "Only what nobody has acknowledged")
    @QueryParam("unseen")
    public boolean unseen;

    void describe(List<String> conditions, Map<String, Object> values) {
        if (state != null) {
            conditions.add(state.condition);
        }
        if (kind != null) {
            conditions.add("a.kind = :kind");
            values.put("kind", kind.name());
        }
        if (terminal != null) {
            conditions.add("a.terminal = :terminal");
            values.put("terminal", terminal);
        }
        if (unseen) {
            conditions.add("a.acknowledged_at IS NULL");
        }
        if (after != null) {
            conditions.add("a.id < :after");
            values.put("after", Cursor.number(Cursor.read(after, 1).getFirst()));
        }
    }
}
