package org.sekisho.control.event;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.PageQuery;

/** What to search for; all that is given must hold. */
public class EventQuery extends PageQuery {
    /** Terminal's id. */
    @QueryParam("terminal")
    @Size(max = 64)
    public @Nullable String terminal;

    /** Such as ATTEMPT. */
    @QueryParam("kind")
    @Size(max = 64)
    public @Nullable String kind;

    /** Such as CLIPBOARD. */
    @QueryParam("channel")
    @Size(max = 64)
    public @Nullable String channel;

    /** Such as BLOCK. */
    @QueryParam("verdict")
    @Size(max = 64)
    public @Nullable String verdict;

    /** Account at the terminal. */
    @QueryParam("user")
    @Size(max = 256)
    public @Nullable String user;

    @Parameter(description = "Terminals of this division and below, such as 総務部/税務課")
    @QueryParam("orgUnit")
    @Size(max = 200)
    public @Nullable String orgUnit;

    @Parameter(description = "Part of a device's or printer's name, serial or vendor:product number")
    @QueryParam("device")
    @Size(max = 200)
    public @Nullable String device;

    @Parameter(description = "Part of the path of a program that took part")
    @QueryParam("program")
    @Size(max = 200)
    public @Nullable String program;

    /** Rule's id. */
    @QueryParam("rule")
    @Size(max = 64)
    public @Nullable String rule;

    /** Such as my_number. */
    @QueryParam("label")
    @Size(max = 64)
    public @Nullable String label;

    /** LOW, MEDIUM, HIGH or CRITICAL. */
    @QueryParam("severity")
    @Size(max = 64)
    public @Nullable String severity;

    @Parameter(description = "Occurred at or after, ISO-8601")
    @QueryParam("from")
    @Size(max = 40)
    public @Nullable String from;

    @Parameter(description = "Occurred before, ISO-8601")
    @QueryParam("to")
    @Size(max = 40)
    public @Nullable String to;

    @Parameter(
            description =
                    "Words that the event's texts contain, in any order: of programs, window titles, devices, printers,"
                            + " addresses, rule and labels. Upper and lower case, full and half width are the same")
    @QueryParam("q")
    @Size(max = 200)
    public @Nullable String q;

    /** The same search, of what occurred within these times, from the newest on. */
    EventQuery within(Instant begin, Instant end) {
        EventQuery copy = page(limit, null);
        copy.from = begin.toString();
        copy.to = end.toString();
        return copy;
    }

    /** The same search, another page. */
    EventQuery page(int items, @Nullable String cursor) {
        EventQuery copy = new EventQuery();
        copy.terminal = terminal;
        copy.kind = kind;
        copy.channel = channel;
        copy.verdict = verdict;
        copy.user = user;
        copy.orgUnit = orgUnit;
        copy.device = device;
        copy.program = program;
        copy.rule = rule;
        copy.label = label;
        copy.severity = severity;
        copy.from = from;
        copy.to = to;
        copy.q = q;
        copy.limit = items;
        copy.after = cursor;
        return copy;
    }

    /** What is asked for, by the parameters' names; what isn't is absent. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new TreeMap<>();
        put(conditions, "terminal", terminal);
        put(conditions, "kind", kind);
        put(conditions, "channel", channel);
        put(conditions, "verdict", verdict);
        put(conditions, "user", user);
        put(conditions, "orgUnit", orgUnit);
        put(conditions, "device", device);
        put(conditions, "program", program);
        put(conditions, "rule", rule);
        put(conditions, "label", label);
        put(conditions, "severity", severity);
        put(conditions, "from", from);
        put(conditions, "to", to);
        put(conditions, "q", q);
        return conditions;
    }

    private static void put(Map<String, String> conditions, String name, @Nullable String value) {
        if (value != null) {
            conditions.put(name, value);
        }
    }
}
