package org.sekisho.control.terminal;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Segment;

/** What a list of terminals, or figures about them, are narrowed to; all that is given must hold. */
public class TerminalFilter {
    /** As many as a page of events may name. */
    private static final int MOST_IDS = 100;

    /** ACTIVE, WAITING, REVOKED or RETIRED. */
    @QueryParam("state")
    public TerminalView.@Nullable State state;

    @Parameter(description = "How it stands; of terminals in use only")
    @QueryParam("standing")
    public TerminalView.@Nullable Standing standing;

    /** MY_NUMBER, LGWAN or INTERNET. */
    @QueryParam("segment")
    @Size(max = 64)
    public @Nullable String segment;

    @Parameter(description = "A division's path; also those below it")
    @QueryParam("orgUnit")
    @Size(max = 200)
    public @Nullable String orgUnit;

    @Parameter(description = "A group's id")
    @QueryParam("group")
    public @Nullable UUID group;

    @Parameter(description = "Ids; those that do not exist are left out")
    @QueryParam("id")
    @Size(max = MOST_IDS)
    public @Nullable List<@Size(max = 64) String> ids;

    @Parameter(description = "Part of host, id, user or division")
    @QueryParam("q")
    @Size(max = 200)
    public @Nullable String q;

    /** The same as SQL over {@link TerminalViews#ROWS}. */
    Conditions conditions() {
        List<String> all = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        if (state != null) {
            all.add(state.condition());
        }
        if (standing != null) {
            all.add("t.revoked_at IS NULL AND " + standing.condition());
        }
        if (segment != null) {
            all.add("t.segment = :segment");
            values.put("segment", WireNames.parse(Segment.class, segment).getNumber());
        }
        if (orgUnit != null && !orgUnit.isEmpty()) {
            all.add("(t.org_unit = :unit OR starts_with(t.org_unit, :unit || '/'))");
            values.put("unit", OrgUnit.parse(orgUnit).path());
        }
        if (group != null) {
            all.add("t.id IN (SELECT g.terminal FROM terminal_in_group g WHERE g.grp = :group)");
            values.put("group", group);
        }
        if (ids != null && !ids.isEmpty()) {
            List<String> names = new ArrayList<>();
            for (String id : ids) {
                String name = "id" + names.size();
                names.add(":" + name);
                values.put(name, id);
            }
            all.add("t.id IN (" + String.join(", ", names) + ")");
        }
        if (q != null && !q.isBlank()) {
            all.add("(strpos(lower(t.host), lower(:q)) > 0 OR strpos(t.id, lower(:q)) > 0"
                    + " OR strpos(lower(t.user_name), lower(:q)) > 0 OR strpos(coalesce(t.org_unit, ''), :q) > 0)");
            values.put("q", q.strip());
        }
        return new Conditions(all, values);
    }

    /** Conditions that must all hold, with the values of their parameters. */
    record Conditions(List<String> all, Map<String, Object> values) {}
}
